"""Accounts and the ledger, at the machine itself."""

import pytest

from content.database import reading, writing
from content.errors import InvitationUnknown
from content.people import invitation, oidc_link, registration, session
from content.people.registration import RelyingParty
from content.people.session import Way
from content.samples import authenticator
from tests.content.cli.terminal import Terminal
from tests.tampering import tamper


def test_somebody_is_entered_and_can_act(terminal: Terminal) -> None:
    add = ("people", "add", "--name", "Ada", "--organisation", "MSIF", "--role", "author")
    made = terminal.says(*add, "--role", "translator:fr").strip()
    secret = terminal.says("people", "token", made, "--label", "laptop").strip()
    assert secret.startswith("msif_")
    terminal.env["MSIF_TOKEN"] = secret
    assert terminal.says("waiting") == "Nothing waits for you.\n"
    line = next(row for row in terminal.says("people", "list").splitlines() if made in row)
    assert "author translator:fr" in line
    number = line.split("token ")[1].split()[0]
    assert terminal.says("people", "revoke-token", number) == f"Token {number} no longer works.\n"
    assert terminal.refuses("waiting").startswith("token-unknown: ")


def test_roles_are_given_and_taken_back(terminal: Terminal) -> None:
    told = terminal.says("people", "grant", "lay", "board", "reviser:it")
    assert told == "lay has board, reviser:it.\n"
    told = terminal.says("people", "revoke", "lay", "board")
    assert told == "lay no longer has board.\n"
    assert "lay-reviewer reviser:it  no token" in terminal.says("people", "list")
    assert terminal.refuses("people", "grant", "lay", "king").startswith("role-malformed: ")
    assert terminal.refuses("people", "revoke", "who", "board").startswith("person-not-found: ")
    told = terminal.says("ledger", "show", "--subject", "lay", by="editor")
    assert "operator  person.revoked" in told


def test_ids_are_taken_once_and_tokens_end(terminal: Terminal) -> None:
    add = ("people", "add", "--name", "A", "--organisation", "B", "--id")
    assert terminal.says(*add, "p-99") == "p-99\n"
    assert terminal.refuses(*add, "p-99").startswith("already-there: ")
    terminal.refuses("people", "token", "p-99", "--label", "x", "--days", "999", code=2)
    assert terminal.refuses("people", "revoke-token", "999").startswith("not-found: ")


def test_somebody_is_forgotten_after_a_question(terminal: Terminal) -> None:
    token = terminal.token("lay")
    assert terminal.run("people", "erase", "lay", typed="n\n").exit_code == 1
    assert "Lay" in terminal.says("people", "list")
    assert "lay is erased.\n" in terminal.says("people", "erase", "lay", typed="y\n")
    told = terminal.says("people", "list")
    assert "Erased person" in told
    terminal.env["MSIF_TOKEN"] = token
    assert terminal.refuses("waiting").startswith("token-unknown: ")
    assert terminal.says("people", "erase", "author", "--yes") == "author is erased.\n"


def test_the_ledger_is_shown_and_walked(terminal: Terminal) -> None:
    terminal.token("editor")
    terminal.world.write()
    told = terminal.says("ledger", "show", "--last", "2", by="editor").splitlines()
    assert len(told) == 2
    assert "author  version.begun  risks/en/1" in told[-1]
    assert terminal.says("ledger", "show", "--subject", "x", by="board-1") == (
        "Nothing happened here.\n"
    )
    assert terminal.refuses("ledger", "show", by="author").startswith("role-missing: ")
    assert " rows, whole. Last hash: " in terminal.says("ledger", "verify")


def test_the_first_broken_row_is_named(terminal: Terminal) -> None:
    tamper(terminal.world.engine, "UPDATE ledger SET actor = 'x' WHERE seq = 3")
    told = terminal.refuses("ledger", "verify")
    assert told.startswith("ledger-broken: Row 3: it was changed after it was written.")
    doctor = terminal.run("doctor")
    assert doctor.exit_code == 1
    assert "BAD  ledger: row 3: it was changed after it was written" in doctor.stdout


def test_an_empty_ledger_and_an_empty_list_say_so(terminal: Terminal) -> None:
    terminal.env["MSIF_DATA_DIR"] = str(terminal.folder / "other")
    terminal.says("migrate")
    assert terminal.says("ledger", "verify") == "The ledger is empty.\n"
    assert terminal.says("people", "list").startswith("There is nobody yet")


PARTY = RelyingParty("localhost", ("http://localhost:8000",))


def registered(terminal: Terminal, who: str) -> str:
    """The credential of a key that was registered by a link."""
    link = terminal.says("people", "invite", who).strip()
    address, secret = link.split("#")
    assert address == "http://localhost:8000/signing/register"
    with writing(terminal.world.engine) as session:
        asked = registration.begin(session, secret, PARTY)["publicKey"]
        made = authenticator.made_for(who).create(asked, PARTY.origins[0])
        return registration.finish(session, secret, made, "phone", PARTY).credential


def test_a_key_comes_by_a_link_and_is_taken_away(terminal: Terminal) -> None:
    assert terminal.says("people", "keys", "lay").startswith("None yet; ")
    credential = registered(terminal, "lay")
    (line,) = terminal.says("people", "keys", "lay").splitlines()
    number, label, _, listed = (part.strip() for part in line.split("  ") if part.strip())
    assert (label, listed) == ("phone", credential)
    with writing(terminal.world.engine) as opened:
        session.begin(opened, "lay", way=Way.PASSKEY, browser="")
        assert len(invitation.open_of(opened, "lay")) == 1  # it registers a second key
    told = terminal.says("people", "remove-key", credential)
    with reading(terminal.world.engine) as opened:
        assert not session.of_person(opened, "lay")[0].is_open
        assert invitation.open_of(opened, "lay") == []
    assert told == f"lay no longer has the key {number} (phone).\n"
    assert terminal.says("people", "keys", "lay").startswith("None yet; ")
    assert terminal.refuses("people", "remove-key", "none").startswith("passkey-not-found: ")
    assert terminal.refuses("people", "invite", "who").startswith("person-not-found: ")
    assert terminal.refuses("people", "keys", "who").startswith("person-not-found: ")


def test_whoever_is_erased_has_no_key_left(terminal: Terminal) -> None:
    registered(terminal, "lay")
    terminal.says("people", "erase", "lay", "--yes")
    assert terminal.says("people", "keys", "lay").startswith("None yet; ")


def test_somebody_who_lost_their_phone_begins_anew(terminal: Terminal) -> None:
    with writing(terminal.world.engine) as opened:
        session.begin(opened, "board-1", way=Way.PASSKEY, browser="")
        oidc_link.join(opened, "board-1", "https://id.example", "subject")
        link = invitation.make(opened, "board-1", by="board-1", days=1)
    told = terminal.says("people", "reset", "board-1")
    assert told == "board-1 is signed in nowhere and has no password. Passkeys left: 1.\n"
    terminal.refuses("people", "reset", "nobody")
    told = terminal.says("ledger", "show", "--subject", "board-1", by="editor")
    assert "person.parted" in told
    assert "session.ended" in told
    assert "invitation.ended" in told
    with reading(terminal.world.engine) as opened, pytest.raises(InvitationUnknown):
        invitation.find(opened, link)
