"""Texts at the desk in a browser: one is begun anew, edited, handed in, compared and returned."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, visitor
from tests.browser.test_axe import LOOKS, walked_in_each_look
from tests.browser.test_desk import looked_at
from tests.browser.test_registration import opened

#: Each look has a text of its own: they share one hub.
TEXTS = dict(
    zip(LOOKS, ("what-is-msc", "msc-evidence", "what-is-ahsct", "ahsct-evidence"), strict=False)
)


def signed_in(page: Page, origin: str, who: str) -> None:
    page.context.clear_cookies()
    opened(page, f"{origin}/desk/sections")
    page.get_by_role("button", name=f"Als {who} anmelden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Texte")


@walked_in_each_look
def test_a_text_goes_from_a_new_draft_to_a_review(browser: Browser, site: Site, look: str) -> None:
    context, somebody = visitor(browser, "de-CH", **LOOKS[look])
    page, slug = somebody.page, TEXTS[look]
    signed_in(page, site.origin, "Ada Example")
    looked_at(page)
    page.goto(f"{site.origin}/desk/sections/{slug}/en")
    page.get_by_role("button", name="Aus diesem Text einen neuen Entwurf beginnen").click()
    expect(page.get_by_role("status")).to_contain_text("Dieser Entwurf ist angelegt")
    page.get_by_role("button", name="Text bearbeiten").click()
    expect(page.get_by_role("heading", name="Text bearbeiten")).to_be_visible()
    looked_at(page)
    text = page.get_by_label("Text", exact=True)
    text.fill(text.input_value() + "\n\nAsk 2 people whom you trust.")
    page.get_by_role("button", name="Entwurf speichern").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Der Entwurf ist gespeichert.")
    page.get_by_role("button", name="Zur Prüfung einreichen").click()

    signed_in(page, site.origin, "Dr Chiara Example")
    page.goto(f"{site.origin}/desk/sections/{slug}/en")
    looked_at(page)
    page.get_by_role("link", name="mit dem, was in Kraft ist").click()
    expect(page.locator("tr.added")).to_contain_text("Ask 2 people whom you trust.")
    page.locator("details.same summary").first.click()
    looked_at(page)
    page.get_by_role("link", name="Zurück zum Text").click()
    page.get_by_role("radio", name="Zurückgeben").focus()
    page.keyboard.press("Space")
    page.get_by_label("Nein", exact=True).check()
    page.get_by_role("button", name="Prüfung abgeben").click()
    expect(page.get_by_role("alert")).to_contain_text("Begründen Sie es")
    looked_at(page)
    page.get_by_role("textbox", name="Kommentar").fill("Whom, and why 2?")
    page.get_by_role("button", name="Prüfung abgeben").click()
    expect(page.get_by_role("status")).to_contain_text("Ihre Prüfung ist festgehalten")
    expect(page.get_by_text("Whom, and why 2?")).to_be_visible()
    # What is refused comes with its status, and the browser's console says so.
    assert [one for one in somebody.complaints if "422" not in one] == []
    context.close()


def test_the_list_follows_what_is_typed(browser: Browser, site: Site) -> None:
    context, somebody = visitor(browser, "en")
    page = somebody.page
    opened(page, f"{site.origin}/desk/sections")
    page.get_by_role("button", name="Sign in as Ada Example").click()
    rows = page.locator("table.texts tbody tr")
    assert rows.count() > 4
    word = page.get_by_role("searchbox", name="Word in the title")
    word.press_sequentially("msc-ev")
    expect(rows).to_have_count(1)
    expect(page.locator("#said")).to_have_text("One text is like this. Show all")
    expect(word).to_be_focused()
    # The address is that of what is shown, to be kept or sent to somebody.
    page.reload()
    expect(rows).to_have_count(1)
    expect(word).to_have_value("msc-ev")
    word.press_sequentially("quark")
    expect(rows).to_have_count(0)
    expect(page.locator("#said")).to_contain_text("No text is like this.")
    page.get_by_label("How it stands").select_option("outdated")
    word.fill("")
    expect(page.locator("#said")).to_contain_text("like this")
    # Where nobody answers, what was found stays.
    before = page.locator("#found").inner_text()
    context.set_offline(True)
    with page.expect_event("requestfailed"):
        word.press_sequentially("msc")
    expect(page.locator("#found")).to_have_text(before, use_inner_text=True)
    context.set_offline(False)
    assert [one for one in somebody.complaints if "ERR_INTERNET_DISCONNECTED" not in one] == []
    context.close()
