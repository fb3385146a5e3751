"""From an editor who invites to a board member who goes to sign; the calendar; the policy."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, visitor
from tests.browser.test_axe import LOOKS, walked_in_each_look
from tests.browser.test_desk import looked_at
from tests.browser.test_registration import opened

#: A page that is urgent, so that it can be put to signature at once.
URGENT = """---
locale: en
audience: People with MS
authors: [Test author]
license: CC-BY-4.0
attribution: {text: MSIF, url: "https://www.msif.org/"}
disclaimer: Ask your neurologist.
last_reviewed: 2026-11-20
review_by: 2027-11-20
change: {kind: safety, summary: "Take care"}
---
# SLUG {#SLUG}

Take care.
"""


def put_to_review(site: Site, slug: str) -> None:
    """As an author does, at the machine."""
    file = Path(site.environment["MSIF_DATA_DIR"], f"{slug}.md")
    file.write_text(URGENT.replace("SLUG", slug), "utf-8")
    site.says("import", str(file), "--as", "author")
    site.says("submit", f"{slug}/en", "--as", "author")


def signs_in(page: Page, site: Site, who: str) -> None:
    opened(page, f"{site.origin}/desk/sign-in")
    page.locator(f"button[name=person][value={who}]").click()


@walked_in_each_look
def test_from_what_is_ready_to_the_page_for_signing(
    browser: Browser, site: Site, look: str
) -> None:
    slug = "urgent-" + re.sub(r"[^a-z]+", "-", look)
    put_to_review(site, slug)
    context, somebody = visitor(browser, "de", **LOOKS[look])
    page = somebody.page
    signs_in(page, site, "editor")
    page.get_by_role("link", name="Freigabelisten").click()
    page.get_by_role("button", name="Texte zur Unterschrift vorlegen").click()
    expect(page.get_by_role("checkbox").first).to_be_visible()
    looked_at(page)
    page.get_by_role("checkbox").first.press("Space")
    page.get_by_role("button", name="Zur Unterschrift vorlegen").first.press("Enter")
    expect(page.get_by_text("Die Freigabeliste ist offen.")).to_be_visible()
    statement = page.url.partition("?")[0]
    page.get_by_role("button", name="Link erstellen für Prof Frida Example").press("Enter")
    expect(page.get_by_label("Link", exact=True)).to_have_value(re.compile("/signing/statements/"))
    expect(page.get_by_role("button", name="Kopieren")).to_be_visible()
    looked_at(page)
    page.get_by_role("link", name="Kalender").click()
    expect(page.get_by_role("img")).to_be_visible()
    looked_at(page)
    page.get_by_role("link", name="Regeln").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Regeln")
    looked_at(page)
    page.get_by_role("button", name="Abmelden").click()
    signs_in(page, site, "board-1")
    opened(page, statement)
    looked_at(page)
    page.get_by_role("button", name="Lesen und unterschreiben").press("Enter")
    expect(page.get_by_text("Prof Frida Example")).to_be_visible()
    assert "#" not in page.url
    assert somebody.complaints == []
    context.close()
