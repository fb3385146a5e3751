"""Database files that are made once and copied for each test; SQLite only."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import time_machine

from content import database
from tests.reader import TODAY
from tests.world import World

#: What a world begins with: the short page in force in a language, the source first; or what a
#: function does with the world. Made once in a process, at TODAY, and copied for each test.
Step = str | Callable[[World], object]
Steps = tuple[Step, ...]


def take(step: Step, world: World) -> None:
    if callable(step):
        step(world)
    elif step == "en":
        world.publish_page()
    else:
        world.publish_translation(step)


def filled(
    source: Path,
    path: Path,
    fill: Callable[[World], object],
    *,
    at: datetime | str = TODAY,
    world: type[World] = World,
) -> Path:
    """A copy of a database file, filled at one moment: two hubs of one history are the same."""
    shutil.copyfile(source, path)
    engine = database.connect(f"sqlite:///{path}")
    with time_machine.travel(at, tick=False):
        fill(world(engine))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


def in_two_languages(world: World) -> None:
    """People, and the short page in force in English and French."""
    world.people()
    world.publish_page()
    world.publish_translation("fr")
