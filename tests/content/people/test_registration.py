"""A person registers passkeys by a link that was sent to them."""

import json
from base64 import urlsafe_b64decode
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select
from time_machine import TimeMachineFixture

from content.b64u import b64u
from content.database import reading, writing
from content.errors import (
    AlreadyThere,
    BadInput,
    InvitationUnknown,
    PasskeyNotFound,
    PasskeyRefused,
    PersonNotFound,
)
from content.ledger import LedgerRow
from content.people import invitation, passkey, person, registration
from content.people.passkey import KEYS_MAX, Passkey
from content.people.registration import RelyingParty
from content.samples import authenticator
from content.samples.authenticator import Authenticator
from tests.reader import TODAY
from tests.world import World

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

PARTY = RelyingParty("example.org", ("https://signoff.example.org", "https://www.example.org"))
ORIGIN = PARTY.origins[0]


def invited(world: World, who: str = "author", days: int = 7) -> str:
    with writing(world.engine) as session:
        return invitation.make(session, who, by="operator", days=days)


def options(world: World, secret: str) -> dict[str, Any]:
    with writing(world.engine) as session:
        return registration.begin(session, secret, PARTY)


def sent(world: World, secret: str, credential: dict[str, Any], label: str = "phone") -> Passkey:
    with writing(world.engine) as session:
        return registration.finish(session, secret, credential, label, PARTY)


def register(world: World, secret: str, key: Authenticator, origin: str = ORIGIN) -> Passkey:
    asked = options(world, secret)["publicKey"]
    return sent(world, secret, key.create(asked, origin))


def keys(world: World, who: str = "author") -> list[Passkey]:
    with reading(world.engine) as session:
        return passkey.of_person(session, who)


def test_a_link_registers_two_keys_and_no_third(world: World) -> None:
    secret = invited(world)
    asked = options(world, secret)
    assert (asked["name"], asked["keys_left"]) == ("Author", 2)
    assert asked["publicKey"]["rp"] == {"name": "MSIF", "id": "example.org"}
    assert asked["publicKey"]["authenticatorSelection"]["userVerification"] == "required"
    first = register(world, secret, authenticator.made_for("author", 1))
    asked = options(world, secret)
    assert asked["keys_left"] == 1
    assert [one["id"] for one in asked["publicKey"]["excludeCredentials"]] == [first.credential]
    second = register(world, secret, authenticator.made_for("author", 2), PARTY.origins[1])
    with pytest.raises(InvitationUnknown):
        options(world, secret)
    listed = keys(world)
    assert [one.person for one in listed] == ["author", "author"]
    assert len({one.fingerprint for one in listed}) == 2
    assert [len(one.fingerprint) for one in listed] == [19, 19]
    with reading(world.engine) as session:
        last = session.exec(select(LedgerRow).order_by(col(LedgerRow.seq).desc())).first()
        assert last is not None
        assert (last.event, last.actor) == ("passkey.registered", "author")
        assert json.loads(last.detail)["credential"] == second.credential


def test_a_link_that_is_old_or_made_up_registers_nothing(
    world: World, time_machine: TimeMachineFixture
) -> None:
    secret = invited(world, days=1)
    made_up = secret[:-1] + ("A" if secret[-1] != "A" else "B")
    for wrong in (made_up, "", "x" * 10_000):
        with pytest.raises(InvitationUnknown):
            options(world, wrong)
    time_machine.shift(86_400)
    with pytest.raises(InvitationUnknown):
        options(world, secret)


def test_whoever_was_erased_registers_nothing(world: World) -> None:
    secret = invited(world)
    with writing(world.engine) as session:
        person.erase(session, "author", by="operator")
    with pytest.raises(InvitationUnknown):
        options(world, secret)
    with pytest.raises(BadInput), writing(world.engine) as session:
        invitation.make(session, "author", by="operator", days=7)


@pytest.mark.parametrize("days", [0, 31])
def test_an_invitation_lives_a_month_at_most(world: World, days: int) -> None:
    with pytest.raises(BadInput, match="1 to 30 days"):
        invited(world, days=days)
    with pytest.raises(PersonNotFound):
        invited(world, "nobody")


def test_an_answer_counts_once_and_in_time(world: World, time_machine: TimeMachineFixture) -> None:
    secret = invited(world)
    key = authenticator.made_for("author")
    early = key.create(options(world, secret)["publicKey"], ORIGIN)
    late = key.create(options(world, secret)["publicKey"], ORIGIN)
    with pytest.raises(PasskeyRefused):
        sent(world, secret, early)  # another challenge was given since
    time_machine.shift(601)
    with pytest.raises(InvitationUnknown, match="too long"):
        sent(world, secret, late)
    register(world, secret, key)
    with pytest.raises(InvitationUnknown, match="too long"):
        sent(world, secret, late)
    assert len(keys(world)) == 1


def wrong_origin(key: Authenticator, asked: dict[str, Any]) -> dict[str, Any]:
    return key.create(asked, "https://evil.example.org")


def wrong_party(key: Authenticator, asked: dict[str, Any]) -> dict[str, Any]:
    return key.create(asked | {"rp": {"id": "evil.example.org"}}, ORIGIN)


def wrong_challenge(key: Authenticator, asked: dict[str, Any]) -> dict[str, Any]:
    return key.create(asked | {"challenge": b64u(bytes(32))}, ORIGIN)


def a_login(key: Authenticator, asked: dict[str, Any]) -> dict[str, Any]:
    challenge = urlsafe_b64decode(asked["challenge"] + "==")
    return key.get(challenge, "example.org", ORIGIN)


