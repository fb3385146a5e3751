"""The check before anything is served: each of its rules, with the database tampered with.

The triggers are dropped first: this is about what holds when somebody owned the database.
"""

import json
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
import rfc8785
from sqlalchemy import text
from time_machine import TimeMachineFixture

from content import clock
from content.database import writing
from content.errors import NotSignedOff
from content.publication.publish import publish
from content.records import version as versions
from content.records.version import State
from content.sign_off import trust_file, verify
from content.sign_off.block import Block, Meaning
from tests.keys import SIGNERS
from tests.reader import TODAY, schedule
from tests.tampering import drop_triggers, tamper
from tests.world import World

pytestmark = pytest.mark.time_machine(TODAY, tick=False)


@pytest.fixture
def signed(published: World) -> World:
    """English and French in force, and no trigger left."""
    drop_triggers(published.engine)
    return published


def passes(world: World, locale: str = "en") -> bool:
    version = world.version("benefits", locale)
    with world.reading() as session:
        try:
            return verify.require_sign_off(session, version, world.policy).state == "signed_off"
        except NotSignedOff:
            return False


def statement_of(world: World, locale: str) -> str:
    version = world.version("benefits", locale)
    with world.reading() as session:
        return verify.require_sign_off(session, version, world.policy).sha256


def test_what_took_the_whole_way_passes(signed: World) -> None:
    assert passes(signed)
    assert passes(signed, "fr")


def test_rule_1_the_statement_hashes_to_its_name(signed: World) -> None:
    tamper(
        signed.engine,
        "UPDATE statement SET body = CAST(replace(CAST(body AS TEXT), '2027', '2037') AS BLOB)"
        " WHERE sha256 = :it",
        it=statement_of(signed, "en"),
    )
    assert not passes(signed)


def test_rule_1_the_document_hashes_to_its_name(signed: World) -> None:
    tamper(
        signed.engine,
        "UPDATE document SET body = CAST(replace(CAST(body AS TEXT), '4 of 10', '9 of 10')"
        " AS BLOB) WHERE sha256 = :it",
        it=signed.version("benefits").document,
    )
    assert not passes(signed)
    assert not passes(signed, "fr"), "rule 4: its source no longer passes"


@pytest.mark.parametrize(
    "change",
    [
        "number = 7",
        "locale = 'it'",
        "document = (SELECT document FROM version WHERE section = 'risks' AND locale = 'fr')",
        "source = (SELECT source FROM version WHERE section = 'risks' AND locale = 'fr')",
    ],
)
def test_rule_1_the_statement_lists_this_very_version(signed: World, change: str) -> None:
    version = signed.version("benefits", "fr")
    tamper(signed.engine, f"UPDATE version SET {change} WHERE id = :it", it=version.key)
    with signed.reading() as session:
        moved = versions.by_id(session, version.key)
        with pytest.raises(NotSignedOff):
            verify.require_sign_off(session, moved, signed.policy)


def test_rule_1_a_statement_says_which_role_signs_it(signed: World) -> None:
    tamper(
        signed.engine,
        "UPDATE statement SET role = 'board' WHERE sha256 = :it",
        it=statement_of(signed, "fr"),
    )
    assert not passes(signed, "fr")


def test_a_statement_that_was_not_signed_off_does_not_count(signed: World) -> None:
    tamper(
        signed.engine,
        "UPDATE statement SET state = 'open' WHERE sha256 = :it",
        it=statement_of(signed, "en"),
    )
    assert not passes(signed)


@pytest.mark.parametrize(
    ("name", "value"),
    [("meaning", "recusal"), ("statement", "0" * 64), ("person", "board-4")],
)
def test_rule_2_a_signature_counts_for_what_its_bytes_say(
    signed: World, name: str, value: str
) -> None:
    digest = statement_of(signed, "en")
    with signed.reading() as session:
        block = (
            session.connection()
            .execute(
                text("SELECT block FROM signature WHERE statement = :it AND person = 'board-1'"),
                {"it": digest},
            )
            .scalar_one()
        )
    told = json.loads(block) | {name: value}
    tamper(
        signed.engine,
        "UPDATE signature SET block = :block WHERE statement = :it AND person = 'board-1'",
        block=rfc8785.dumps(told),
        it=digest,
    )
    assert not passes(signed)


def test_rule_3_one_signature_short(signed: World) -> None:
    tamper(
        signed.engine,
        "DELETE FROM signature WHERE statement = :it AND person = 'board-3'",
        it=statement_of(signed, "en"),
    )
    assert not passes(signed)


def test_rule_3_a_recusal_is_not_counted(signed: World) -> None:
    tamper(
        signed.engine,
        "UPDATE signature SET meaning = 'recusal' WHERE statement = :it AND person = 'board-3'",
        it=statement_of(signed, "en"),
    )
    assert not passes(signed)


