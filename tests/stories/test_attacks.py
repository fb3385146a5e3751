"""What somebody may try who wants a text in force that the board did not sign.

Each line of "a signature counts if" is negated, once by sending it and once by writing it into the
database, where all triggers are gone.
"""

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from time_machine import TimeMachineFixture

from content import clock
from content.b64u import b64u
from content.database import writing
from content.errors import (
    BlockMalformed,
    FourEyes,
    RoleMissing,
    SignatureRefused,
)
from content.people import person
from content.publication import audit, due
from content.sign_off import signing
from content.sign_off import statement as statements
from content.sign_off.block import Block, Meaning
from tests.keys import PARTY, SIGNERS
from tests.reader import TODAY, ask, give_role
from tests.tampering import drop_triggers, tamper
from tests.world import World

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

LAST = "board-3"
PRESENT, VERIFIED = 1, 4


@dataclass(frozen=True)
class Sent:
    """A signature as somebody sends it, or writes it into the database."""

    block: bytes
    credential: dict[str, Any]


def block_of(digest: str, who: str = LAST, **other: Any) -> Block:
    told = Block(digest, who, who.title(), Meaning.APPROVAL, "none declared", clock.now())
    return replace(told, **other)


def answered(
    block: bytes,
    by: str = LAST,
    *,
    kind: str = "webauthn.get",
    challenge: bytes | None = None,
    origin: str = PARTY.origins[0],
    cross: bool = False,
    rp_id: str = PARTY.rp_id,
    flags: int = PRESENT | VERIFIED,
    key: ec.EllipticCurvePrivateKey | None = None,
) -> dict[str, Any]:
    """A key's answer; everything in it can be another than it should be."""
    device = SIGNERS.authenticators[by]
    told = {
        "type": kind,
        "challenge": b64u(challenge or sha256(block).digest()),
        "origin": origin,
        "crossOrigin": cross,
    }
    client = json.dumps(told).encode()
    data = sha256(rp_id.encode()).digest() + bytes([flags]) + bytes(4)
    signed = data + sha256(client).digest()
    return {
        "id": device.credential,
        "rawId": device.credential,
        "type": "public-key",
        "response": {
            "clientDataJSON": b64u(client),
            "authenticatorData": b64u(data),
            "signature": b64u((key or device.key).sign(signed, ec.ECDSA(SHA256()))),
        },
    }


def good(digest: str) -> Sent:
    body = block_of(digest).body
    return Sent(body, answered(body))


def _with(**other: Any) -> Callable[[str], Sent]:
    def made(digest: str) -> Sent:
        body = block_of(digest).body
        return Sent(body, answered(body, **other))

    return made


def of_another_statement(digest: str) -> Sent:
    body = block_of("0" * 64).body
    return Sent(body, answered(body))


def a_rejection(digest: str) -> Sent:
    body = block_of(digest, meaning=Meaning.REJECTION).body
    return Sent(body, answered(body))


def of_somebody_in_no_such_role(digest: str) -> Sent:
    body = block_of(digest, "language-2-fr").body
    return Sent(body, answered(body, "language-2-fr"))


def with_the_key_of_another_member(digest: str) -> Sent:
    body = block_of(digest).body
    return Sent(body, answered(body, "board-4"))


def changed_after_it_was_signed(digest: str) -> Sent:
    body = block_of(digest).body
    changed = block_of(digest, interests="I sell it.").body
    return Sent(changed, answered(body))


def with_a_broken_signature(digest: str) -> Sent:
    sent = good(digest)
    response = sent.credential["response"]
    signature = bytearray(urlsafe_b64decode(response["signature"] + "=="))
    signature[-1] ^= 1
    broken = response | {"signature": b64u(bytes(signature))}
    return replace(sent, credential=sent.credential | {"response": broken})


