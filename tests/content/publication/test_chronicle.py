"""What the ledger has of something: the rows of a text, of a person, of a kind, of some days."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlmodel import col, select

from content import ledger
from content.database import writing
from content.people import person
from content.publication import chronicle
from content.publication.chronicle import Wanted
from content.publication.release import Release
from tests.world import World


def rows(world: World, most: int = 1_000, before: int | None = None, **wanted: object) -> list[str]:
    with world.reading() as session:
        found = chronicle.rows(session, Wanted(**wanted), most=most, before=before)  # type: ignore[arg-type]
        assert [row.seq for row in found] == sorted((row.seq for row in found), reverse=True)
        return [f"{row.event} {row.subject}" for row in found]


def test_all_of_it_comes_in_parts_the_newest_first(sqlite_world: World) -> None:
    every = rows(sqlite_world)
    with sqlite_world.reading() as session:
        first = chronicle.rows(session, Wanted(), most=10)
    assert rows(sqlite_world, most=10) == every[:10]
    assert rows(sqlite_world, most=10, before=first[-1].seq) == every[10:20]
    assert rows(sqlite_world, before=1) == []


def test_a_kind_of_event_and_who_did_it(sqlite_world: World) -> None:
    assert set(rows(sqlite_world, events={"person.granted"}, actors={"operator"})) >= {
        "person.granted lay"
    }
    assert rows(sqlite_world, events=set()) == []
    assert rows(sqlite_world, actors={"lay"}) == []


def test_the_story_of_one_text_has_its_catalogues_statements_and_recalls(published: World) -> None:
    told = rows(published, section="risks", locale="fr")
    assert "version.in_force risks/fr/1" in told
    assert any(one.startswith("statement.signed_off statement/") for one in told)
    assert not any("/en/" in one for one in told)
    assert not any(" benefits/" in one for one in told)
    assert "catalogue.uploaded treatment/fr" in rows(published, section="treatment", locale="fr")
    every = rows(published, section="risks")
    assert set(told) < set(every)
    assert "version.in_force risks/en/1" in every


def test_recalls_belong_to_the_story(published: World) -> None:
    published.withdraw("risks")
    with writing(published.engine) as session:
        told = (
            col(Release.type) == "withdrawn",
            col(Release.section) == "risks",
            col(Release.locale) == "en",
        )
        subject = f"recall-{session.exec(select(Release.seq).where(*told)).one()}"
        ledger.append(session, actor="hub", event="recall.gone", subject=subject, detail={})
    assert f"recall.gone {subject}" in rows(published, section="risks")
    assert f"recall.gone {subject}" not in rows(published, section="benefits")


def test_a_language_without_a_text(published: World) -> None:
    told = rows(published, locale="fr")
    assert {one.split("/")[1] for one in told} == {"fr"}
    assert "catalogue.uploaded treatment/fr" in told
    assert "version.in_force risks/fr/1" in told
    assert rows(published, locale="it") == []


@pytest.mark.parametrize(
    ("since", "until", "is_told"),
    [(0, 0, True), (-1, None, True), (None, 1, True), (1, None, False), (None, -1, False)],
)
def test_from_one_day_to_another_both_included(
    world: World, since: int | None, until: int | None, is_told: bool
) -> None:
    noon = datetime(2027, 3, 1, 23, 59, 59, tzinfo=UTC)

    def day(after: int | None) -> date | None:
        return None if after is None else noon.date() + timedelta(days=after)

    with time_machine.travel(noon, tick=False), writing(world.engine) as session:
        person.grant(session, "lay", "author", by="operator")
    told = rows(world, since=day(since), until=day(until))
    assert ("person.granted lay" in told[:1]) is is_told


def test_the_first_and_the_last_day_of_all_leave_nothing_out(sqlite_world: World) -> None:
    assert rows(sqlite_world, since=date.min, until=date.max) == rows(sqlite_world)
