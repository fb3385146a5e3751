"""Talking about a text: said, answered, done with, by keyboard and by click; no fault in sight."""

from playwright.sync_api import Browser, expect

from tests.browser.conftest import Site, visitor
from tests.browser.test_axe import LOOKS, walked_in_each_look
from tests.browser.test_desk import looked_at
from tests.browser.test_registration import opened

TEXT = "/desk/sections/stem-cell-research/en"


@walked_in_each_look
def test_something_is_said_answered_and_done_with(browser: Browser, site: Site, look: str) -> None:
    context, somebody = visitor(browser, "en", **LOOKS[look])
    page = somebody.page
    opened(page, f"{site.origin}{TEXT}/discussion")
    page.get_by_role("button", name="Sign in as Prof Frida Example").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Discussion")
    spot = page.get_by_role("region", name="MS Australia")
    spot.get_by_text("Say something about this").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(f"Is this the newest? ({look})")
    looked_at(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("It is said.")).to_be_visible()
    thread = spot.locator(".thread", has_text=look)
    thread.locator("summary", has_text="Answer").click()
    thread.get_by_label("Your answer").fill("It is.")
    thread.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Your answer is there.")).to_be_visible()
    looked_at(page)

    opened(page, f"{site.origin}{TEXT}")
    beside = page.locator("details.beside", has_text=look)
    beside.locator("summary").first.click()
    expect(beside.get_by_text("It is.", exact=True)).to_be_visible()
    looked_at(page)
    beside.get_by_role("button", name="Resolve what Prof Frida Example began").click()
    expect(page.get_by_text("It is resolved.")).to_be_visible()
    page.get_by_role("link", name="Discussion").click()
    spot.get_by_text("resolved remark").click()
    expect(thread.get_by_text("Resolved by Prof Frida Example")).to_be_visible()
    looked_at(page)
    assert somebody.complaints == []
    context.close()
