"""Statements in lists: who sees which, in what order; and what one of them lists."""

from datetime import timedelta

import pytest
from time_machine import TimeMachineFixture

from content.errors import RoleMissing, StatementNotFound
from content.people import person
from content.sign_off import shown
from content.sign_off import statement as statements
from content.sign_off.block import Meaning
from content.sign_off.statement import StatementState
from tests.reader import TODAY
from tests.world import World


@pytest.fixture(autouse=True)
def _today(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(TODAY, tick=False)


def names(
    world: World, who: str = "editor", state: StatementState | None = None, start: int = 0
) -> list[str]:
    with world.reading() as session:
        actor = person.actor(session, who)
        found, _ = shown.page(session, actor, state, start=start, limit=2)
    return [one.statement.name for one in found]


def busy(world: World, time_machine: TimeMachineFixture) -> None:
    """One signed off, one rejected, two open: the later one lapses first."""
    world.write()
    for section in ("treatment", "benefits", "risks"):
        world.submit(section)
        world.review_all(section)
    world.sign_off("risks")
    digest = world.open_statement("benefits")
    world.sign(digest, "board-1", Meaning.REJECTION)
    world.open_statement("treatment")
    time_machine.shift(timedelta(days=1))
    world.submit("benefits")
    world.review_all("benefits")
    rules = world.policy.statement.model_copy(update={"open_days": 3})
    world.policy = world.policy.model_copy(update={"statement": rules})
    world.open_statement("benefits")


def test_open_ones_stand_first_by_when_they_lapse(
    world: World, time_machine: TimeMachineFixture
) -> None:
    busy(world, time_machine)
    assert names(world) == ["2026-0004", "2026-0003"]
    assert names(world, start=2) == ["2026-0002", "2026-0001"]
    assert names(world, start=4) == []
    assert names(world, state=StatementState.SIGNED_OFF) == ["2026-0001"]
    with world.reading() as session:
        editor = person.actor(session, "editor")
        (first, _), more = shown.page(session, editor, None, start=0, limit=2)
        assert more
        assert (first.texts, first.signatures) == (1, ())
        (signed,), more = shown.page(session, editor, StatementState.SIGNED_OFF, start=0, limit=2)
        assert not more
        assert [one.person for one in signed.signatures] == ["board-1", "board-2", "board-3"]


def test_whoever_works_in_one_language_knows_of_theirs(sqlite_world: World) -> None:
    sqlite_world.publish_page()
    sqlite_world.translate("fr")
    digest = sqlite_world.put_to_signature("benefits", locale="fr")
    assert names(sqlite_world, "translator-fr") == ["2026-0002"]
    assert names(sqlite_world, "translator-it") == []
    with sqlite_world.reading() as session:
        for who in ("translator-it", "administrator"):
            for name in (digest, "2026-0002", "2026-0009"):
                with pytest.raises(StatementNotFound):
                    shown.named(session, person.actor(session, who), name)
        with pytest.raises(RoleMissing):
            shown.page(session, person.actor(session, "administrator"), None, start=0, limit=2)
        for name in (digest, "2026-0002"):
            found, opener = shown.named(session, person.actor(session, "reviser-fr"), name)
            assert (found.sha256, opener) == (digest, "Editor")


def test_its_texts_come_in_its_order_cut_into_pages(sqlite_world: World) -> None:
    sqlite_world.write()
    digest = sqlite_world.put_to_signature("treatment", "risks", "benefits")
    with sqlite_world.reading() as session:
        statement = statements.find(session, digest)
        listed, count, is_waiting = shown.texts(session, statement, start=0, limit=2)
        assert [(one.section, title) for one, title in listed] == [
            ("treatment", "Treatment"),
            ("risks", "Risks"),
        ]
        assert (count, is_waiting) == (3, True)
        listed, *_ = shown.texts(session, statement, start=2, limit=2)
        assert [title for _, title in listed] == ["Benefits"]
        assert shown.texts(session, statement, start=4, limit=2) == ([], 3, False)
        assert shown.ended_at(session, statement) is None


def test_when_it_ended_is_known(sqlite_world: World, time_machine: TimeMachineFixture) -> None:
    sqlite_world.write()
    digest = sqlite_world.put_to_signature("treatment")
    time_machine.shift(timedelta(hours=1))
    sqlite_world.sign(digest, "board-1", Meaning.REJECTION)
    with sqlite_world.reading() as session:
        statement = statements.find(session, digest)
        ended = shown.ended_at(session, statement)
        assert ended == statement.opened_at + timedelta(hours=1)
        _, _, is_waiting = shown.texts(session, statement, start=0, limit=2)
        assert not is_waiting
