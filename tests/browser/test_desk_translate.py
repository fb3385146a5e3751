"""A translator at the desk: the board, a file looked at, texts by keyboard, checked as typed."""

from playwright.sync_api import Browser, FilePayload, expect

from tests.browser.conftest import Site, visitor
from tests.browser.test_axe import LOOKS, walked_in_each_look
from tests.browser.test_desk import looked_at
from tests.browser.test_registration import opened

AT = "/desk/translate/stem-cell-therapy/fr"


@walked_in_each_look
def test_from_the_board_to_a_text(browser: Browser, site: Site, look: str) -> None:
    context, somebody = visitor(browser, "en-GB", **LOOKS[look])
    page = somebody.page
    opened(page, f"{site.origin}{AT.rpartition('/')[0].rpartition('/')[0]}")
    page.get_by_role("button", name="Sign in as Louise Exemple").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Translate")
    looked_at(page)
    page.get_by_role("link", name="French: Stem cell therapy for MS").click()
    expect(page.get_by_role("img", name="Picture:")).to_be_visible()
    looked_at(page)

    # A file is looked at and left: nothing is changed, so every look finds the same.
    saved = page.request.get(f"{site.origin}{AT}.po").text()
    body = saved.replace("cellules souches", "cellules-souches").encode()
    page.get_by_label("A .po or .xlf file").set_input_files(
        files=[FilePayload(name="fr.po", mimeType="text/plain", buffer=body)]
    )
    page.get_by_role("button", name="See what would become of it").click()
    expect(page.get_by_role("button", name="Take it")).to_be_visible()
    looked_at(page)
    page.get_by_role("link", name="Leave it").click()

    page.get_by_role("link", name="What is aHSCT?").click()
    first = page.get_by_role("textbox", name="Translation of text 1", exact=True)
    second = page.get_by_role("textbox", name="Translation of text 2", exact=True)
    looked_at(page)
    # By keyboard alone: move, type, and read what the checks say.
    first.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(second).to_be_focused()
    words = second.input_value()
    page.keyboard.type("<b>7</b>")
    expect(page.locator(".unit").nth(1).locator(".finding.error").first).to_be_visible()
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    # It cannot stand there: it is saved by no key, and is still in its field.
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("This cannot stand here as it is.")).to_be_visible()
    assert "<b>7</b>" in second.input_value()
    looked_at(page)
    # What is put back as it was is not written, and the keyboard goes on to the next text.
    second.fill(words)
    page.keyboard.press("Control+Enter")
    third = page.get_by_role("textbox", name="Translation of text 3", exact=True)
    expect(third).to_be_focused()
    # The browser itself says once that the answer was a refusal.
    assert [one for one in somebody.complaints if "422" not in one] == []
    context.close()
