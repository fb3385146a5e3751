"""What is in force can be found, and nothing else, from the same transaction on."""

import pytest
from sqlalchemy import text
from sqlmodel import Session

from content.database import writing
from content.publication import representation
from content.publication.search import index
from tests.content.publication.search.indexed import found
from tests.reader import TODAY, wrong_answers
from tests.world import TEXT, World, page

pytestmark = pytest.mark.time_machine(TODAY, tick=False)


@pytest.fixture
def in_force(world: World) -> World:
    world.publish_page()
    world.publish_translation("fr")
    return world


def search(world: World, words: str, locale: str = "") -> list[str]:
    with world.reading() as session:
        return found(session, words, locale)


def change(world: World, sql: str) -> None:
    with writing(world.engine) as session:
        session.connection().execute(text(sql))


def words_left(world: World) -> int:
    with world.reading() as session:
        return int(
            session.connection().execute(text("SELECT count(*) FROM search_words")).scalar_one()
        )


def test_what_comes_into_force_is_found_and_what_goes_is_not(in_force: World) -> None:
    assert search(in_force, "nerves", "en") == ["risks/en"]
    before = words_left(in_force)
    in_force.withdraw("risks")
    assert search(in_force, "nerves") == []
    assert words_left(in_force) == before - 2


def test_a_text_that_was_superseded_is_not_found_and_one_behind_says_so(in_force: World) -> None:
    in_force.publish_page(page(TEXT.replace("repair nerves", "mend cables")))
    assert search(in_force, "nerves", "en") == []
    assert search(in_force, "cables", "en") == ["risks/en"]
    with in_force.reading() as session:
        labels = "SELECT label FROM search_entry WHERE path = '/v1/sections/risks/fr'"
        assert session.connection().execute(text(labels)).scalar_one() == "outdated"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE search_entry SET body = 'slipped in' WHERE path = '/v1/sections/risks/en'",
        "DELETE FROM search_words WHERE rowid IN"
        " (SELECT id FROM search_entry WHERE path = '/v1/sections/risks/en')",
    ],
)
def test_an_index_that_was_tampered_with_is_found_and_mended(in_force: World, sql: str) -> None:
    change(in_force, sql)
    assert wrong_answers(in_force) == ["/v1/sections/risks/en"]
    with writing(in_force.engine) as session:
        assert representation.rebuild(session, in_force.policy) == 1
    assert wrong_answers(in_force) == []
    assert search(in_force, "nerves", "en") == ["risks/en"]


def test_an_index_that_was_never_filled_says_so(world: World) -> None:
    def unfilled(session: Session) -> bool:
        return index.is_unfilled(session)

    with world.reading() as session:
        assert not unfilled(session)
    world.publish_page()
    with world.reading() as session:
        assert not unfilled(session)
    change(world, "DELETE FROM search_words")
    change(world, "DELETE FROM search_entry")
    with world.reading() as session:
        assert unfilled(session)
    with writing(world.engine) as session:
        assert representation.rebuild(session, world.policy) == 3
    assert search(world, "nerves") == ["risks/en"]
