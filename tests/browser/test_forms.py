"""The fragment of a whole page within a page of a member's, looked at as everybody may see it."""

from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import axe
from tests.browser.conftest import Site, visitor
from tests.browser.test_registration import opened

#: A page of a member's as bare as can be; nothing of it is ours.
AROUND = """<!doctype html>
<html lang="{locale}"><head><meta charset="utf-8"><title>Member</title>
<meta name="viewport" content="width=device-width"><base href="{origin}/">
<style>body {{ font: 16px/1.5 sans-serif; margin: 1rem }} img {{ max-width: 100% }}
article {{ overflow-x: auto }}</style></head>
<body><main><h1>Member</h1>
{fragment}</main></body></html>"""


def shown(page: Page, site: Site, locale: str) -> None:
    """The fragment, as it was fetched, stands in the member's page."""
    address = f"{site.origin}/v1/pages/stem-cell-therapy/{locale}.html"
    opened(page, f"{site.origin}/healthz")
    with urlopen(address) as answer:
        fragment = answer.read().decode()
    page.set_content(AROUND.format(locale=locale, origin=site.origin, fragment=fragment))


@pytest.mark.parametrize("locale", ["en", "de"])
def test_axe_finds_nothing_in_it_on_a_small_phone(
    browser: Browser, site: Site, locale: str
) -> None:
    context, somebody = visitor(browser, "en", viewport={"width": 320, "height": 640})
    shown(somebody.page, site, locale)
    expect(somebody.page.get_by_role("article")).to_be_visible()
    assert somebody.page.get_by_role("heading", level=3).count() == 7
    assert axe.found(somebody.page) == []
    context.close()


def test_its_pictures_are_there(browser: Browser, site: Site) -> None:
    context, somebody = visitor(browser, "en")
    shown(somebody.page, site, "fr")
    picture = somebody.page.get_by_role("img")
    expect(picture).to_have_attribute("alt", picture.get_attribute("alt") or "missing")
    picture.scroll_into_view_if_needed()
    somebody.page.wait_for_function("document.images[0].naturalWidth > 0")
    context.close()


def test_led_to_by_itself_it_is_shown_and_does_nothing(browser: Browser, site: Site) -> None:
    context, somebody = visitor(browser, "en")
    opened(somebody.page, f"{site.origin}/v1/sections/msc/de.html")
    expect(somebody.page.get_by_role("heading", level=2)).to_have_text(
        "Therapie mit mesenchymalen Stammzellen (MSC)"
    )
    assert somebody.complaints == []
    context.close()
