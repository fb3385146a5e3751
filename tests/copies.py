"""Database files that are made once and copied for each test; SQLite only."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import time_machine

from content import database
from tests.reader import TODAY
from tests.world import World


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
