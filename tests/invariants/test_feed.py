"""Whoever follows `next` sees each event once, in order, none missing, whatever happens to writers.

Three processes write, and are killed and begun anew; readers with filters of their own follow.
"""

import random
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import pytest

from content.publication import release
from content.publication.release import UNFILTERED
from tests.reader import feed, latest
from tests.world import World

ROOT = Path(__file__).parents[2]
WRITERS = 3
#: Events in the feed at the end, and writers that are killed on the way.
EVENTS, KILLS = 300, 6
EVENTS_SLOW, KILLS_SLOW = 10_000, 60
FILTERS: tuple[dict[str, str], ...] = (
    {},
    {"locale": "fr"},
    {"page": "elsewhere"},
    {"locale": "en", "page": "treatment"},
    {},
)


@dataclass
class Follower:
    """Somebody who goes on with `next` until the writers are done and nothing more comes."""

    world: World
    filters: dict[str, str]
    chance: random.Random
    over: Event
    seen: list[int] = field(default_factory=list)

    def follow(self) -> None:
        after, last = 0, False
        while not last:
            # Looked at before the feed is: what comes until then is still told.
            last = self.over.is_set()
            more = True
            while more:
                limit = self.chance.randint(1, 40)
                with self.world.reading() as session:
                    events, after, more = release.after(session, after, limit=limit, **self.filters)
                self.seen += [one.seq for one in events]


@pytest.fixture
def published(world: World) -> World:
    world.publish_page()
    world.publish_translation("fr")
    return world


def whole(world: World) -> list[release.Release]:
    """Every event there is."""
    told: list[release.Release] = []
    while part := feed(world, told[-1].seq if told else 0):
        told += part
    return told


def matches(event: release.Release, filters: dict[str, str]) -> bool:
    return event.type in UNFILTERED or all(
        getattr(event, name) == value for name, value in filters.items()
    )


def started(world: World, seed: int, events: int) -> subprocess.Popen[bytes]:
    url = world.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.invariants.feed_writer", url, str(seed), str(events)]
    return subprocess.Popen(command, cwd=ROOT)


def written_and_followed(world: World, events: int, kills: int) -> None:
    seed = random.SystemRandom().randrange(10**9)
    sys.stdout.write(f"random.Random({seed})\n")  # shown where the test fails
    chance = random.Random(seed)
    over = Event()
    followers = [
        Follower(world, filters, random.Random(chance.random()), over) for filters in FILTERS
    ]
    threads = [Thread(target=one.follow) for one in followers]
    for thread in threads:
        thread.start()
    writers = [started(world, chance.randrange(10**9), events) for _ in range(WRITERS)]
    for turn in range(1, kills + 1):
        # Somewhere in its work: after this share of the events is there.
        while latest(world) < events * turn // (kills + 1):
            assert any(one.poll() is None for one in writers)
        killed = chance.randrange(WRITERS)
        writers[killed].kill()
        writers[killed].wait()
        writers[killed] = started(world, chance.randrange(10**9), events)
    assert [one.wait() for one in writers] == [0] * WRITERS
    over.set()
    for thread in threads:
        thread.join()
    told = whole(world)
    assert [one.seq for one in told] == list(range(1, len(told) + 1))
    assert len(told) >= events
    for one in followers:
        assert one.seen == [event.seq for event in told if matches(event, one.filters)]


def test_nobody_misses_an_event(published: World) -> None:
    written_and_followed(published, EVENTS, KILLS)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_nobody_misses_one_of_ten_thousand(published: World) -> None:
    written_and_followed(published, EVENTS_SLOW, KILLS_SLOW)
