"""Lists of what is in force, a page at a time, and the history of a text."""

from datetime import UTC, datetime

import pytest
from time_machine import TimeMachineFixture

from content.errors import SectionNotFound, VersionNotFound
from content.publication import history, listing
from content.publication.listing import Wanted
from tests.reader import TODAY
from tests.world import TEXT, World, page

pytestmark = pytest.mark.time_machine(TODAY, tick=False)


def listed(world: World, wanted: Wanted) -> tuple[list[tuple[str, str]], bool]:
    with world.reading() as session:
        found, more = listing.summaries(session, wanted)
        return [(one["section"], one["locale"]) for one in found], more


ALL = [(one, locale) for one in ("benefits", "risks", "treatment") for locale in ("en", "fr")]


@pytest.mark.parametrize("limit", [1, 4, 6])
def test_page_by_page_everything_comes_once(published: World, limit: int) -> None:
    seen: list[tuple[str, str]] = []
    more = True
    while more:
        found, more = listed(published, Wanted(after=seen[-1] if seen else None, limit=limit))
        assert len(found) <= limit
        seen += found
    assert seen == ALL


def test_lists_are_narrowed(published: World, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to("2026-11-25T09:00:00Z", tick=False)
    published.publish_page(page(TEXT.replace("4 of 10", "5 of 10")))
    changed = [("benefits", "en"), ("benefits", "fr")]
    assert listed(published, Wanted(locale="fr"))[0] == ALL[1::2]
    assert listed(published, Wanted(page="elsewhere")) == ([], False)
    assert listed(published, Wanted(page="treatment"))[0] == ALL
    assert listed(published, Wanted(status="outdated"))[0] == [("benefits", "fr")]
    assert listed(published, Wanted(changed_since=datetime(2026, 11, 24, tzinfo=UTC)))[0] == changed


def test_a_summary(published: World) -> None:
    with published.reading() as session:
        (first, *_), _ = listing.summaries(session, Wanted())
    assert list(first) == [*listing.SUMMARY_FIELDS, "changed_at", "url"]
    assert first["changed_at"] == TODAY
    assert first["url"] == "/v1/sections/benefits/en"


def test_where_a_text_can_be_read_instead(published: World) -> None:
    with published.reading() as session:
        assert listing.available(session, "page", "treatment") == [
            {"locale": locale, "url": f"/v1/pages/treatment/{locale}"} for locale in ("en", "fr")
        ]
        assert listing.available(session, "page", "risks") == []


def test_how_much_there_is_in_each_locale(published: World) -> None:
    published.withdraw("risks", "fr")
    with published.reading() as session:
        told = {one["locale"]: one for one in listing.locale_coverage(session, ("en", "de"))}
    assert {tag: (one["in_force"], one["coverage"]) for tag, one in told.items()} == {
        "en": (3, 1.0),
        "de": (0, 0.0),
        "fr": (2, 0.6667),
    }
    assert told["de"]["native_name"] == "Deutsch"


def test_an_empty_hub_covers_nothing(sqlite_world: World) -> None:
    with sqlite_world.reading() as session:
        assert [one["coverage"] for one in listing.locale_coverage(session, ("en",))] == [0]


def test_the_history_of_a_text(published: World, time_machine: TimeMachineFixture) -> None:
    published.write(page(TEXT.replace("4 of 10", "5 of 10"), summary="5, not 4"))
    with published.reading() as session, pytest.raises(VersionNotFound):
        listing.published(session, "benefits", "en", 2)
    time_machine.move_to("2026-11-24T09:00:00Z", tick=False)
    published.publish("benefits")
    time_machine.move_to("2026-11-25T09:00:00Z", tick=False)
    published.withdraw("benefits")
    with published.reading() as session:
        told = history.of_text(session, "benefits", "en")
        assert listing.published(session, "benefits", "en", 1).state == "superseded"
        with pytest.raises(SectionNotFound):
            history.of_text(session, "nowhere", "en")
    assert [
        (one["version"], one["state"], one["in_force_since"], one["in_force_until"]) for one in told
    ] == [
        (2, "withdrawn", "2026-11-24T09:00:00Z", "2026-11-25T09:00:00Z"),
        (1, "superseded", TODAY, "2026-11-24T09:00:00Z"),
    ]
    assert told[0]["change"] == {"kind": "clinical", "summary": "5, not 4"}
    assert told[0]["sign_off"] != told[1]["sign_off"]
    assert told[0]["url"] == "/v1/sections/benefits/en/versions/2"
