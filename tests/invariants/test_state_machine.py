"""Random people try random verbs on random versions; after each step all invariants hold."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Engine

from content import database
from tests.invariants.machine import BEGINNINGS, START, Workflow, prepare
from tests.postgres import drop_database, fresh_database
from tests.world import World

#: What has to occur in a run, or it proves little.
DEEP = (
    "in_force",
    "superseded",
    "withdrawn",
    "abandoned",
    "carried forward",
    "carried forward, in force",
    "confirm",
    "object",
    "sign rejection",
    "sign recusal",
    "review return",
    "push, one fuzzy left",
)


def run(machine: type[Workflow], examples: int, steps: int) -> Counter[str]:
    """Raises where an invariant broke; else what occurred."""
    machine.seen = Counter()
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return machine.seen


@pytest.fixture(scope="session")
def sqlite_beginnings(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one database for each of the BEGINNINGS."""
    folder = tmp_path_factory.mktemp("beginnings")
    for beginning in BEGINNINGS:
        path = folder / f"{beginning}.db"
        shutil.copyfile(empty_sqlite, path)
        engine = database.connect(f"sqlite:///{path}")
        with time_machine.travel(START, tick=False):
            prepare(World(engine), beginning)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
    return folder


@pytest.fixture
def sqlite_machine(sqlite_beginnings: Path, tmp_path: Path) -> type[Workflow]:
    @contextmanager
    def copied(beginning: str) -> Iterator[Engine]:
        path = tmp_path / "machine.db"
        for old in tmp_path.glob("machine.db*"):
            old.unlink()
        shutil.copyfile(sqlite_beginnings / f"{beginning}.db", path)
        engine = database.connect(f"sqlite:///{path}")
        yield engine
        engine.dispose()

    return type("OnSqlite", (Workflow,), {"database": staticmethod(copied)})


@pytest.fixture
def postgres_machine(postgres_url: str, empty_postgres: str) -> Iterator[type[Workflow]]:
    templates: dict[str, str] = {}
    for beginning in BEGINNINGS:
        templates[beginning] = fresh_database(postgres_url, template=empty_postgres)
        engine = database.connect(templates[beginning])
        with time_machine.travel(START, tick=False):
            prepare(World(engine), beginning)
        engine.dispose()

    @contextmanager
    def copied(beginning: str) -> Iterator[Engine]:
        url = fresh_database(postgres_url, template=templates[beginning])
        engine = database.connect(url)
        yield engine
        engine.dispose()
        drop_database(postgres_url, url)

    yield type("OnPostgres", (Workflow,), {"database": staticmethod(copied)})
    for url in templates.values():
        drop_database(postgres_url, url)


def test_random_people_break_nothing_on_sqlite(sqlite_machine: type[Workflow]) -> None:
    seen = run(sqlite_machine, examples=30, steps=30)

    assert [name for name in DEEP if not seen[name]] == [], sorted(seen.items())


def test_random_people_break_nothing_on_postgres(postgres_machine: type[Workflow]) -> None:
    seen = run(postgres_machine, examples=5, steps=15)

    assert seen["in_force"]


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_many_random_people_break_nothing(sqlite_machine: type[Workflow]) -> None:
    seen = run(sqlite_machine, examples=400, steps=60)

    assert [name for name in DEEP if not seen[name]] == [], sorted(seen.items())
