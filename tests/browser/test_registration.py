"""A board member opens the link on a phone."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, visitor

WORDS = {"en": "Register a passkey", "fr": "Enregistrer une clé d’accès"}


def opened(page: Page, link: str) -> None:
    # The server may still be starting.
    for _ in range(60):
        try:
            page.goto(link)
        except Exception as refused:
            if "CONNECTION_REFUSED" not in str(refused):
                raise
            page.wait_for_timeout(500)
        else:
            return


def registered(browser: Browser, link: str, locale: str, label: str) -> str:
    """The number that the page shows at the end."""
    context, somebody = visitor(browser, locale)
    page = somebody.page
    opened(page, link)
    expect(page.get_by_role("heading", level=1)).to_have_text(WORDS[locale])
    expect(page.locator("#name")).to_have_text("Prof Frida Example")
    # By keyboard alone.
    page.keyboard.press("Tab")
    page.keyboard.type(label)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    number = page.locator("#fingerprint")
    expect(number).to_have_text(re.compile("([0-9a-f]{4} ){3}[0-9a-f]{4}"))
    expect(page.locator("#done-title")).to_be_focused()
    assert somebody.complaints == []
    shown = number.inner_text()
    context.close()
    return shown


def test_a_link_registers_two_devices_and_then_no_more(browser: Browser, site: Site) -> None:
    link = site.says("people", "invite", "board-1")
    assert link.startswith(f"{site.origin}/signing/register#")
    phone = registered(browser, link, "fr", "téléphone")
    laptop = registered(browser, link, "en", "laptop")
    listed = site.says("people", "keys", "board-1").splitlines()
    assert [line.split("  ")[0] for line in listed][1:] == [phone, laptop]
    context, somebody = visitor(browser, "it")
    somebody.page.goto(link)
    expect(somebody.page.get_by_role("status")).to_contain_text("Questo link non funziona più.")
    expect(somebody.page.locator("form")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("scheme", [pytest.param("light", marks=pytest.mark.slow), "dark"])
def test_nothing_is_wider_than_a_small_phone(browser: Browser, site: Site, scheme: str) -> None:
    context, somebody = visitor(browser, "de", color_scheme=scheme)
    page = somebody.page
    page.set_viewport_size({"width": 320, "height": 640})
    opened(page, site.says("people", "invite", "board-2"))
    expect(page.locator("#form")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
