"""A process that writes event after event into the feed, to be killed at any moment.

`python -m tests.invariants.feed_writer URL SEED EVENTS` goes on until the feed has so many events.
"""

import random
import sys

from sqlalchemy import Engine

from content.database import connect, writing
from content.publication import release
from content.records import version as versions

#: Events of one transaction, and of how many transactions one is given up.
TOGETHER_MAX, GIVEN_UP = 5, 6
PLACES = [(section, locale) for section in ("benefits", "risks") for locale in ("en", "fr")]


class GivenUp(Exception):
    """What was written is taken back."""


def write(engine: Engine, chance: random.Random, events: int) -> bool:
    """One transaction; whether there are enough events now."""
    with writing(engine) as session:
        if release.newest_seq(session) >= events:
            return True
        for _ in range(chance.randint(1, TOGETHER_MAX)):
            found = versions.in_force(session, *chance.choice(PLACES))
            assert found is not None
            kind = chance.choice(("current", "outdated", "withdrawn"))
            release.append(session, kind, found, page="treatment")
        if chance.randrange(GIVEN_UP) == 0:
            raise GivenUp
    return False


def work(engine: Engine, chance: random.Random, events: int) -> None:
    enough = False
    while not enough:
        try:
            enough = write(engine, chance, events)
        except GivenUp:
            continue


if __name__ == "__main__":
    work(connect(sys.argv[1]), random.Random(int(sys.argv[2])), int(sys.argv[3]))
