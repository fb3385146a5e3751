"""What members show, and how it stands against what is in force."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, event
from sqlmodel import select

from content.database import reading, writing
from content.errors import BadInput, InputTooLarge, MemberClosed
from content.syndication import member, showing, standing
from content.syndication.member import Particulars
from content.syndication.showing import Entry, Showing, ShowingReport, Wanted
from content.syndication.standing import Course, Newest, Standing, State, Taken, judge
from tests.world import TEXT, World, page

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)
PLACE = ("benefits", "en")


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def enter(engine: Engine, *ids: str) -> None:
    with writing(engine) as session:
        for one in ids or ("ms",):
            told = Particulars("Example", "CH", "web@ms.example", "https://ms.example", ["fr"])
            member.add(session, one, told, by="operator")


def entry(section: str = "benefits", locale: str = "en", version: int = 1, url: str = "") -> Entry:
    return Entry(section, locale, url or f"https://ms.example/{section}/{locale}", version)


def report(engine: Engine, *entries: Entry, of: str = "ms") -> bool:
    told = showing.checked(entries)
    with writing(engine) as session:
        return showing.report(session, of, told)


def shown(engine: Engine, of: str = "ms") -> list[tuple[Any, ...]]:
    with reading(engine) as session:
        return [(r.section, r.locale, r.version, r.since) for r in showing.rows(session, of)]


def stand(world: World, version: int, place: tuple[str, str] = PLACE) -> Standing:
    with world.reading() as session:
        return judge(standing.courses(session, {place}).get(place, standing.NOWHERE), version)


def test_a_list_takes_the_place_of_the_one_before(
    engine: Engine, clock: time_machine.Traveller
) -> None:
    enter(engine)
    assert report(engine, entry("a"), entry("b"), entry("c"))
    clock.shift(DAY)
    assert report(engine, entry("d"), entry("a"), entry("b", version=2))
    later = NOW + DAY
    assert shown(engine) == [("a", "en", 1, NOW), ("b", "en", 2, later), ("d", "en", 1, later)]
    assert report(engine)
    assert shown(engine) == []


def test_saying_the_same_again_writes_when_and_nothing_else(
    sqlite_engine: Engine, clock: time_machine.Traveller
) -> None:
    enter(sqlite_engine)
    assert report(sqlite_engine, entry("a"), entry("b", "fr-ch"))
    clock.shift(DAY)
    asked: list[str] = []
    event.listen(sqlite_engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    assert not report(
        sqlite_engine, entry("b", "fr-CH", url="https://ms.example/b/fr-ch"), entry("a")
    )
    changing = [one for one in asked if one.startswith(("INSERT", "DELETE", "UPDATE"))]
    assert len(changing) == 1
    assert changing[0].startswith("UPDATE showing_report SET seen_at")
    with reading(sqlite_engine) as session:
        assert showing.reports(session) == {"ms": NOW + DAY}


@pytest.mark.parametrize(
    "wrong",
    [
        entry("No Slug"),
        entry(locale="f r"),
        entry(version=0),
        entry(version=1_000_001),
        entry(url="http://ms.example/a"),
        entry(url="javascript:alert(1)"),
        entry(url="https://user:word@ms.example/"),
        entry(url="https://ms.example/a b"),
        entry(url='https://ms.example/"><script>'),
        entry(url="https://ms.example/\n"),
        entry(url="https://"),
        entry(url=f"https://ms.example/{'a' * 1_000}"),
        entry("a"),
    ],
)
def test_an_entry_that_cannot_be_taken_is_named(wrong: Entry) -> None:
    with pytest.raises(BadInput) as refused:
        showing.checked([entry("a"), wrong])
    assert refused.value.context == {"entry": 1}


def test_a_list_has_an_end() -> None:
    whole = [entry(url=f"https://ms.example/{n}") for n in range(10_000)]
    assert len(showing.checked(whole)) == 10_000
    with pytest.raises(InputTooLarge):
        showing.checked([*whole, entry("a")])


def test_a_closed_member_says_nothing_more(sqlite_engine: Engine) -> None:
    enter(sqlite_engine)
    with writing(sqlite_engine) as session:
        member.close(session, "ms", by="editor")
    with pytest.raises(MemberClosed):
        report(sqlite_engine, entry())


def test_two_lists_at_once_leave_one_of_them_whole(engine: Engine) -> None:
    enter(engine)
    lists = [[entry(f"s{n}", version=v) for n in range(50)] for v in (1, 2)]
    barrier = Barrier(2)

    def send(entries: list[Entry]) -> None:
        barrier.wait()
        report(engine, *entries)

    threads = [Thread(target=send, args=(one,)) for one in lists]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    kept = {version for _, _, version, _ in shown(engine)}
    assert len(shown(engine)) == 50
    assert len(kept) == 1


def test_members_touch_nothing_of_each_other(engine: Engine) -> None:
    enter(engine, "ms", "sm")
    report(engine, entry("a"))
    report(engine, entry("a", version=2), of="sm")
    report(engine, of="sm")
    assert shown(engine) == [("a", "en", 1, NOW)]


def test_the_list_of_editors_goes_on_where_it_ended(engine: Engine) -> None:
    enter(engine, "ms", "sm")
    for of in ("ms", "sm"):
        report(engine, *(entry(s, locale) for s in "ab" for locale in ("en", "fr")), of=of)
    with reading(engine) as session:
        found: list[tuple[str, str, str]] = []
        after: tuple[str, ...] = ()
        for _ in range(4):
            rows, more = showing.listed(session, Wanted(after=after, limit=3))
            found += [(r.section, r.locale, r.member) for r in rows]
            if not more:
                break
            after = rows[-1][:4]
        assert found == [(s, x, m) for s in "ab" for x in ("en", "fr") for m in ("ms", "sm")]
        narrow = showing.listed(session, Wanted("a", "fr", "sm"))[0]
        assert [(r.section, r.locale, r.member) for r in narrow] == [("a", "fr", "sm")]


def test_a_member_that_says_nothing_for_thirty_days_is_stale() -> None:
    assert not showing.is_stale(NOW - 30 * DAY + timedelta(seconds=1))
    assert showing.is_stale(NOW - 30 * DAY)


def test_what_is_shown_falls_behind_as_texts_come_and_go(
    world: World, clock: time_machine.Traveller
) -> None:
    assert stand(world, 1) == Standing(State.UNKNOWN)
    world.publish_page()
    world.publish_translation("fr")
    here = Newest(1, "current", "/v1/sections/benefits/en")
    assert stand(world, 1) == Standing(State.CURRENT, newest=here)
    assert stand(world, 2) == Standing(State.UNKNOWN, newest=here)

    clock.shift(DAY)
    world.write(page(TEXT.replace("4 of 10", "3 of 10"), summary="Corrected"))
    assert stand(world, 2).state == "unknown", "a draft is nobody's business"
    world.publish("benefits")
    found = stand(world, 1)
    assert (found.state, found.behind_by, found.since) == ("behind", 1, NOW + DAY)
    french = stand(world, 1, ("benefits", "fr"))
    assert (french.state, french.since) == ("outdated", NOW + DAY)
    assert french.newest == Newest(1, "outdated", "/v1/sections/benefits/fr")

    clock.shift(DAY)
    world.withdraw("benefits")
    for version, behind_by in ((1, 1), (2, 0)):
        found = stand(world, version)
        assert (found.state, found.behind_by, found.newest) == ("withdrawn", behind_by, None)
        assert found.since == NOW + 2 * DAY
        assert found.taken is not None
        assert (found.taken.reason, found.taken.number) == ("error", 2)

    world.publish_page(page(TEXT.replace("4 of 10", "2 of 10"), summary="Again"))
    assert stand(world, 3).state == "current"
    found = stand(world, 2)
    assert found.state == "withdrawn"
    assert found.newest is not None
    assert found.newest.version == 3


@pytest.mark.begins_with("en", "fr")
def test_as_many_queries_for_many_texts_as_for_one(sqlite_world: World) -> None:
    asked: list[str] = []
    event.listen(sqlite_world.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    places = {(s, x) for s in ("benefits", "risks", "treatment") for x in ("en", "fr")}
    with sqlite_world.reading() as session:
        standing.courses(session, {PLACE})
        one = len(asked)
        assert one == 4  # and BEGIN among them
        asked.clear()
        found = standing.courses(session, places | {(f"s{n}", "en") for n in range(300)})
    assert len(asked) == one - 1
    assert set(found) == places


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[str], int]:
    """What became of versions 1 to n (the last may stand), and one that a site shows."""
    fates = draw(st.lists(st.sampled_from(["never", "superseded", "withdrawn"]), max_size=8))
    last = draw(st.sampled_from(["never", "in-force", "outdated", "withdrawn"]))
    return [*fates, last], draw(st.integers(1, 10))


@given(histories())
def test_a_standing_agrees_with_a_plain_reading_of_the_history(
    told: tuple[list[str], int],
) -> None:
    fates, version = told
    fate = dict(enumerate(fates, start=1))
    at = {number: NOW + number * DAY for number in fate}
    came = tuple((n, at[n]) for n, one in fate.items() if one != "never")
    taken = tuple(
        Taken(n, "error", "", at[n], None, None) for n, one in fate.items() if one == "withdrawn"
    )
    last = len(fates)
    stands = fates[-1] in ("in-force", "outdated")
    newest = (
        Newest(last, "outdated" if fates[-1] == "outdated" else "current", "/") if stands else None
    )
    found = judge(Course(came, taken, newest, at[last]), version)

    if fate.get(version, "never") == "never":
        assert found.state == "unknown"
    elif any(fate[n] == "withdrawn" for n in range(version, last + 1)):
        assert found.state == "withdrawn"
        first = min(n for n in range(version, last + 1) if fate[n] == "withdrawn")
        assert found.taken is not None
        assert found.taken.number == first
    elif newer := [n for n in range(version + 1, last + 1) if fate[n] != "never"]:
        assert (found.state, found.behind_by, found.since) == ("behind", len(newer), at[newer[0]])
    else:
        assert found.state == ("outdated" if fates[-1] == "outdated" else "current")
    assert found.newest == newest


def test_there_is_one_report_a_member(sqlite_engine: Engine) -> None:
    enter(sqlite_engine)
    report(sqlite_engine, entry("a"))
    report(sqlite_engine, entry("b"))
    with reading(sqlite_engine) as session:
        assert len(session.exec(select(ShowingReport)).all()) == 1
        assert session.exec(select(Showing.section)).all() == ["b"]
