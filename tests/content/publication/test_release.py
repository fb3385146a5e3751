"""The feed: dense, in pages, and no filter hides a tombstone."""

import pytest

from content.publication import release
from content.publication.release import Release
from tests.reader import TODAY, feed, latest, told
from tests.world import TEXT, World, page

pytestmark = pytest.mark.time_machine(TODAY, tick=False)


def after(world: World, seq: int, limit: int) -> tuple[list[Release], int, bool]:
    with world.reading() as session:
        return release.after(session, seq, limit=limit)


def test_numbers_are_dense_and_rise(published: World) -> None:
    assert [event.seq for event in feed(published)] == [1, 2, 3, 4, 5, 6]
    published.publish_page(page(TEXT.replace("4 of 10", "5 of 10")))
    assert [event.seq for event in feed(published, 6)] == [7, 8]
    assert latest(published) == 8


def test_nothing_was_ever_in_force(sqlite_world: World) -> None:
    assert latest(sqlite_world) == 0
    assert after(sqlite_world, 0, 10) == ([], 0, False)


@pytest.mark.parametrize("limit", [1, 2, 4, 6, 7])
def test_the_feed_is_read_to_its_end_page_by_page(published: World, limit: int) -> None:
    seen: list[int] = []
    seq, more = 0, True
    while more:
        events, seq, more = after(published, seq, limit)
        assert len(events) <= limit
        seen += [event.seq for event in events]
    assert seen == [1, 2, 3, 4, 5, 6]
    assert after(published, seq, limit) == ([], 6, False)


def test_a_reader_ahead_of_the_feed_stays_where_it_is(published: World) -> None:
    assert after(published, 99, 10) == ([], 99, False)


def test_a_filter_hides_what_is_not_asked_for_and_moves_on_over_it(published: World) -> None:
    with published.reading() as session:
        events, seq, more = release.after(session, 0, locale="fr", page="treatment")
        assert (told(events), seq, more) == (
            [("in_force", one, "fr", 1) for one in ("treatment", "benefits", "risks")],
            6,
            False,
        )
        assert release.after(session, 0, page="elsewhere") == ([], 6, False)


def test_no_filter_hides_a_withdrawal(published: World) -> None:
    published.withdraw("benefits")
    gone = [("withdrawn", "benefits", "en", 1), ("withdrawn", "benefits", "fr", 1)]
    assert told(feed(published, 6, locale="it")) == gone
    assert told(feed(published, 6, page="elsewhere")) == gone
    assert told(feed(published, 6, locale="fr", page="elsewhere")) == gone
    (event, _) = feed(published, 6)
    assert event.reason == "error"
    assert event.document == published.version("benefits").document
