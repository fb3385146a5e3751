"""Versions: numbers that only rise, one open and one in force, frozen from submit on."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from content.database import writing
from content.errors import VersionNotFound
from content.records import version as versions
from content.records.version import (
    FROZEN_STATES,
    OPEN_STATES,
    PUBLISHED_STATES,
    State,
    by_id,
    find,
    in_force,
    named_by,
    newest,
    next_number,
    opened,
)
from content.review import submission, workflow
from tests.world import TEXT, World, page

AGAIN = page(TEXT.replace("4 of 10", "5 of 10"))


def test_every_state_is_open_or_published_or_given_up() -> None:
    assert OPEN_STATES | PUBLISHED_STATES | {State.ABANDONED} == set(State)
    assert not OPEN_STATES & PUBLISHED_STATES
    assert FROZEN_STATES | {State.DRAFT, State.ABANDONED} == set(State)


@pytest.mark.begins_with("en")
def test_numbers_only_rise_also_past_what_was_given_up(world: World) -> None:
    world.write(AGAIN)
    with world.acting("author") as (session, actor):
        draft = opened(session, "benefits", "en")
        assert draft is not None
        assert draft.number == 2
        submission.abandon(session, actor, draft, "Not yet.")
    with world.reading() as session:
        assert next_number(session, "benefits", "en") == 3
        assert next_number(session, "benefits", "fr") == 1

    world.write(AGAIN)

    assert world.states()["benefits"] == ["in_force", "abandoned", "draft"]
    assert world.version("benefits").reference == "benefits/en/3"
    with world.reading() as session:
        standing, draft = in_force(session, "benefits", "en"), opened(session, "benefits", "en")
        assert standing is not None
        assert draft is not None
        assert (standing.number, draft.number) == (1, 3)
        assert newest(session, "benefits", "en", frozenset({State.ABANDONED})) is not None
        assert newest(session, "benefits", "fr") is None


@pytest.mark.begins_with("en", "fr")
def test_versions_are_found_of_the_places_that_are_asked_for_alone(world: World) -> None:
    asked = [("benefits", "en"), ("risks", "fr")]
    with world.reading() as session:
        assert set(versions.standing_in(session, asked)) == set(asked)


def test_a_version_is_found_by_its_name_its_id_and_its_document(sqlite_world: World) -> None:
    sqlite_world.write()
    with sqlite_world.reading() as session:
        found = find(session, "risks", "en", 1)
        assert found.document is not None
        assert by_id(session, found.key) is found
        assert named_by(session, found.document) is found
        assert named_by(session, "0" * 64) is None
        assert not found.is_translation
        with pytest.raises(VersionNotFound) as by_name:
            find(session, "risks", "en", 2)
        with pytest.raises(VersionNotFound) as by_number:
            by_id(session, 4_000)
    assert by_name.value.context == {"section": "risks", "locale": "en", "version": 2}
    assert by_number.value.context == {"version": 4_000}


@pytest.mark.begins_with("en")
def test_a_script_at_the_database_cannot_bend_a_version(world: World) -> None:
    """Invariants 2 and 3, against raw SQL."""
    world.write(AGAIN)
    draft = "section = 'benefits' AND number = 2"
    standing = "section = 'benefits' AND number = 1"
    attempts = {
        f"UPDATE version SET state = 'approved' WHERE {draft}": "signed-off statement",
        f"UPDATE version SET state = 'in_force' WHERE {draft}": "no such edge|one version",
        f"UPDATE version SET number = 9 WHERE {draft}": "keeps its identity",
        f"UPDATE version SET locale = 'fr' WHERE {draft}": "keeps its identity",
        f"UPDATE version SET state = 'published' WHERE {draft}": "no such edge|ck_version_state",
        f"UPDATE version SET change_kind = 'urgent' WHERE {draft}": "change_kind",
        f"UPDATE version SET review_by = '2030-01-01' WHERE {standing}": "is frozen once",
        f"UPDATE version SET document = NULL WHERE {standing}": "is frozen once",
        f"UPDATE version SET effective_at = created_at WHERE {standing}": "set before the version",
        f"UPDATE version SET state = 'draft' WHERE {standing}": "no such edge",
        f"DELETE FROM version WHERE {standing}": "versions are never deleted",
        insert("in_force", 3): "a version begins as a draft",
        insert("draft", 1): "never deleted|uq_version",
        insert("draft", 3): "never deleted|uq_version_one_open",
        insert("draft", 0, "fr"): "ck_version_number",
    }
    before = rows(world)
    for statement, words in attempts.items():
        with pytest.raises(DBAPIError, match=words), world.engine.begin() as connection:
            connection.execute(text(statement))
    assert rows(world) == before


def insert(state: str, number: int, locale: str = "en") -> str:
    """A copy of the version in force, with another state and number."""
    return (
        "INSERT INTO version (id, section, locale, number, state, document, change_kind, "
        f"change_summary, review_by, created_at) SELECT 900, section, '{locale}', {number}, "
        f"'{state}', document, change_kind, change_summary, review_by, created_at FROM version "
        "WHERE section = 'benefits' AND number = 1"
    )


def rows(world: World) -> list[tuple[object, ...]]:
    with world.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text("SELECT * FROM version ORDER BY id"))]


def test_the_database_walks_the_edges_that_the_code_knows(sqlite_world: World) -> None:
    """Each of the 8 times 8 steps is tried on a row of its own, past every other guard."""
    sqlite_world.write()
    allowed = set()
    with sqlite_world.engine.connect() as connection:
        for guard in ("begins_as_draft", "needs_sign_off", "no_replace", "one_in_force"):
            connection.execute(text(f"DROP TRIGGER version_{guard}"))
        connection.execute(text("DROP INDEX uq_version_one_open"))
        connection.execute(text("DROP INDEX uq_version_one_in_force"))
        number = 10
        for seen in State:
            for to in set(State) - {seen}:
                number += 1
                connection.execute(text(insert(seen, number).replace("900", str(number))))
                step = text(f"UPDATE version SET state = '{to}' WHERE id = {number}")
                try:
                    connection.execute(step)
                except DBAPIError:
                    continue
                allowed.add((seen, to))

    assert allowed == {(seen, to) for seen, ends in workflow.EDGES.items() for to in ends}


def test_the_key_of_a_version_is_there_once_it_is_stored(sqlite_world: World) -> None:
    sqlite_world.write()
    with writing(sqlite_world.engine) as session:
        stored = versions.find(session, "risks", "en", 1)
        assert stored.key == stored.id