def no_json(_key: Authenticator, _asked: dict[str, Any]) -> dict[str, Any]:
    return {"id": 1, "response": [None], "type": {"a": "b"}}


def no_cbor(key: Authenticator, asked: dict[str, Any]) -> dict[str, Any]:
    made = key.create(asked, ORIGIN)
    made["response"]["attestationObject"] = b64u(b"\xff" * 100)
    return made


def no_verification(key: Authenticator, asked: dict[str, Any]) -> dict[str, Any]:
    made = key.create(asked, ORIGIN)
    attestation = bytearray(urlsafe_b64decode(made["response"]["attestationObject"] + "=="))
    place = attestation.index(b"authData") + len(b"authData") + 2 + 32
    assert attestation[place] == 0x45
    attestation[place] = 0x41  # present, not verified
    made["response"]["attestationObject"] = b64u(bytes(attestation))
    return made


@pytest.mark.parametrize(
    "wrong",
    [wrong_origin, wrong_party, wrong_challenge, a_login, no_json, no_cbor, no_verification],
)
def test_what_is_no_new_key_for_this_hub_is_refused(world: World, wrong: Any) -> None:
    secret = invited(world)
    asked = options(world, secret)["publicKey"]
    credential = wrong(authenticator.made_for("author"), asked)
    with pytest.raises(PasskeyRefused):
        sent(world, secret, credential)
    assert keys(world) == []


def test_one_key_is_one_persons(world: World) -> None:
    key = authenticator.made_for("author")
    register(world, invited(world), key)
    with pytest.raises(AlreadyThere):
        register(world, invited(world, "author-2"), key)
    secret = invited(world)
    asked = options(world, secret)["publicKey"]
    with pytest.raises(BadInput, match="a name of"):
        sent(world, secret, authenticator.made_for("author", 2).create(asked, ORIGIN), " ")


def test_there_is_an_end_to_keys(world: World) -> None:
    for number in range(KEYS_MAX):
        register(world, invited(world), authenticator.made_for("author", number))
    with pytest.raises(AlreadyThere, match="at most 10"):
        register(world, invited(world), authenticator.made_for("author", KEYS_MAX))


def test_a_lost_key_is_taken_away_for_good(world: World) -> None:
    key = authenticator.made_for("author")
    added = register(world, invited(world), key)
    for _ in range(2):
        with writing(world.engine) as session:
            assert passkey.remove(session, added.credential, by="operator").removed_at is not None
    assert keys(world) == []
    with pytest.raises(AlreadyThere):
        register(world, invited(world), key)
    with pytest.raises(PasskeyNotFound), writing(world.engine) as session:
        passkey.remove(session, "none", by="operator")


@pytest.mark.parametrize(
    "script",
    [
        "UPDATE passkey SET person = 'author-2'",
        "UPDATE passkey SET spki = x'00'",
        "UPDATE passkey SET removed_at = NULL",
        "DELETE FROM passkey",
        "UPDATE invitation SET person = 'author-2'",
        "UPDATE invitation SET expires_at = '2999-01-01'",
        "DELETE FROM invitation",
        "INSERT INTO passkey SELECT 'c', 'author-2', alg, spki, label, invitation, created_at, "
        "NULL FROM passkey",
    ],
)
def test_a_script_at_the_database_gives_nobody_a_key(sqlite_world: World, script: str) -> None:
    added = register(sqlite_world, invited(sqlite_world), authenticator.made_for("author"))
    with writing(sqlite_world.engine) as session:
        passkey.remove(session, added.credential, by="operator")
    with pytest.raises(IntegrityError), Session(sqlite_world.engine) as session:
        session.connection().exec_driver_sql(script)


def test_a_link_that_was_ended_registers_nothing_and_others_go_on(world: World) -> None:
    asked, other = invited(world), invited(world, "lay")
    answer = authenticator.made_for("author").create(options(world, asked)["publicKey"], ORIGIN)
    with writing(world.engine) as session:
        row = invitation.find(session, asked)
        assert invitation.open_of(session, "author") == [row]
        invitation.end_all(session, "author", by="administrator")
        invitation.end_all(session, "author", by="administrator")
        told = session.exec(select(LedgerRow).order_by(col(LedgerRow.seq).desc()).limit(2)).all()
    assert [one.event for one in told] == ["invitation.ended", "invitation.made"]
    assert (told[0].actor, told[0].subject) == ("administrator", "author")
    with pytest.raises(InvitationUnknown):
        sent(world, asked, answer)
    register(world, other, authenticator.made_for("lay"))


def test_a_link_that_registered_all_its_keys_is_not_open(world: World) -> None:
    secret = invited(world)
    for number in range(invitation.KEYS):
        with reading(world.engine) as session:
            assert len(invitation.open_of(session, "author")) == 1
        register(world, secret, authenticator.made_for("author", number + 1))
    with reading(world.engine) as session:
        assert invitation.open_of(session, "author") == []


def test_no_script_at_the_database_lets_a_link_live_longer(sqlite_world: World) -> None:
    invited(sqlite_world)
    later = "UPDATE invitation SET expires_at = '2099-01-01 00:00:00.000000'"
    with pytest.raises(IntegrityError), Session(sqlite_world.engine) as session:
        session.connection().exec_driver_sql(later)


def test_an_authenticator_is_read_as_it_was_written() -> None:
    key = authenticator.made_for("author")
    assert authenticator.read(key.told()).told() == key.told()