def test_rule_3_whoever_opened_it_is_not_counted(signed: World) -> None:
    tamper(
        signed.engine,
        "UPDATE statement SET opened_by = 'board-3' WHERE sha256 = :it",
        it=statement_of(signed, "en"),
    )
    assert not passes(signed)


def test_rule_4_the_source_passes_the_same_check(signed: World) -> None:
    tamper(
        signed.engine,
        "DELETE FROM signature WHERE statement = :it AND person = 'board-3'",
        it=statement_of(signed, "en"),
    )
    assert not passes(signed, "fr")


def test_rule_4_there_is_a_source(signed: World) -> None:
    french = signed.version("benefits", "fr")
    tamper(
        signed.engine,
        "UPDATE version SET document = NULL, state = 'draft' WHERE document = :it",
        it=french.source,
    )
    with signed.reading() as session, pytest.raises(NotSignedOff) as refused:
        verify.require_sign_off(session, french, signed.policy)
    assert refused.value.context["document"] == french.document


def forge(world: World, locale: str, role: str, signers: Sequence[str]) -> None:
    """Put a whole statement over `benefits` into the database, signatures and all."""
    version = world.version("benefits", locale)
    item: dict[str, Any] = {
        "section": "benefits",
        "locale": locale,
        "version": 1,
        "sha256": version.document,
        "source": version.source,
        "review_by": "2027-11-20",
    }
    with world.reading() as session:
        trust = trust_file.required(session, "").name
    kind = "msif.sign-off/1"
    body = rfc8785.dumps({"kind": kind, "id": "x", "role": role, "trust": trust, "items": [item]})
    digest = sha256(body).hexdigest()
    tamper(world.engine, "DELETE FROM statement_entry WHERE version = :it", it=version.key)
    tamper(
        world.engine,
        "INSERT INTO statement (sha256, name, body, role, threshold, opened_by, opened_at,"
        " lapses_at, state) SELECT :it, 'x', :body, :role, 1, NULL, opened_at, lapses_at,"
        " 'signed_off' FROM statement LIMIT 1",
        it=digest,
        body=body,
        role=role,
    )
    tamper(
        world.engine,
        "INSERT INTO statement_entry (statement, version, document) VALUES (:it, :version, :doc)",
        it=digest,
        version=version.key,
        doc=version.document,
    )
    for signer in signers:
        block = Block(digest, signer, signer, Meaning.APPROVAL, "none declared", clock.now()).body
        tamper(
            world.engine,
            "INSERT INTO signature (statement, person, organisation, meaning,"
            " interests_relevant, block, credential, comment, at) SELECT :it, :who, '', 'approval',"
            " 0, :block, :credential, '', at FROM signature LIMIT 1",
            it=digest,
            who=signer,
            block=block,
            credential=json.dumps(SIGNERS.answer(signer, block)),
        )


@pytest.mark.parametrize(
    ("locale", "role", "good"),
    [
        ("en", "board", True),
        ("en", "language-reviewer:fr", False),
        ("fr", "board", True),
        ("fr", "language-reviewer:fr", True),
        ("fr", "language-reviewer:it", False),
        ("fr", "translator:fr", False),
    ],
)
def test_rule_5_the_right_role_signed(signed: World, locale: str, role: str, good: bool) -> None:
    signers = [f"language-2-{role[-2:]}"] if ":" in role else ["board-1", "board-2", "board-3"]
    forge(signed, locale, role, signers)
    assert passes(signed, locale) is good


def test_what_does_not_pass_waits_and_holds_up_nobody_else(
    sqlite_world: World, time_machine: TimeMachineFixture
) -> None:
    sqlite_world.write()
    sqlite_world.submit("benefits")
    sqlite_world.review_all("benefits")
    schedule(sqlite_world, "benefits", clock.now() + timedelta(days=1))
    sqlite_world.sign_off("benefits")
    with writing(sqlite_world.engine) as session:
        for script in (
            "DROP TRIGGER statement_is_fixed",
            "UPDATE statement SET opened_by = 'board-1'",
        ):
            session.connection().exec_driver_sql(script)
    time_machine.shift(timedelta(days=2))
    sqlite_world.publish("risks")
    assert sqlite_world.states()["benefits"] == [State.APPROVED]
    assert sqlite_world.states()["risks"] == [State.IN_FORCE]


def test_the_proof_of_one_text_brings_no_other_into_force(signed: World) -> None:
    english, french = signed.version("benefits"), signed.version("benefits", "fr")
    with signed.acting("editor") as (session, _):
        proof = verify.proofs(session, [english], signed.policy)[english.key]
        with pytest.raises(NotSignedOff):
            publish(session, french, proof, signed.policy)
