"""One change on its way through the demonstration, as docs/tour.md tells it, with a picture of each
step.

An author edits a number; a physician and a reader review it; the board signs it; the French text
follows by a .po file; a clinician who speaks French signs it; a member's site has both.
"""

import json
from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polib
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from playwright.sync_api import Browser, BrowserContext, Page, expect

from content.b64u import read_b64u
from content.samples import authenticator
from tests.browser.ceremonies import VIRTUAL
from tests.browser.conftest import Site
from tests.browser.test_registration import opened

SECTION = "ahsct-evidence"
BEFORE, AFTER = "no more than 10 years", "no more than 12 years"
AVANT, APRES = "10\u00a0ans", "12\u00a0ans"
SUMMARY = "Time with MS: 12 years, not 10"
#: The pictures, in their order; docs/tour.md shows each.
PICTURES = (
    "sign-in",
    "edit",
    "handed-in",
    "waiting",
    "compare",
    "review",
    "statement",
    "ceremony",
    "in-force",
    "translate",
    "report",
    "french-in-force",
    "calendar",
    "ledger",
)


@dataclass
class Tour:
    """A visitor who is one after the other of the people of a demonstration."""

    browser: Browser
    site: Site
    #: Where pictures go.
    folder: Path
    taken: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    context: BrowserContext | None = None

    def comes_as(self, who: str) -> Page:
        """Sign in as somebody, in a browser of their own, and see their desk."""
        page = self.opens("/desk")
        page.locator(f'button[name="person"][value="{who}"]').click()
        expect(page.get_by_role("heading", level=1)).to_have_text("What waits for you")
        return page

    def opens(self, path: str) -> Page:
        self.leaves()
        self.context = self.browser.new_context(
            locale="en", viewport={"width": 1024, "height": 720}, accept_downloads=True
        )
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        opened(page, self.site.origin + path)
        return page

    def leaves(self) -> None:
        if self.context:
            self.context.close()
            self.context = None

    def has_key_of(self, person: str, page: Page) -> None:
        """Put the key that the demonstration keeps for this person into the browser's device."""
        folder = Path(self.site.environment["MSIF_DATA_DIR"])
        told = json.loads((folder / "demo/authenticators.json").read_text())
        key = next(authenticator.read(one) for one in told if one["person"] == person)
        raw = key.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        device = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL})
        credential = {
            "credentialId": b64encode(read_b64u(key.credential)).decode(),
            "isResidentCredential": True,
            "rpId": "localhost",
            "privateKey": b64encode(raw).decode(),
            "userHandle": b64encode(person.encode()).decode(),
            "signCount": 0,
        }
        devtools.send(
            "WebAuthn.addCredential",
            {"authenticatorId": device["authenticatorId"], "credential": credential},
        )

    def picture(self, page: Page, name: str, of: str = "") -> None:
        """Take the next of the PICTURES, with this part of the page at its top."""
        assert name == PICTURES[len(self.taken)]
        if of:
            page.locator(of).first.evaluate("one => one.scrollIntoView()")
        self.folder.mkdir(parents=True, exist_ok=True)
        number = len(self.taken) + 1
        page.screenshot(path=self.folder / f"{number:02}-{name}.jpg", type="jpeg", quality=72)
        self.taken.append(name)

    def walk(self) -> None:
        """The whole way."""
        self.picture(self.opens("/desk"), "sign-in")
        self.the_author_edits_a_number()
        self.a_physician_and_a_reader_review_it()
        self.the_editor_puts_it_to_signature("English")
        self.the_board_signs()
        self.the_translator_follows()
        self.french_is_judged_and_signed()
        self.an_editor_looks_back()
        self.leaves()

    def the_author_edits_a_number(self) -> None:
        page = self.comes_as("author")
        page.goto(f"{self.site.origin}/desk/sections/{SECTION}/en")
        press(page, "Begin a new draft from this text")
        press(page, "Edit the text")
        text = page.locator("#markdown")
        written = text.input_value()
        assert BEFORE in written
        text.fill(written.replace(BEFORE, AFTER))
        page.locator("#change_summary").fill(SUMMARY)
        page.get_by_role("radio", name="Clinical").check()
        self.picture(page, "edit", of="#change_summary")
        press(page, "Save the draft")
        expect(page.locator("article.text")).to_contain_text(AFTER)
        press(page, "Hand in for review")
        expect(page.get_by_role("status")).to_contain_text("It is handed in.")
        self.picture(page, "handed-in")

    def a_physician_and_a_reader_review_it(self) -> None:
        page = self.comes_as("medical-1")
        self.picture(page, "waiting")
        page.get_by_role("link", name="What does the evidence show for aHSCT?").first.click()
        page.get_by_role("link", name="with what is in force").first.click()
        expect(page.locator("ins").first).to_contain_text("12")
        self.picture(page, "compare", of="ins")
        press(page, "Back to the text")
        self.approves(page, picture="review")
        self.reviews("lay", "en")

    def reviews(self, who: str, locale: str) -> None:
        page = self.comes_as(who)
        page.goto(f"{self.site.origin}/desk/sections/{SECTION}/{locale}")
        self.approves(page)

    def approves(self, page: Page, picture: str = "") -> None:
        """Give the one review that this person can give."""
        form = page.locator(".decide form")
        for kind in form.locator('input[name="kind"][type="radio"]').all()[:1]:
            kind.check()
        form.locator('input[name="verdict"][value="approve"]').check()
        form.locator('input[name="interests"][value="none"]').check()
        if picture:
            self.picture(page, picture, of=".decide")
        press(page, "Give this review")
        expect(page.get_by_role("status")).to_contain_text("Your review is on record.")

    def the_editor_puts_it_to_signature(self, _language: str) -> None:
        page = self.comes_as("editor")
        page.goto(f"{self.site.origin}/desk/statements")
        press(page, "Put texts to signature")
        page.get_by_role("checkbox").first.check()
        page.get_by_role("button", name="Put to signature").first.click()
        expect(page.get_by_role("status")).to_contain_text("The statement is open.")
        if "statement" not in self.taken:
            self.picture(page, "statement")

    def the_board_signs(self) -> None:
        page = self.comes_as("board-1")
        self.has_key_of("board-1", page)
        self.to_the_statement(page)
        page.get_by_role("button", name="Read and sign").click()
        expect(page.locator("#decision")).to_be_visible()
        for one in page.locator("main details:not([open]) > summary").all():
            if one.is_visible():
                one.click()
        page.locator("#approve").check()
        page.locator("#none").click()
        self.picture(page, "ceremony", of="#decision")
        page.locator("#sign").click()
        expect(page.locator("#done-title")).to_be_focused()
        self.signs_in_software("board-2")
        page = self.comes_as("author")
        page.goto(f"{self.site.origin}/desk/sections/{SECTION}/en")
        expect(page.locator("article.text")).to_contain_text(AFTER)
        expect(page.locator("main")).to_contain_text("This is what member sites are served now.")
        self.picture(page, "in-force")

    def to_the_statement(self, page: Page) -> None:
        """From the desk to the statement that waits for this person."""
        page.get_by_role("link", name="statement 20").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("tatement")

    def signs_in_software(self, who: str) -> None:
        page = self.comes_as(who)
        self.to_the_statement(page)
        page.get_by_role("button", name="Approve with the key of the demonstration").click()
        expect(page.get_by_role("status")).to_contain_text("The signature is on record.")

    def the_translator_follows(self) -> None:
        page = self.comes_as("translator-fr")
        page.get_by_role("link", name="Stem cell therapy for MS").first.click()
        self.picture(page, "translate")
        with page.expect_download() as waited:
            page.get_by_role("link", name="All texts, as .po").click()
        file = self.folder / "stem-cell-therapy.fr.po"
        waited.value.save_as(file)
        self.translates(file)
        page.locator("#file").set_input_files(file)
        page.get_by_role("button", name="See what would become of it").click()
        self.picture(page, "report")
        page.get_by_role("button", name="Take it").click()
        expect(page.get_by_role("status")).to_contain_text("The file is taken.")
        file.unlink()
        page.goto(f"{self.site.origin}/desk/sections/{SECTION}/fr")
        press(page, "Hand in for review")
        expect(page.get_by_role("status")).to_contain_text("It is handed in.")

    def translates(self, file: Path) -> None:
        """As with Poedit: the entry that is marked is set right, and not marked any more."""
        read = polib.pofile(str(file), wrapwidth=0)
        (stale,) = [one for one in read if AFTER in one.msgid]
        assert stale.fuzzy
        assert AVANT in stale.msgstr
        stale.msgstr = stale.msgstr.replace(AVANT, APRES)
        stale.flags.remove("fuzzy")
        stale.previous_msgid = None
        read.save()

    def french_is_judged_and_signed(self) -> None:
        self.reviews("reviser-fr", "fr")
        self.reviews("language-1-fr", "fr")
        self.the_editor_puts_it_to_signature("French")
        self.signs_in_software("language-2-fr")
        page = self.comes_as("editor")
        page.goto(f"{self.site.origin}/desk/sections/{SECTION}/fr")
        expect(page.locator("article.text")).to_contain_text(APRES)
        expect(page.locator("main")).to_contain_text("This is what member sites are served now.")
        self.picture(page, "french-in-force")

    def an_editor_looks_back(self) -> None:
        page = self.comes_as("editor")
        page.get_by_role("link", name="Calendar").click()
        self.picture(page, "calendar")
        page.get_by_role("link", name="Ledger").click()
        press(page, "Verify the ledger")
        self.picture(page, "ledger")


def press(page: Page, words: str) -> None:
    """What looks like a button: one, or a link to a page that does it."""
    page.locator("a, button").filter(has_text=words).first.click()


def as_a_member_reads(site: Site, page: Page, locale: str) -> dict[str, Any]:
    """What a member's site gets."""
    answer = page.request.get(f"{site.origin}/v1/sections/{SECTION}/{locale}")
    told: dict[str, Any] = answer.json()
    return told
