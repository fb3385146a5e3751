"""A hub with its short page in force in English and French, made once and copied for each test.

A `conftest.py` imports the two fixtures; SQLite only.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from content import database
from tests.copies import filled, in_two_languages
from tests.world import World


@pytest.fixture(scope="package")
def published_file(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("published") / "content.db"
    return filled(empty_sqlite, path, in_two_languages)


@pytest.fixture
def published(published_file: Path, tmp_path: Path) -> Iterator[World]:
    """English and French in force."""
    path = tmp_path / "published.db"
    shutil.copyfile(published_file, path)
    engine = database.connect(f"sqlite:///{path}")
    yield World(engine)
    engine.dispose()
