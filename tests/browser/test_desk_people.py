"""People and the ledger in a browser, by keyboard and click: no fault, and nothing too wide."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, visitor
from tests.browser.test_axe import LOOKS, walked_in_each_look
from tests.browser.test_desk import looked_at
from tests.browser.test_registration import opened


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


@walked_in_each_look
def test_an_administrator_equips_somebody_and_walks_the_ledger(
    browser: Browser, site: Site, look: str
) -> None:
    context, somebody = visitor(browser, "en", **LOOKS[look])
    page = somebody.page
    opened(page, f"{site.origin}/desk/sign-in?next=/desk/people")
    page.get_by_role("button", name="Sign in as Karl Example").click()
    heading(page, "People")
    looked_at(page)
    page.get_by_text("Enter somebody").click()
    heading(page, "Enter somebody")
    looked_at(page)
    page.get_by_label("Name", exact=True).fill("Lea Example")
    page.get_by_label("Organisation").fill("Example Society")
    page.get_by_role("group", name="French", exact=True).get_by_label("Translator").check()
    page.keyboard.press("Enter")
    heading(page, "Lea Example")
    expect(page.get_by_role("status")).to_contain_text("This person is entered.")
    looked_at(page)
    page.get_by_label("A further role").select_option("translator:it")
    page.get_by_role("button", name="Give the role").click()
    expect(page.get_by_text("Translator (Italian)")).to_be_visible()
    page.get_by_role("button", name="Make a link").click()
    heading(page, "A link for Lea Example")
    assert f"{site.origin}/signing/register#" in page.get_by_label("Link").input_value()
    looked_at(page)
    page.get_by_role("link", name="Back to Lea Example").click()
    page.get_by_role("link", name="See what erasing means").click()
    heading(page, "Erase Lea Example?")
    looked_at(page)
    page.get_by_role("button", name="Erase for good").click()
    heading(page, "An erased person")
    looked_at(page)
    page.get_by_role("link", name="Ledger", exact=True).click()
    heading(page, "Ledger")
    page.get_by_text("Row ", exact=False).first.click()
    page.get_by_text("Look for something").click()
    looked_at(page)
    page.get_by_role("button", name="Verify the ledger").click()
    heading(page, "The ledger holds")
    looked_at(page)
    opened(page, f"{site.origin}/desk/people/roles")
    looked_at(page)
    assert somebody.complaints == []
    context.close()
