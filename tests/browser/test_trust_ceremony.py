"""The board reads what a new trust file changes, and signs it."""

from playwright.sync_api import expect

from content.database import writing
from content.people import person
from tests.browser.ceremonies import Ceremony
from tests.keys import SIGNERS
from tests.tampering import tamper

BOARD = ("board-1", "board-2", "board-3")


def prepared(ceremony: Ceremony) -> dict[str, str]:
    """A trust file with one more board member and without a translator; everybody's link."""
    with writing(ceremony.world.engine) as session:
        person.add(session, name="Ada New", organisation="MSIF", by="operator", person_id="board-5")
        person.grant(session, "board-5", "board", by="operator")
        SIGNERS.register(session, "board-5", by="operator")
        person.revoke(session, "language-2-de", "language-reviewer:de", by="operator")
    ceremony.terminal.says("trust", "key")
    ceremony.terminal.says("trust", "replace", "--yes", "--threshold", "board=4")
    told = ceremony.terminal.says("trust", "invite").splitlines()
    return dict(line.split(maxsplit=1) for line in told)


def test_the_board_signs_a_trust_file_and_it_holds(ceremony: Ceremony) -> None:
    links = prepared(ceremony)
    assert set(links) == {*BOARD, "board-4", "board-5", "words:"}
    for number, one in enumerate((*BOARD, "board-5"), start=1):
        somebody = ceremony.comes(key_of=one)
        shown = somebody.opens(links[one])
        expect(shown.locator("#words")).to_have_text(links["words:"])
        shown.locator("#none").click()
        shown.locator("#sign").click()
        expect(shown.locator("#done-title")).to_be_focused()
        expect(shown.locator("#outcome")).to_contain_text(f"Signatures: {number}.")
        assert somebody.touches() == 1
        assert somebody.complaints == []
    expect(shown.locator("#outcome")).to_contain_text("State: holds now.")
    assert "trust file  2 (accepted)" in ceremony.terminal.says("trust", "show")


def test_what_it_changes_is_told_in_words(ceremony: Ceremony) -> None:
    links = prepared(ceremony)
    somebody = ceremony.comes(key_of="board-1")
    shown = somebody.opens(links["board-1"])
    changes = shown.locator("#changes-list")
    expect(changes).to_contain_text("New: Ada New, MSIF (board-5)")
    (number,) = ceremony.terminal.says("people", "keys", "board-5").splitlines()
    expect(changes).to_contain_text(f"new key {number.split('  ')[0]}")
    expect(changes).to_contain_text("Removed: Language-2-De")
    expect(changes).to_contain_text("3 of 4 have to sign: Board-1, Board-2, Board-3, Board-4")
    expect(changes).to_contain_text("4 of 5 have to sign: Ada New,".replace("Ada New,", "Board-1"))
    expect(changes).to_contain_text("Sign-offs that still stand: 2. Added: 2. Dropped: 0.")
    expect(changes).to_contain_text("Valid until")
    assert shown.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_changed_byte_stops_the_page(ceremony: Ceremony) -> None:
    links = prepared(ceremony)
    tamper(
        ceremony.world.engine,
        "UPDATE trust_file SET body = CAST(replace(body, 'Ada New', 'Eve New') AS BLOB) "
        "WHERE version = 2",
    )
    somebody = ceremony.comes(key_of="board-1")
    somebody.page.goto(links["board-1"])
    expect(somebody.page.get_by_role("status")).to_contain_text("is not what its digest says")
    expect(somebody.page.locator("form")).to_be_hidden()


def test_whoever_is_in_no_board_is_told_so(ceremony: Ceremony) -> None:
    links = prepared(ceremony)
    address = links["board-1"].partition("#")[0]
    somebody = ceremony.comes("de")
    somebody.page.goto(f"{address}#{ceremony.world.token('editor')}")
    expect(somebody.page.get_by_role("status")).to_contain_text("Sie gehören nicht zu den Personen")
    expect(somebody.page.locator("form")).to_be_hidden()
