"""Statements: what may be put to signature, by whom it is signed, and the bytes that are signed."""

import json
from hashlib import sha256

import pytest
import rfc8785

from content.database import writing
from content.errors import (
    RequirementsOpen,
    RoleMissing,
    StateHasMoved,
    StatementEmpty,
    StatementNotFound,
)
from content.people import person
from content.records import version as versions
from content.records.version import Version
from content.review.review import Kind
from content.sign_off import readiness, trust_file
from content.sign_off import statement as statements
from content.sign_off.statement import Statement
from tests.reader import TODAY, opened
from tests.world import World

pytestmark = pytest.mark.time_machine(TODAY, tick=False)


def put(world: World, *chosen: tuple[str, str], by: str = "editor", role: str = "") -> Statement:
    with world.acting(by) as (session, actor):
        listed: list[Version] = []
        for section, locale in chosen:
            version = versions.opened(session, section, locale)
            assert version is not None
            listed.append(version)
        return statements.open_statement(session, actor, listed, world.policy, role)


def reviewed(world: World) -> None:
    """A source in force, and two sections of it reviewed in French and Italian."""
    for locale in ("fr", "it"):
        world.translate(locale)
        for section in ("benefits", "risks"):
            world.submit(section, locale)
            world.review_all(section, locale)


begins_reviewed = pytest.mark.begins_with("en", reviewed)


@begins_reviewed
def test_its_bytes_name_every_document_and_hash_to_its_name(sqlite_world: World) -> None:
    made = put(sqlite_world, ("benefits", "fr"), ("risks", "fr"))
    told = json.loads(made.body)
    with sqlite_world.reading() as session:
        trust = trust_file.numbered(session, 1)
    assert sha256(made.body).hexdigest() == made.sha256
    assert rfc8785.dumps(told) == made.body
    assert (told["kind"], told["id"], told["role"], told["created"], told["trust"]) == (
        "msif.sign-off/1",
        "2026-0002",
        "language-reviewer:fr",
        TODAY,
        {"version": 1, "sha256": trust.sha256},
    )
    french = opened(sqlite_world, "benefits", "fr")
    assert told["items"][0] == {
        "section": "benefits",
        "locale": "fr",
        "version": 1,
        "sha256": french.document,
        "source": french.source,
        "review_by": "2027-11-20",
    }
    assert made.threshold == sqlite_world.policy.translation.quorum
    with sqlite_world.reading() as session:
        listed = statements.versions_of(session, made)
        assert [one.section for one in listed] == ["benefits", "risks"]


@begins_reviewed
def test_the_board_signs_several_languages_at_once(sqlite_world: World) -> None:
    made = put(sqlite_world, ("benefits", "fr"), ("benefits", "it"))
    assert (made.role, made.threshold) == ("board", sqlite_world.policy.source.quorum)


@begins_reviewed
def test_the_board_may_be_asked_for_one_language(sqlite_world: World) -> None:
    made = put(sqlite_world, ("benefits", "fr"), role="board")
    assert made.role == "board"
    for signer in ("board-1", "board-2", "board-3"):
        sqlite_world.sign(made.sha256, signer)
    assert sqlite_world.states("fr")["benefits"] == ["in_force"]


@begins_reviewed
def test_source_and_translation_together_are_for_the_board(sqlite_world: World) -> None:
    with sqlite_world.reading() as session:
        english = versions.in_force(session, "benefits", "en")
        french = versions.opened(session, "benefits", "fr")
        assert english is not None
        assert french is not None
        assert statements.role_of([english, french]) == "board"


@pytest.mark.parametrize("role", ["language-reviewer:it", "medical-reviewer", "administrator"])
@begins_reviewed
def test_nobody_else_signs_it(sqlite_world: World, role: str) -> None:
    with pytest.raises(StatementEmpty, match="not signed by"):
        put(sqlite_world, ("benefits", "fr"), role=role)


@begins_reviewed
def test_a_statement_lists_something_and_nothing_twice(sqlite_world: World) -> None:
    with pytest.raises(StatementEmpty):
        put(sqlite_world)
    with pytest.raises(StatementEmpty):
        put(sqlite_world, ("benefits", "fr"), ("benefits", "fr"))


@begins_reviewed
def test_only_an_editor_opens_one(sqlite_world: World) -> None:
    with pytest.raises(RoleMissing):
        put(sqlite_world, ("benefits", "fr"), by="board-1")


def test_what_is_not_in_review_or_not_ready_is_not_put_to_signature(sqlite_world: World) -> None:
    sqlite_world.write()
    with pytest.raises(StateHasMoved, match="is draft"):
        sqlite_world.open_statement("benefits")
    sqlite_world.submit("benefits")
    sqlite_world.review("benefits", "medical-1", Kind.MEDICAL)
    with pytest.raises(RequirementsOpen) as refused:
        sqlite_world.open_statement("benefits")
    assert refused.value.context["requirements"] == [
        "medical-reviews",
        "medical-organisations",
        "lay-reviews",
    ]
    assert "medical-reviews (1 of 2)" in refused.value.message


def test_a_translation_waits_for_its_source_to_be_signed_off(sqlite_world: World) -> None:
    sqlite_world.write()
    sqlite_world.submit("benefits")
    sqlite_world.translate("fr")
    sqlite_world.submit("benefits", "fr")
    sqlite_world.review_all("benefits", "fr")
    with pytest.raises(RequirementsOpen) as refused:
        sqlite_world.open_statement("benefits", locale="fr")
    assert refused.value.context["requirements"] == ["source-signed-off"]
    with sqlite_world.reading() as session:
        codes = [
            one.code
            for one in readiness.listed(
                session, opened(sqlite_world, "benefits", "fr"), sqlite_world.policy
            )
        ]
    assert codes == [
        "complete",
        "no-errors",
        "warnings-acknowledged",
        "revisions",
        "language-reviews",
        "no-open-return",
        "source-signed-off",
    ]


def test_a_statement_that_is_not_there(sqlite_world: World) -> None:
    with sqlite_world.reading() as session, pytest.raises(StatementNotFound):
        statements.find(session, "0" * 64)


@begins_reviewed
def test_statements_are_counted_within_the_year(sqlite_world: World) -> None:
    assert put(sqlite_world, ("benefits", "fr")).name == "2026-0002"
    assert put(sqlite_world, ("benefits", "it")).name == "2026-0003"


@begins_reviewed
def test_a_signer_is_whoever_the_statement_asks_for(sqlite_world: World) -> None:
    with writing(sqlite_world.engine) as session:
        person.grant(session, "board-1", "language-reviewer:fr", by="operator")
    sqlite_world.replace_trust()
    made = put(sqlite_world, ("benefits", "fr"))
    sqlite_world.sign(made.sha256, "board-1")
    assert sqlite_world.states("fr")["benefits"] == ["in_force"]
