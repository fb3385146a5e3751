"""The generation moves with every change of the stored answers, and with no other."""

from datetime import timedelta

import pytest
import time_machine
from sqlmodel import select

from content import clock
from content.database import writing
from content.publication import coding, demo, generation, representation
from content.publication.generation import Standing
from content.publication.representation import Representation
from content.records import version as versions
from content.review import submission
from tests.reader import TODAY
from tests.tampering import tamper
from tests.world import TEXT, World, page

pytestmark = pytest.mark.time_machine(TODAY, tick=False)


def standing(world: World) -> Standing:
    with world.reading() as session:
        return generation.standing(session)


def test_it_moves_when_answers_change(world: World) -> None:
    assert standing(world) == Standing(0, 0, None)
    world.publish_page()
    first = standing(world)
    assert (first.generation > 0, first.seq) == (True, 3)
    world.publish_translation("fr")
    world.withdraw("risks", "fr")
    second = standing(world)
    assert (second.generation > first.generation, second.seq) == (True, 7)
    with writing(world.engine) as session:
        assert representation.rebuild(session, world.policy) == 0
    world.write(page(TEXT.replace("4 of 10", "5 of 10")))
    assert standing(world) == second


@pytest.mark.begins_with("en")
def test_it_moves_with_what_the_feed_does_not_tell(world: World) -> None:
    before = standing(world)
    with writing(world.engine) as session:
        demo.mark(session)
        assert representation.rebuild(session, world.policy)
    after = standing(world)
    assert after.generation == before.generation + 1
    assert after.seq == before.seq


@pytest.mark.begins_with("en")
def test_it_moves_once_when_all_is_compressed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = standing(world).generation
    monkeypatch.setattr(coding, "BATCH", 2)
    with world.reading() as session:
        answers = len(session.exec(select(Representation.path)).all())
    assert coding.fill_all(world.engine) == answers
    assert standing(world).generation == before + 1
    assert coding.fill_all(world.engine) == 0
    assert standing(world).generation == before + 1


def test_it_tells_when_the_next_text_comes_into_force(
    world: World, time_machine: time_machine.Traveller
) -> None:
    hour = clock.now() + timedelta(days=3)
    world.write()
    for section, at in (("benefits", hour), ("risks", hour + timedelta(days=1))):
        world.submit(section)
        world.review_all(section)
        with world.acting("editor") as (session, editor):
            version = versions.opened(session, section, "en")
            assert version is not None
            submission.schedule(session, editor, version, at)
    assert standing(world).effective_at is None
    world.sign_off("benefits", "risks")
    assert standing(world).effective_at == hour
    time_machine.move_to(hour, tick=False)
    assert standing(world).effective_at == hour + timedelta(days=1)


def test_there_is_one_row(sqlite_world: World) -> None:
    with pytest.raises(Exception, match="one_row"):
        tamper(sqlite_world.engine, "INSERT INTO generation (id, number) VALUES (2, 0)")
