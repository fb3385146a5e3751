"""The desk in German, from the door to the sessions, in light and dark: no fault, none too wide."""

from playwright.sync_api import Browser, Page, expect

from tests.browser import axe
from tests.browser.conftest import Site, visitor
from tests.browser.test_axe import LOOKS, walked_in_each_look
from tests.browser.test_registration import opened


def looked_at(page: Page) -> None:
    """No fault, and nothing that sticks out."""
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)
    assert axe.found(page) == []


@walked_in_each_look
def test_from_the_door_to_the_sessions_in_german(browser: Browser, site: Site, look: str) -> None:
    context, somebody = visitor(browser, "de-CH", **LOOKS[look])
    page = somebody.page
    opened(page, f"{site.origin}/desk")
    expect(page.get_by_role("heading", level=1)).to_have_text("Anmelden")
    looked_at(page)
    page.get_by_role("button", name="Als Prof Frida Example anmelden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Was auf Sie wartet")
    looked_at(page)
    page.get_by_role("link", name="Wo ich angemeldet bin").click()
    expect(page.get_by_text("Dieser Browser")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Italiano").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Le mie sessioni aperte")
    page.get_by_role("button", name="Uscire").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Accedere")
    assert somebody.complaints == []
    context.close()