#: Every line of the rule, negated.
NEGATED: dict[str, Callable[[str], Sent]] = {
    "it names another statement": of_another_statement,
    "it is a rejection": a_rejection,
    "its person is not in the role": of_somebody_in_no_such_role,
    "the credential is another person's": with_the_key_of_another_member,
    "it is a registration": _with(kind="webauthn.create"),
    "it answers another challenge, as a login does": _with(challenge=b"x" * 32),
    "it was made on another site": _with(origin="https://signoff.example.com"),
    "it was made in a frame": _with(cross=True),
    "it was made for another party, as a login is": _with(rp_id="desk.example.org"),
    "nobody was there": _with(flags=VERIFIED),
    "nobody was verified": _with(flags=PRESENT),
    "another key made it": _with(key=ec.generate_private_key(ec.SECP256R1())),
    "its words were changed": changed_after_it_was_signed,
    "its signature is broken": with_a_broken_signature,
}


@pytest.fixture
def waiting(sqlite_world: World) -> tuple[World, str]:
    """A statement that two have signed, and three must; and no trigger left."""
    world = sqlite_world
    world.write()
    digest = world.put_to_signature("treatment", "benefits")
    for signer in ("board-1", "board-2"):
        world.sign(digest, signer)
    drop_triggers(world.engine)
    return world, digest


def send(world: World, digest: str, sent: Sent, by: str = LAST) -> None:
    with world.acting(by) as (session, actor):
        signing.sign(
            session,
            actor,
            statements.find(session, digest),
            world.policy,
            signed=sent.block,
            credential=sent.credential,
            comment="Because.",
        )


def insert(world: World, digest: str, sent: Sent, by: str = LAST) -> None:
    tamper(
        world.engine,
        "INSERT INTO signature (statement, person, organisation, meaning, interests_relevant,"
        " block, credential, comment, at) SELECT :it, :who, '', 'approval', 0, :block,"
        " :credential, '', at FROM signature LIMIT 1",
        it=digest,
        who=by,
        block=sent.block,
        credential=json.dumps(sent.credential),
    )


def force(world: World) -> None:
    """Say that it was signed off, and let any process go on from there."""
    tamper(
        world.engine,
        "UPDATE statement SET state = 'signed_off'",
        "UPDATE version SET state = 'approved' WHERE state = 'sign_off'",
    )
    with writing(world.engine) as session:
        due.carry_out(session, world.policy)


def audited(world: World) -> set[tuple[str, str]]:
    """Section and locale of what stands refused after an audit."""
    with writing(world.engine) as session:
        return {(one.section, one.locale) for one in audit.carry_out(session, world.policy)}


def test_a_good_one_counts(waiting: tuple[World, str]) -> None:
    world, digest = waiting
    send(world, digest, good(digest))
    assert world.states()["benefits"] == ["in_force"]


def test_a_good_one_counts_however_it_came(waiting: tuple[World, str]) -> None:
    world, digest = waiting
    insert(world, digest, good(digest))
    force(world)
    assert world.states()["benefits"] == ["in_force"]


@pytest.mark.parametrize("how", NEGATED)
def test_what_is_sent_does_not_count_if(waiting: tuple[World, str], how: str) -> None:
    world, digest = waiting
    by = "language-2-fr" if "not in the role" in how else LAST
    if how == "it is a rejection":
        send(world, digest, NEGATED[how](digest))
    else:
        with pytest.raises((SignatureRefused, BlockMalformed, RoleMissing)):
            send(world, digest, NEGATED[how](digest), by)
    assert "in_force" not in world.states()["benefits"]
    assert ask(world, "/v1/sections/benefits/en").status == 404


@pytest.mark.parametrize("how", NEGATED)
def test_what_is_written_into_the_database_does_not_count_if(
    waiting: tuple[World, str], how: str
) -> None:
    world, digest = waiting
    by = "language-2-fr" if "not in the role" in how else LAST
    insert(world, digest, NEGATED[how](digest), by)
    force(world)
    assert world.states()["benefits"] == ["approved"]
    assert ask(world, "/v1/sections/benefits/en").status == 404


