"""Every page for people, in light and dark, on a small phone and on a wide screen: no fault."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import axe
from tests.browser.ceremonies import Ceremony
from tests.browser.conftest import Site, visitor
from tests.browser.test_ceremony_for_everybody import asked_to_sign, open_all
from tests.browser.test_registration import opened
from tests.browser.test_trust_ceremony import prepared

LOOKS: dict[str, dict[str, Any]] = {
    "light, narrow": {"color_scheme": "light", "viewport": {"width": 320, "height": 640}},
    "dark, narrow": {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}},
    "light, wide": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark, wide": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
}
#: In every run; the others with `make test-all`.
ALWAYS = {"light, narrow", "dark, wide"}
each_look = pytest.mark.parametrize(
    "look", [pytest.param(one, marks=[] if one in ALWAYS else pytest.mark.slow) for one in LOOKS]
)

#: For the walks through the desk with `make test-all`: in every run test_desk_looks.py sees its
#: pages, and test_desk_roles.py walks through them.
walked_in_each_look = pytest.mark.parametrize(
    "look", [pytest.param(one, marks=pytest.mark.slow) for one in LOOKS]
)


def proof(page: Page) -> None:
    expect(page.get_by_role("status")).to_have_class("status good")


def reference(page: Page) -> None:
    page.locator("summary").first.click()
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)


def register(page: Page) -> None:
    expect(page.locator("#name")).to_have_text("Prof Frida Example")


def link_that_ended(page: Page) -> None:
    expect(page.locator("form")).to_be_hidden()


@each_look
@pytest.mark.parametrize(
    ("path", "ready"),
    [
        ("/proof/ahsct-evidence/de", proof),
        ("/proof/stem-cell-therapy/en", proof),
        # Long, and the same for everybody: half a minute for each look.
        pytest.param("/reference", reference, marks=pytest.mark.slow),
        ("/signing/register#", register),
        ("/signing/register#none", link_that_ended),
    ],
)
def test_pages_for_readers_and_for_whoever_registers_a_key(
    browser: Browser, site: Site, path: str, ready: Callable[[Page], None], look: str
) -> None:
    link = site.says("people", "invite", "board-1") if path.endswith("#") else site.origin + path
    context, somebody = visitor(browser, "en", **LOOKS[look])
    opened(somebody.page, link)
    ready(somebody.page)
    assert axe.found(somebody.page) == []
    context.close()


@each_look
def test_the_ceremony_of_texts(ceremony: Ceremony, look: str) -> None:
    links = asked_to_sign(ceremony)
    somebody = ceremony.comes(key_of="board-1", **LOOKS[look])
    shown = somebody.opens(links["board-1"])
    open_all(shown)
    assert axe.found(shown) == []
    somebody.signs()
    expect(shown.locator("#done-title")).to_be_focused()
    assert axe.found(shown) == []


@each_look
def test_the_ceremony_of_a_trust_file(ceremony: Ceremony, look: str) -> None:
    links = prepared(ceremony)
    shown = ceremony.comes(key_of="board-1", **LOOKS[look]).opens(links["board-1"])
    assert axe.found(shown) == []


def test_axe_would_find_a_fault(browser: Browser, site: Site) -> None:
    context, somebody = visitor(browser, "en")
    opened(somebody.page, f"{site.origin}/proof/ahsct-evidence/en")
    proof(somebody.page)
    somebody.page.evaluate("document.documentElement.removeAttribute('lang')")
    (fault,) = axe.found(somebody.page)
    assert fault.startswith("html-has-lang at html:")
    context.close()
