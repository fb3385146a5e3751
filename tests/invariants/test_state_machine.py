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
from tests.copies import filled
from tests.invariants.machine import BEGINNINGS, START, Workflow
from tests.postgres import drop_database, fresh_database
from tests.world import World

#: What has to become of some version in a run, or the run proves little.
STATES = ("in_force", "superseded", "withdrawn", "carried and sign_off")
#: Rounds of the quick run, until each of the STATES was seen.
ROUNDS_MAX = 8
#: What has to occur besides in a long one.
RARE = (
    "in_review",
    "abandoned",
    "approved",
    "carried and in_force",
    "carried and abandoned",
    "confirm",
    "object",
    "sign rejection",
    "sign recusal",
    "review return",
    "review recuse",
    "push, one fuzzy left",
)


def run(machine: type[Workflow], examples: int, steps: int) -> Counter[str]:
    """Raises where an invariant broke; else what occurred."""
    machine.seen = Counter()
    run_state_machine_as_test(
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
    for beginning, (before, go_on) in BEGINNINGS.items():
        source = folder / f"{before}.db" if before else empty_sqlite
        filled(source, folder / f"{beginning}.db", go_on, at=START)
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
    templates = {"": empty_postgres}
    for beginning in ("empty", "published", "translated", "waiting"):
        before, go_on = BEGINNINGS[beginning]
        templates[beginning] = fresh_database(postgres_url, template=templates[before])
        engine = database.connect(templates[beginning])
        with time_machine.travel(START, tick=False):
            go_on(World(engine))
        engine.dispose()

    @contextmanager
    def copied(beginning: str) -> Iterator[Engine]:
        url = fresh_database(postgres_url, template=templates[beginning])
        engine = database.connect(url)
        yield engine
        engine.dispose()
        drop_database(postgres_url, url)

    deep = {"database": staticmethod(copied), "beginnings": ("translated", "waiting")}
    yield type("OnPostgres", (Workflow,), deep)
    del templates[""]
    for url in templates.values():
        drop_database(postgres_url, url)


@pytest.mark.timeout(900)  # to say in few steps what broke takes longer than to break it
def test_random_people_break_nothing_on_sqlite(sqlite_machine: type[Workflow]) -> None:
    seen: Counter[str] = Counter()
    # Chance can keep one round away from a state; eight in a row mean that it cannot be reached.
    for _ in range(ROUNDS_MAX):
        seen += run(sqlite_machine, examples=12, steps=20)
        if all(seen[name] for name in STATES):
            break

    assert [name for name in STATES if not seen[name]] == [], sorted(seen.items())


@pytest.mark.timeout(900)
def test_random_people_break_nothing_on_postgres(postgres_machine: type[Workflow]) -> None:
    seen = run(postgres_machine, examples=5, steps=15)

    assert seen["in_force"]


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_many_random_people_break_nothing(sqlite_machine: type[Workflow]) -> None:
    seen = run(sqlite_machine, examples=200, steps=50)

    assert [name for name in STATES + RARE if not seen[name]] == [], sorted(seen.items())
