"""What every test may ask for."""

import gc
import os
import shutil
from collections.abc import Callable, Generator, Iterator
from functools import cache, partial
from pathlib import Path
from uuid import uuid4

import hypothesis
import pytest
import time_machine
from sqlalchemy import Engine

from content import database, schema
from tests import engines
from tests.copies import Steps, filled, take
from tests.postgres import PostgresLeftOut, drop_database, fresh_database, postgres_server
from tests.reader import TODAY
from tests.snapshot import compare
from tests.world import World

TESTS = Path(__file__).parent
SNAPSHOTS = TESTS / "snapshots"

# A machine that is busy is no bug, hence no deadline. On CI the examples are the same every time,
# so that a red run speaks of the change; at a desk they are new every time, and find new things.
hypothesis.settings.register_profile("default", deadline=None, print_blob=True)
hypothesis.settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "default")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-snapshots",
        action="store_true",
        help="write tests/snapshots anew instead of comparing with it (make snapshots)",
    )
    parser.addoption("--pictures", help="folder for the pictures of the tour (make tour)")


def pytest_itemcollected(item: pytest.Item) -> None:
    """What is done by verbs that are tried on both databases by themselves waits on PostgreSQL for
    `make test-all`, where the file says so.
    """
    if item.get_closest_marker("on_sqlite_first") and "postgres" in item.name:
        item.add_marker("slow")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`make snapshots` runs the tests marked here, and no others."""
    for item in items:
        if "snapshot" in getattr(item, "fixturenames", ()):
            item.add_marker("snapshot")


def pytest_collection_finish() -> None:
    """What was imported stays; the collector need not walk through it after every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop() -> Generator[None, object, object]:
    """It is TODAY, whatever the day: the dates of the test pages do not pass by themselves.

    The clock runs on from there; a test that needs it to stand still, or to be moved, says so. No
    fixture does this: the first test of a process would have its own clock below this one.
    And all engines are like the first.
    """
    with time_machine.travel(TODAY, tick=True), pytest.MonkeyPatch.context() as changed:
        changed.setattr(database, "create_engine", engines.create_like_the_first)
        return (yield)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server's maintenance database; tests make their own with `fresh_database`."""
    try:
        with postgres_server() as url:
            yield url
    except PostgresLeftOut as left_out:
        pytest.skip(str(left_out))


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`snapshot("openapi.json", text)` compares with tests/snapshots/openapi.json, kept in git."""
    rewrite = request.config.getoption("--rewrite-snapshots")

    def check(name: str, text: str) -> None:
        compare(SNAPSHOTS / name, text, rewrite=rewrite)

    return check


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file; tests copy it."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    engine = database.connect(f"sqlite:///{path}")
    schema.migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def empty_postgres(postgres_url: str) -> Iterator[str]:
    """A migrated, empty PostgreSQL database; tests copy it."""
    url = fresh_database(postgres_url)
    engine = database.connect(url)
    schema.migrate(engine)
    engine.dispose()
    yield url
    drop_database(postgres_url, url)


@pytest.fixture
def sqlite_engine(empty_sqlite: Path, tmp_path: Path) -> Iterator[Engine]:
    path = tmp_path / "content.db"
    shutil.copyfile(empty_sqlite, path)
    engine = database.connect(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture
def postgres_engine(request: pytest.FixtureRequest, postgres_url: str) -> Iterator[Engine]:
    url = fresh_database(postgres_url, template=request.getfixturevalue("empty_postgres"))
    engine = database.connect(url)
    yield engine
    engine.dispose()
    drop_database(postgres_url, url)


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """An empty hub's database; every test that asks for it runs on both kinds."""
    made: Engine = request.getfixturevalue(f"{request.param}_engine")
    return made


@pytest.fixture(scope="session")
def sqlite_stages(
    empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Steps], Path]:
    """A file with people of every role, after these steps."""
    folder = tmp_path_factory.mktemp("stages")

    @cache
    def stage(steps: Steps) -> Path:
        before = stage(steps[:-1]) if steps else empty_sqlite
        fill = partial(take, steps[-1]) if steps else World.people
        return filled(before, folder / f"{uuid4()}.db", fill)

    return stage


@pytest.fixture(scope="session")
def peopled_sqlite(sqlite_stages: Callable[[Steps], Path]) -> Path:
    return sqlite_stages(())


@pytest.fixture(scope="session")
def postgres_stages(postgres_url: str, empty_postgres: str) -> Iterator[Callable[[Steps], str]]:
    """The same as databases; the address of each."""
    made: list[str] = []

    @cache
    def stage(steps: Steps) -> str:
        before = stage(steps[:-1]) if steps else empty_postgres
        fill = partial(take, steps[-1]) if steps else World.people
        made.append(fresh_database(postgres_url, template=before))
        engine = database.connect(made[-1])
        with time_machine.travel(TODAY, tick=False):  # two hubs of one history are the same
            fill(World(engine))
        engine.dispose()
        return made[-1]

    yield stage
    for url in made:
        drop_database(postgres_url, url)


def steps_of(request: pytest.FixtureRequest) -> Steps:
    """`@pytest.mark.begins_with("en", "fr")`: how the world of this test begins."""
    mark = request.node.get_closest_marker("begins_with")
    return mark.args if mark else ()


@pytest.fixture
def sqlite_world(
    request: pytest.FixtureRequest, sqlite_stages: Callable[[Steps], Path], tmp_path: Path
) -> Iterator[World]:
    """A hub with people of every role, on SQLite, for what any database does alike.

    It is empty, or has what the test is marked with: see tests/copies.py.
    """
    path = tmp_path / "content.db"
    shutil.copyfile(sqlite_stages(steps_of(request)), path)
    engine = database.connect(f"sqlite:///{path}")
    yield World(engine)
    engine.dispose()


@pytest.fixture
def postgres_world(request: pytest.FixtureRequest, postgres_url: str) -> Iterator[World]:
    stage = request.getfixturevalue("postgres_stages")(steps_of(request))
    url = fresh_database(postgres_url, template=stage)
    engine = database.connect(url)
    yield World(engine)
    engine.dispose()
    drop_database(postgres_url, url)


@pytest.fixture(params=["sqlite", "postgres"])
def world(request: pytest.FixtureRequest) -> World:
    """The same; every test that asks for it runs on both kinds."""
    made: World = request.getfixturevalue(f"{request.param}_world")
    return made
