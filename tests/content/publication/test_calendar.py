"""The calendar: what is late, what is outdated, and what falls due in the months to come."""

from datetime import date, timedelta

import pytest
from time_machine import TimeMachineFixture

from content import clock
from content.database import writing
from content.errors import RoleMissing
from content.people import person
from content.publication import calendar
from content.publication.calendar import Entry, Kind
from content.records import version as versions
from content.review import submission
from tests.reader import TODAY
from tests.world import TEXT, World, page

SOON = date(2027, 11, 20)
NOW = date.fromisoformat(TODAY[:10])


@pytest.fixture(autouse=True)
def _today(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(TODAY, tick=False)


def entries(world: World, who: str = "editor") -> list[Entry]:
    with world.reading() as session:
        found = calendar.rows(session, person.actor(session, who), world.policy)
    return [entry for row in found for entry in row.entries]


def told(world: World, kind: Kind, who: str = "editor") -> list[Entry]:
    return [entry for entry in entries(world, who) if entry.kind is kind]


def test_an_empty_hub_has_an_empty_calendar(sqlite_world: World) -> None:
    assert entries(sqlite_world) == []


def test_the_languages_of_a_section_stand_on_one_day_together(sqlite_world: World) -> None:
    sqlite_world.publish_page()
    sqlite_world.publish_translation("fr")
    assert told(sqlite_world, Kind.REVIEW) == [
        Entry(Kind.REVIEW, SOON, False, section, (("en", 1), ("fr", 1)))
        for section in ("benefits", "risks", "treatment")
    ]
    first = told(sqlite_world, Kind.REVIEW)[0]
    assert (first.reference("fr"), first.reference("it")) == ("benefits/fr/1", "benefits/it")
    assert told(sqlite_world, Kind.LEAVES) == []


def test_what_is_reviewed_later_than_in_a_year_is_not_in_it(sqlite_world: World) -> None:
    sqlite_world.publish_page(page(review_by="2029-01-01"))
    assert entries(sqlite_world) == []


def test_what_was_not_reviewed_is_late_and_says_when_it_leaves(
    sqlite_world: World, time_machine: TimeMachineFixture
) -> None:
    sqlite_world.publish_page()
    time_machine.shift(timedelta(days=370))
    (first, second, *_) = entries(sqlite_world)
    assert (first.kind, first.is_late, first.day) == (Kind.REVIEW, True, SOON)
    assert (second.kind, second.is_late, second.day) == (Kind.LEAVES, False, date(2028, 5, 21))


def test_what_is_outdated_says_since_when(world: World, time_machine: TimeMachineFixture) -> None:
    world.publish_page()
    world.publish_translation("fr")
    time_machine.shift(timedelta(days=3))
    world.publish_page(page(TEXT.replace("4 of 10", "5 of 10"), summary="Newer figures"))
    (found,) = told(world, Kind.OUTDATED)
    assert found == Entry(Kind.OUTDATED, NOW + timedelta(days=3), True, "benefits", (("fr", 1),))
    # Whoever works in Italian alone knows of the source's dates.
    assert told(world, Kind.OUTDATED, "translator-it") == []
    assert {one for entry in entries(world, "translator-it") for one in entry.numbers} == {
        ("en", 1),
        ("en", 2),
    }
    assert told(world, Kind.OUTDATED, "translator-fr") == [found]


def test_what_came_into_force_outdated_is_so_since_then(
    sqlite_world: World, time_machine: TimeMachineFixture
) -> None:
    sqlite_world.publish_page()
    sqlite_world.translate("fr")
    sqlite_world.submit("benefits", "fr")
    sqlite_world.review_all("benefits", "fr")
    digest = sqlite_world.open_statement("benefits", locale="fr")
    sqlite_world.publish_page(page(TEXT.replace("4 of 10", "5 of 10"), summary="Newer figures"))
    time_machine.shift(timedelta(days=5))
    sqlite_world.sign(digest, "language-2-fr")
    found = told(sqlite_world, Kind.OUTDATED)
    assert [one.day for one in found] == [NOW + timedelta(days=5)]


def test_what_comes_into_force_and_what_lapses_is_in_it(sqlite_world: World) -> None:
    sqlite_world.write()
    digest = sqlite_world.put_to_signature("treatment", "benefits")
    at = clock.now() + timedelta(days=40)
    sqlite_world.submit("risks")
    with sqlite_world.acting("editor") as (session, editor):
        version = versions.opened(session, "risks", "en")
        assert version is not None
        submission.schedule(session, editor, version, at)
    sqlite_world.review_all("risks")
    sqlite_world.sign_off("risks")
    lapses = Entry(Kind.LAPSES, (clock.now() + timedelta(days=30)).date(), False, "2026-0001")
    assert entries(sqlite_world) == [
        lapses,
        Entry(Kind.EFFECTIVE, at.date(), False, "risks", (("en", 1),)),
    ]
    assert told(sqlite_world, Kind.LAPSES, "translator-fr") == []
    assert digest


def test_what_lapses_after_the_calendar_ends_is_not_in_it(sqlite_world: World) -> None:
    rules = sqlite_world.policy.statement.model_copy(update={"open_days": 367})
    sqlite_world.policy = sqlite_world.policy.model_copy(update={"statement": rules})
    sqlite_world.write()
    sqlite_world.put_to_signature("treatment")
    assert entries(sqlite_world) == []


def test_a_withdrawal_waits_for_a_second_person(
    world: World, time_machine: TimeMachineFixture
) -> None:
    world.publish_page()
    world.publish_translation("fr")
    world.withdraw("risks", "fr")
    day = NOW + timedelta(days=1)
    assert told(world, Kind.CONFIRM) == [Entry(Kind.CONFIRM, day, False, "risks", (("fr", 1),))]
    assert told(world, Kind.CONFIRM, "translator-it") == []
    time_machine.shift(timedelta(days=2))
    assert [one.is_late for one in told(world, Kind.CONFIRM)] == [True]


def test_who_reads_nothing_that_is_in_work_has_no_calendar(sqlite_world: World) -> None:
    with sqlite_world.reading() as session, pytest.raises(RoleMissing):
        calendar.rows(session, person.actor(session, "administrator"), sqlite_world.policy)


def test_the_most_urgent_stands_first(
    sqlite_world: World, time_machine: TimeMachineFixture
) -> None:
    sqlite_world.publish_page()
    with writing(sqlite_world.engine) as session:
        assert calendar.rows(session, person.actor(session, "lay"), sqlite_world.policy)
    time_machine.shift(timedelta(days=400))
    listed = entries(sqlite_world)
    assert [one.is_late for one in listed[:1]] == [True]