def test_one_person_with_two_keys_is_one_person(waiting: tuple[World, str]) -> None:
    world, digest = waiting
    tamper(world.engine, "DELETE FROM signature WHERE person = 'board-2'")
    body = block_of(digest, "board-1").body
    insert(world, digest, Sent(body, answered(body, "board-1")), "board-2")
    insert(world, digest, Sent(body, answered(body, "board-1")), "board-3")
    force(world)
    assert world.states()["benefits"] == ["approved"]


@pytest.mark.parametrize(
    "script",
    [
        "UPDATE statement SET threshold = 1",
        "UPDATE statement SET threshold = 1, opened_by = NULL",
        "UPDATE trust_file SET body = CAST(replace(CAST(body AS TEXT), 'threshold\":3',"
        " 'threshold\":2') AS BLOB)",
        "UPDATE signature SET statement = statement",
        "DELETE FROM trust_file",
    ],
)
def test_a_lower_threshold_in_the_database_lowers_nothing(
    waiting: tuple[World, str], script: str
) -> None:
    """Another trust file has another digest, and statements name the one they were opened under."""
    world, _ = waiting
    tamper(world.engine, script)
    force(world)
    assert world.states()["benefits"] == ["approved"]


def test_another_document_is_not_what_was_signed(waiting: tuple[World, str]) -> None:
    world, digest = waiting
    send(world, digest, good(digest))
    tamper(
        world.engine,
        "UPDATE version SET document = (SELECT document FROM version WHERE section = 'treatment')"
        " WHERE section = 'benefits'",
    )
    assert audited(world) == {("benefits", "en")}
    assert ask(world, "/v1/sections/benefits/en").status == 503


def test_a_text_flipped_into_force_is_refused(waiting: tuple[World, str]) -> None:
    world, _ = waiting
    tamper(world.engine, "UPDATE version SET state = 'in_force' WHERE section = 'benefits'")
    tamper(
        world.engine,
        "INSERT INTO release (seq, type, section, locale, version, document, page, at,"
        " change_kind, change_summary) SELECT 1, 'in_force', section, locale, number, document,"
        " section, created_at, change_kind, '' FROM version WHERE section = 'benefits'",
    )
    assert audited(world) == {("benefits", "en")}
    assert ask(world, "/v1/sections/benefits/en").status == 503


@pytest.mark.parametrize("hours", [-24, 24])
def test_a_clock_that_is_a_day_wrong_signs_nothing_and_says_so(
    waiting: tuple[World, str], time_machine: TimeMachineFixture, hours: int
) -> None:
    world, digest = waiting
    sent = good(digest)
    time_machine.shift(timedelta(hours=hours))
    with pytest.raises(BlockMalformed, match="set the clock"):
        send(world, digest, sent)


@pytest.mark.begins_with("en", "fr")
def test_a_person_in_two_roles_has_one_part_in_a_text(sqlite_world: World) -> None:
    """They may sign for the board and for a language, but not a text that they reviewed."""
    published = sqlite_world
    give_role(published, "language-1-fr", "board")
    published.replace_trust()
    text_of = published.pull("fr").replace("fr – It may help", "fr – cela peut aider")
    published.push("fr", text_of)
    digest = published.put_to_signature("benefits", locale="fr")
    with pytest.raises(FourEyes):
        published.sign(digest, "language-1-fr")


@pytest.mark.begins_with("en", "fr")
def test_a_translation_does_not_stand_without_its_source(sqlite_world: World) -> None:
    world = sqlite_world
    drop_triggers(world.engine)
    tamper(
        world.engine,
        "DELETE FROM signature WHERE person = 'board-2' AND statement = (SELECT e.statement FROM"
        " statement_entry e JOIN version v ON v.id = e.version WHERE v.section = 'benefits'"
        " AND v.locale = 'en')",
    )
    assert ("benefits", "fr") in audited(world)
    assert ask(world, "/v1/sections/benefits/fr").status == 503


def test_who_signs_twice_or_for_somebody_else_is_told(waiting: tuple[World, str]) -> None:
    world, digest = waiting
    with pytest.raises(BlockMalformed, match="not in the name of"):
        send(world, digest, good(digest), by="board-4")
    with writing(world.engine) as session:
        assert person.actor(session, "board-4").name == "Board-4"
