"""Everybody at the desk, from the first key to the result: each role in each language, without a
mouse. Nothing is done here but by the words that the page says.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from api.desk import words
from api.desk.told import DONE
from content.people.role import Role
from tests.api.desk.browser import as_demo
from tests.api.desk.membership import with_members
from tests.api.hubs import at_work
from tests.browser import ceremonies
from tests.browser.ceremonies import Here, Signer
from tests.browser.keyboard import Keyboard
from tests.copies import filled
from tests.world import World, page

TONGUES = ("en", "fr", "it", "de")
READY = "# Ready {#ready}\n\nAsk whom you trust.\n"


def at_the_desk(world: World) -> None:
    """A demonstration with work for everybody, and a text that waits to be put to signature."""
    at_work(world)
    world.write(page(READY))
    world.submit("ready")
    world.review_all("ready")
    with_members(world)
    as_demo(world)


@pytest.fixture(scope="session")
def desk_file(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("roles") / "content.db"
    return filled(empty_sqlite, path, at_the_desk, world=Here)


@dataclass
class Desk:
    """Somebody at the desk, who reads one language."""

    somebody: Signer
    tongue: str

    @property
    def keys(self) -> Keyboard:
        return Keyboard(self.somebody.page)

    def says(self, sentence: str, **gaps: str) -> str:
        """This sentence of the desk in the language that is read."""
        return words.translations(self.tongue).gettext(sentence) % gaps

    def comes(self, who: str) -> None:
        """Sign in, at the beginning or after somebody else."""
        page = self.somebody.page
        page.context.clear_cookies()
        page.goto(f"{ceremonies.origin()}/desk/sign-in")
        self.keys.presses(page.locator(f'button[name="person"][value="{who}"]'))
        expect(page.get_by_role("heading", level=1)).to_have_text(self.says("What waits for you"))

    def goes(self, place: str) -> None:
        """By the head of the page."""
        nav = self.somebody.page.get_by_role("navigation", name=self.says("Pages of the desk"))
        self.keys.presses(nav.get_by_role("link", name=self.says(place), exact=True))

    def one(self, role: str, sentence: str, **gaps: str) -> Locator:
        """What has this role and is called so."""
        found = self.somebody.page.get_by_role(
            role,  # type: ignore[arg-type]
            name=self.says(sentence, **gaps),
            exact=True,
        )
        return found.first

    def field(self, sentence: str) -> Locator:
        """By its label, which an explanation may follow."""
        label = re.compile(rf"^\s*{re.escape(self.says(sentence))}")
        return self.somebody.page.get_by_label(label).first

    def link(self, address: str) -> Locator:
        return self.somebody.page.locator(f'main a[href="{address}"]').first

    def unfolds(self, sentence: str) -> None:
        self.keys.presses(self.somebody.page.locator("summary", has_text=self.says(sentence)))

    def task(self, what: str) -> None:
        """What waits, at the desk of who does it."""
        waiting = self.somebody.page.locator("ol.lines a", has_text=self.says(what))
        self.keys.presses(waiting.first)

    def hears(self, done: str) -> None:
        """What is said once something is done."""
        said = self.somebody.page.get_by_role("status")
        expect(said.filter(has_text=self.says(DONE[done]))).to_be_visible()


def an_author_edits_a_draft_and_hands_it_in(desk: Desk) -> None:
    desk.comes("author")
    desk.goes("Texts")
    desk.keys.presses(desk.link("/desk/sections/drafted/en"))
    desk.keys.presses(desk.one("button", "Edit the text"))
    desk.keys.types(desk.field("Text"), "Three people are writing it.")
    desk.keys.presses(desk.one("button", "Save the draft"))
    desk.hears("saved")
    desk.keys.presses(desk.one("button", "Hand in for review"))
    desk.hears("submitted")
    expect(desk.somebody.page.locator("article.text")).to_contain_text("Three people")


def reviews(desk: Desk, verdict: str, comment: str = "") -> None:
    """On the page of the text, with no interest declared."""
    desk.keys.chooses(desk.field(verdict))
    if comment:
        desk.keys.types(desk.field("Comment, for whoever wrote it"), comment)
    desk.keys.chooses(desk.field("None"))
    desk.keys.presses(desk.one("button", "Give this review"))
    desk.hears("reviewed")


def a_physician_approves(desk: Desk) -> None:
    desk.comes("medical-1")
    desk.task("Review as a physician")
    reviews(desk, "Approve")


def a_reader_returns_and_says_why(desk: Desk) -> None:
    desk.comes("lay")
    desk.task("Review as a reader")
    reviews(desk, "Return", "Who reviews it?")
    desk.comes("author")
    desk.goes("Texts")
    desk.keys.presses(desk.link("/desk/sections/reviewed/en"))
    expect(desk.somebody.page.get_by_text("Who reviews it?")).to_be_visible()


def a_translator_writes_and_hands_in(desk: Desk) -> None:
    desk.comes("translator-it")
    desk.goes("Translate")
    desk.keys.presses(desk.link("/desk/translate/treatment/it"))
    desk.keys.presses(desk.link("/desk/translate/treatment/it/risks"))
    fields = desk.somebody.page.locator("textarea[name=target]")
    desk.keys.types(fields.last, "Non ripara i nervi.")
    desk.somebody.page.keyboard.press("Control+Enter")
    desk.hears("words-saved")
    expect(fields.last).to_have_value("Non ripara i nervi.")
    desk.keys.presses(desk.one("button", "Save and hand in"))
    desk.hears("section-handed-in")


def a_reviser_compares_and_approves(desk: Desk) -> None:
    desk.comes("reviser-fr")
    desk.task("Compare with the source text")
    reviews(desk, "Approve")


def an_editor_puts_to_signature_and_invites(desk: Desk) -> None:
    page = desk.somebody.page
    desk.comes("editor")
    desk.goes("Statements")
    desk.keys.presses(desk.one("button", "Put texts to signature"))
    desk.keys.ticks(page.get_by_role("checkbox", name="Ready").first)
    desk.keys.presses(desk.one("button", "Put to signature"))
    desk.hears("put-to-signature")
    desk.keys.presses(desk.one("button", "Make a link for %(name)s", name="Board-1"))
    expect(desk.field("Link")).to_have_value(re.compile("/signing/statements/"))


def a_board_member_signs(desk: Desk) -> None:
    signs(desk, "board-4")


def a_clinician_signs_a_translation(desk: Desk) -> None:
    signs(desk, "language-2-fr")


def signs(desk: Desk, who: str) -> None:
    """From the own desk to the page for signing, with the own key."""
    page = desk.somebody.page
    desk.comes(who)
    desk.somebody.give_key(who)
    desk.task("Sign")
    desk.keys.presses(desk.one("button", "Read and sign"))
    expect(page.locator("#decision")).to_be_visible()
    desk.keys.chooses(page.locator("#approve"))
    desk.keys.presses(page.locator("#none"))
    desk.keys.presses(page.locator("#sign"))
    expect(page.locator("#outcome")).to_contain_text("1")
    assert desk.somebody.touches() == 1


def a_duty_officer_withdraws_and_another_confirms(desk: Desk) -> None:
    page = desk.somebody.page
    desk.comes("duty-1")
    desk.goes("Texts")
    desk.keys.presses(desk.link("/desk/sections/benefits/en"))
    desk.unfolds("Take it out of force")
    desk.keys.selects(desk.field("For what reason?"), "error")
    told = "A number here was wrong."
    desk.keys.types(desk.field("What readers are told, in the language of the text"), told)
    desk.keys.presses(desk.one("button", "Take it out of force now"))
    desk.hears("withdrawn")
    desk.comes("duty-2")
    desk.task("Confirm the withdrawal")
    desk.keys.presses(desk.one("button", "Confirm the withdrawal"))
    desk.hears("confirmed")
    desk.goes("Recalls")
    expect(page.get_by_role("heading", level=1)).to_have_text(desk.says("Recalls"))


def an_administrator_enters_somebody(desk: Desk) -> None:
    page = desk.somebody.page
    desk.comes("administrator")
    desk.goes("People")
    desk.keys.presses(desk.one("button", "Enter somebody"))
    desk.keys.types(desk.field("Name"), "Lea Example")
    desk.keys.types(desk.field("Organisation"), "Example Society")
    desk.keys.ticks(page.locator('input[name="roles"][value="translator:fr"]'))
    desk.keys.presses(desk.one("button", "Enter this person"))
    desk.hears("person-entered")
    desk.keys.selects(desk.field("A further role"), f"{Role.TRANSLATOR}:it")
    desk.keys.presses(desk.one("button", "Give the role"))
    desk.hears("role-given")
    desk.goes("Ledger")
    desk.keys.presses(desk.one("button", "Verify the ledger"))
    expect(page.get_by_role("heading", level=1)).to_have_text(desk.says("The ledger holds"))


def an_editor_enters_a_member_with_a_key(desk: Desk) -> None:
    page = desk.somebody.page
    desk.comes("editor")
    desk.goes("Members")
    desk.keys.presses(desk.one("link", "Enter a member"))
    for label, typed in (
        ("Name of the society", "Example Society"),
        ("Country", "BE"),
        ("Languages", "fr, de"),
        ("Address of its site", "https://www.society.example"),
        ("E-mail address to write to", "web@society.example"),
        ("Short name", "example-be"),
    ):
        desk.keys.types(desk.field(label), typed)
    desk.keys.presses(desk.one("button", "Enter the member"))
    desk.hears("member-added")
    desk.keys.presses(desk.link("/desk/members/example-be/keys"))
    desk.keys.types(desk.field("Name of the key"), "cms-2026")
    desk.keys.presses(desk.one("button", "Make the key"))
    expect(page.get_by_text(re.compile("^msif_m_"))).to_be_visible()


STORIES: tuple[Callable[[Desk], None], ...] = (
    an_author_edits_a_draft_and_hands_it_in,
    a_physician_approves,
    a_reader_returns_and_says_why,
    a_translator_writes_and_hands_in,
    a_reviser_compares_and_approves,
    an_editor_puts_to_signature_and_invites,
    a_board_member_signs,
    a_clinician_signs_a_translation,
    a_duty_officer_withdraws_and_another_confirms,
    an_administrator_enters_somebody,
    an_editor_enters_a_member_with_a_key,
)


def told() -> list[object]:
    """Each story in each language; in every run, each in one of them."""
    return [
        pytest.param(
            story,
            tongue,
            id=f"{story.__name__}-{tongue}",
            marks=[] if TONGUES[number % len(TONGUES)] == tongue else pytest.mark.slow,
        )
        for number, story in enumerate(STORIES)
        for tongue in TONGUES
    ]


@pytest.mark.parametrize(("story", "tongue"), told())
def test_without_a_mouse(
    browser: Browser,
    tmp_path: Path,
    desk_file: Path,
    story: Callable[[Desk], None],
    tongue: str,
) -> None:
    with ceremonies.served(tmp_path, browser, desk_file) as hub:
        somebody = hub.comes(
            tongue, viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
        )
        somebody.page.set_default_timeout(10_000)
        story(Desk(somebody, tongue))
        assert somebody.complaints == []
