"""The recall board: several recalls at once, and whom each waits for."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from content.database import writing
from content.errors import BadInput
from content.syndication import board, recall, reminder
from content.syndication.board import Entry, Reminders
from content.syndication.progress import MemberState
from tests.api.desk.membership import enter, shows
from tests.world import TEXT, World, page

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ALL = 2**31 - 1


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(sqlite_world: World) -> World:
    """`ms` and `sm` showed `benefits`, which was withdrawn; nobody showed it in French."""
    return with_a_recall(sqlite_world)


def with_a_recall(world: World) -> World:
    world.publish_page()
    world.publish_translation("fr")
    enter(world.engine, "ms", "sm")
    shows(world.engine, "ms", ("benefits", "en", 1))
    shows(world.engine, "sm", ("benefits", "en", 1))
    world.withdraw("benefits")
    with writing(world.engine) as session:
        recall.open_due(session)
    return world


def seen(world: World) -> tuple[list[Entry], list[Entry]]:
    """(open, over)."""
    with world.reading() as session:
        waiting = recall.listed(session, before=ALL, limit=9, open_only=True)
        over = recall.over(session, before=ALL, limit=9)
        return board.entries(session, waiting), board.entries(session, over)


def test_a_recall_waits_for_whoever_showed_the_text(
    world: World, clock: time_machine.Traveller
) -> None:
    (one,), over = seen(world)
    assert (one.showed, one.done) == (2, 0)
    assert [(each.progress.member.id, each.progress.state) for each in one.waiting] == [
        ("ms", MemberState.NOT_REPORTED_SINCE),
        ("sm", MemberState.NOT_REPORTED_SINCE),
    ]
    assert (one.cause.by, one.cause.withdrawal.text) == ("Duty-1", "A number was wrong.")
    assert [(each.recall.locale, each.showed, each.waiting) for each in over] == [("fr", 0, ())]
    clock.shift(60)
    shows(world.engine, "sm")
    shows(world.engine, "ms", ("benefits", "en", 1))
    (one,), _ = seen(world)
    assert (one.showed, one.done) == (2, 1)
    assert [each.progress.state for each in one.waiting] == [MemberState.STILL_SHOWS]
    shows(world.engine, "ms")
    waiting, over = seen(world)
    assert waiting == []
    assert [each.recall.locale for each in over] == ["fr", "en"]


def test_reminders_are_told_as_they_were_sent(world: World) -> None:
    with writing(world.engine) as session:
        reminder.begin(session)
        for error in ("smtp-refused", ""):
            taken = reminder.take(session)
            assert taken is not None
            reminder.note(session, taken, error)
    (one,), _ = seen(world)
    told = {each.progress.member.id: each.reminders for each in one.waiting}
    assert told["ms"] == Reminders([], NOW + timedelta(minutes=10), "smtp-refused")
    assert told["sm"] == Reminders([NOW], NOW + timedelta(days=1), None)
    assert board.reminders([], None) == Reminders([])


def test_what_the_hub_did_itself_has_nobodys_name(world: World) -> None:
    enter(world.engine, "fm")
    shows(world.engine, "fm", ("risks", "fr", 1))
    world.publish_page(page(TEXT.replace("repair nerves", "repair"), kind="safety"))
    with writing(world.engine) as session:
        recall.open_due(session)
    (one, _), _ = seen(world)
    assert (one.recall.section, one.recall.locale, one.cause.by) == ("risks", "fr", None)
    with world.reading() as session:
        assert board.causes(session, [999]) == {}


def test_the_board_is_the_same_on_the_other_database(postgres_world: World) -> None:
    (one,), over = seen(with_a_recall(postgres_world))
    assert ([each.progress.member.id for each in one.waiting], len(over)) == (["ms", "sm"], 1)


def test_a_reason_has_no_control_characters(world: World) -> None:
    (one,), _ = seen(world)
    for reason in ("", " ", "x" * 1_001, "a\0b"):
        with world.acting("editor") as (session, actor), pytest.raises(BadInput) as refused:
            recall.close_line(session, actor, one.recall.seq, "ms", reason)
        assert refused.value.context == {"field": "reason"}
