"""A hub with its short page in force in English and French, made once and copied for each test.

A `conftest.py` imports the two fixtures; SQLite only.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from content import database
from tests.reader import TODAY
from tests.world import World


@pytest.fixture(scope="package")
def published_file(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("published") / "content.db"
    shutil.copyfile(empty_sqlite, path)
    engine = database.connect(f"sqlite:///{path}")
    with time_machine.travel(TODAY, tick=False):
        world = World(engine)
        world.people()
        world.publish_page()
        world.publish_translation("fr")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def published(published_file: Path, tmp_path: Path) -> Iterator[World]:
    """English and French in force."""
    path = tmp_path / "published.db"
    shutil.copyfile(published_file, path)
    engine = database.connect(f"sqlite:///{path}")
    yield World(engine)
    engine.dispose()
