"""Every member at a glance: what its texts need, and when it was last heard of."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import event

from content.database import writing
from content.errors import MemberNotFound
from content.syndication import member, member_key, overview, recall, showing, webhook
from content.syndication.overview import Glance
from content.syndication.showing import Entry
from content.syndication.standing import State
from content.syndication.webhook import FAILING_AFTER, Wanted
from tests.api.desk.membership import enter, key, shows
from tests.world import TEXT, World, page

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def published_world(sqlite_world: World) -> World:
    """English and French in force, on SQLite."""
    sqlite_world.publish_page()
    sqlite_world.publish_translation("fr")
    return sqlite_world


def at_a_glance(world: World) -> list[Glance]:
    with world.reading() as session:
        return overview.glances(session)


def told(one: Glance) -> tuple[str, dict[str, int]]:
    counts = {state.value: count for state, count in one.counts.items()}
    return one.heard.member.id, counts


def test_who_shows_what_was_withdrawn_stands_first_and_who_is_closed_last(world: World) -> None:
    world.publish_page()
    world.publish_translation("fr")
    enter(world.engine, "a-closed", "b-fine", "c-mute", "d-behind", "e-bad")
    shows(world.engine, "a-closed", ("risks", "en", 1))
    shows(world.engine, "b-fine", ("treatment", "en", 1))
    shows(world.engine, "d-behind", ("benefits", "en", 1), ("benefits", "fr", 1))
    shows(world.engine, "e-bad", ("risks", "en", 1), ("treatment", "en", 1), ("no", "en", 7))
    world.publish_page(page(TEXT.replace("4 of 10", "5 of 10"), summary="Newer"))
    world.withdraw("risks")
    with writing(world.engine) as session:
        member.close(session, "a-closed", by="operator")
    found = at_a_glance(world)
    assert [told(one) for one in found] == [
        ("e-bad", {"withdrawn": 1, "current": 1, "unknown": 1}),
        ("d-behind", {"behind": 1, "outdated": 1}),
        ("c-mute", {}),
        ("b-fine", {"current": 1}),
        ("a-closed", {"withdrawn": 1}),
    ]
    assert [one.worst for one in found][:3] == [State.WITHDRAWN, State.BEHIND, None]
    assert [one.total for one in found] == [3, 2, 0, 1, 1]
    with world.reading() as session:
        listed = overview.unjudged(session)
        of_member = overview.texts(session, "e-bad")
    assert [one.heard.member.id for one in listed] == [
        *("b-fine", "c-mute", "d-behind", "e-bad", "a-closed")
    ]
    assert [(row.section, stands.state) for row, stands in of_member] == [
        ("risks", State.WITHDRAWN),
        ("no", State.UNKNOWN),
        ("treatment", State.CURRENT),
    ]


def test_what_a_site_shows_twice_is_counted_once(published_world: World) -> None:
    enter(published_world.engine, "ms")
    entries = [
        Entry("benefits", "en", f"https://ms.example/{name}", 1) for name in ("one", "other")
    ]
    with writing(published_world.engine) as session:
        showing.report(session, "ms", entries)
    (one,) = at_a_glance(published_world)
    assert told(one) == ("ms", {"current": 1})


def test_when_a_member_was_last_heard_of(
    published_world: World, clock: time_machine.Traveller
) -> None:
    world = published_world
    enter(world.engine, "ms", "sm")
    assert at_a_glance(world)[0].heard.is_stale
    shows(world.engine, "ms", ("benefits", "en", 1))
    for name, days in (("one", 1), ("two", None), ("three", None)):
        key(world.engine, "ms", name, days)
    with writing(world.engine) as session:
        member_key.revoke(session, "ms", "three", by="operator")
        member_key.note_uses(session, {("ms", "one"): NOW, ("ms", "two"): NOW - timedelta(days=1)})
        for _ in range(3):
            wanted = Wanted("https://hooks.ms.example/in")
            row, _secret = webhook.add(session, "ms", wanted, targets="public", by="operator")
        webhook.switch_off(session, row, "by-hand", by="operator")
        failing = next(one for one in webhook.of_member(session, "ms") if one.id != row.id)
        failing.failures = FAILING_AFTER
    world.withdraw("benefits")
    with writing(world.engine) as session:
        recall.open_due(session)
    with world.reading() as session:
        heard = overview.heard_of(session, "ms")
        with pytest.raises(MemberNotFound):
            overview.heard_of(session, "nobody")
    assert (heard.reported_at, heard.pulled_at) == (NOW, NOW)
    assert (heard.keys, heard.recalls, heard.is_stale) == (2, 1, False)
    assert heard.ailing == 2
    clock.shift(timedelta(days=30))
    with world.reading() as session:
        later = overview.heard_of(session, "ms")
    assert (later.keys, later.is_stale) == (1, True)
    with writing(world.engine) as session:
        member.close(session, "ms", by="operator")
    with world.reading() as session:
        assert overview.heard_of(session, "ms").keys == 0


def test_many_members_cost_no_more_questions(published_world: World) -> None:
    def questions() -> int:
        found: list[str] = []

        def note(*called: object) -> None:
            found.append(str(called[2]))

        event.listen(published_world.engine, "before_cursor_execute", note)
        at_a_glance(published_world)
        event.remove(published_world.engine, "before_cursor_execute", note)
        return len([sql for sql in found if sql.startswith("SELECT")])

    enter(published_world.engine, "ms")
    shows(published_world.engine, "ms", ("benefits", "en", 1))
    one = questions()
    enter(published_world.engine, *(f"m-{number}" for number in range(10)))
    for number in range(10):
        shows(published_world.engine, f"m-{number}", ("benefits", "en", 1), ("risks", "fr", 1))
    assert questions() == one == 5
