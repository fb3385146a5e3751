"""Hubs of every kind, made once and copied for each test. It is the day in tests.reader.TODAY."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import Engine

from api import compressing, rounds
from content import database
from tests.api.hubs import Hub, at_work, open_app, unwritten
from tests.api.promised import Promised
from tests.copies import filled, in_two_languages
from tests.postgres import drop_database, fresh_database
from tests.reader import TODAY
from tests.world import World

A_DAY = 86_400


@pytest.fixture(autouse=True)
def traveller() -> Iterator[time_machine.Traveller]:
    """The clock stands still until a test moves it."""
    with time_machine.travel(TODAY, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def published_file(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """English and French in force."""
    return filled(empty_sqlite, tmp_path_factory.mktemp("api") / "two.db", in_two_languages)


@pytest.fixture(scope="session")
def busy_file(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """English in force, and work for everybody."""
    return filled(empty_sqlite, tmp_path_factory.mktemp("api") / "busy.db", at_work)


@pytest.fixture(scope="session")
def published_postgres(postgres_url: str, empty_postgres: str) -> Iterator[str]:
    url = fresh_database(postgres_url, template=empty_postgres)
    engine = database.connect(url)
    with time_machine.travel(TODAY, tick=False):
        in_two_languages(World(engine))
    engine.dispose()
    yield url
    drop_database(postgres_url, url)


@contextmanager
def serving(engine: Engine) -> Iterator[Hub]:
    app = open_app(engine)
    # What a server does by itself every minute happens when a test says so.
    with pytest.MonkeyPatch.context() as still:
        still.setattr(rounds, "SECONDS_BETWEEN", A_DAY)
        still.setattr(compressing, "SECONDS_TO_BEGIN_WITH", A_DAY)
        with Promised(app, raise_server_exceptions=False, follow_redirects=False) as client:
            # Tests begin with a server that has looked at all it has; see test_first_look.py.
            assert client.portal
            client.portal.call(app.state.hub.first_look.over)
            yield Hub(World(engine), app, client)
    engine.dispose()


@contextmanager
def only_read(engine: Engine) -> Iterator[Hub]:
    """A hub for tests that do not write. The clock stands still, as in them."""
    with time_machine.travel(TODAY, tick=False), serving(engine) as hub, unwritten(engine):
        yield hub


@pytest.fixture
def sqlite_hub(published_file: Path, tmp_path: Path) -> Iterator[Hub]:
    """English and French in force, on SQLite."""
    path = tmp_path / "hub.db"
    shutil.copyfile(published_file, path)
    with serving(database.connect(f"sqlite:///{path}")) as hub:
        yield hub


@pytest.fixture
def postgres_hub(postgres_url: str, published_postgres: str) -> Iterator[Hub]:
    """The same on PostgreSQL."""
    url = fresh_database(postgres_url, template=published_postgres)
    with serving(database.connect(url)) as hub:
        yield hub
    drop_database(postgres_url, url)


@pytest.fixture(params=["sqlite", "postgres"])
def hub(request: pytest.FixtureRequest) -> Hub:
    """The same, once on each."""
    found: Hub = request.getfixturevalue(f"{request.param}_hub")
    return found


@pytest.fixture(scope="module")
def sqlite_read_hub(
    published_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hub]:
    """English and French in force, on SQLite, for all the tests of a module that only read."""
    path = tmp_path_factory.mktemp("read") / "hub.db"
    shutil.copyfile(published_file, path)
    with only_read(database.connect(f"sqlite:///{path}")) as hub:
        yield hub


@pytest.fixture(scope="module")
def postgres_read_hub(postgres_url: str, published_postgres: str) -> Iterator[Hub]:
    """The same on PostgreSQL."""
    url = fresh_database(postgres_url, template=published_postgres)
    with only_read(database.connect(url)) as hub:
        yield hub
    drop_database(postgres_url, url)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def read_hub(request: pytest.FixtureRequest) -> Hub:
    """The same, once on each."""
    found: Hub = request.getfixturevalue(f"{request.param}_read_hub")
    return found


@pytest.fixture(scope="module")
def busy_read_hub(busy_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """English in force, and work for everybody, on SQLite, for tests that only read."""
    path = tmp_path_factory.mktemp("read") / "busy.db"
    shutil.copyfile(busy_file, path)
    with only_read(database.connect(f"sqlite:///{path}")) as hub:
        yield hub


@pytest.fixture
def empty_hub(sqlite_world: World) -> Iterator[Hub]:
    """People, and nothing else."""
    with serving(sqlite_world.engine) as hub:
        yield hub


@pytest.fixture
def busy_hub(busy_file: Path, tmp_path: Path) -> Iterator[Hub]:
    """English in force, and work for everybody, on SQLite."""
    path = tmp_path / "busy.db"
    shutil.copyfile(busy_file, path)
    with serving(database.connect(f"sqlite:///{path}")) as hub:
        yield hub


@pytest.fixture
def published_world(published_file: Path, tmp_path: Path) -> Iterator[World]:
    """English and French in force, on SQLite, for tests that make their own application."""
    path = tmp_path / "world.db"
    shutil.copyfile(published_file, path)
    engine = database.connect(f"sqlite:///{path}")
    yield World(engine)
    engine.dispose()


@pytest.fixture
def new_hub(world: World) -> Iterator[Hub]:
    """People, and nothing else, on both databases."""
    with serving(world.engine) as hub:
        yield hub
