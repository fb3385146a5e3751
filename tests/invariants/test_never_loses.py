"""An upload never loses work: random histories of one catalogue, on SQLite."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Engine

from content import database
from content.database import writing
from content.people import person
from tests.copies import filled
from tests.invariants.losses import START, Losses
from tests.invariants.pages import Edition
from tests.world import World

#: What has to become of some entry in a run, or the run proves little.
CLASSES = ("updated", "unchanged", "conflict", "fuzzy", "blank", "refused", "undone")
#: Rounds of the quick run, until each of the CLASSES was seen.
ROUNDS_MAX = 4
#: What has to occur besides in a long one.
RARE = ("outdated", "unknown", "again")


def in_three_languages(world: World) -> None:
    world.people()
    world.publish_page(Edition().source())
    world.publish_translation("it")
    world.publish_translation("fr")
    with writing(world.engine) as session:
        person.add(session, name="Zoe", organisation="Z", by="operator", person_id="zoe")
        person.grant(session, "zoe", "translator:fr", by="operator")


@pytest.fixture(scope="session")
def catalogue_file(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three languages in force, and a second translator into French."""
    path = tmp_path_factory.mktemp("losses") / "content.db"
    return filled(empty_sqlite, path, in_three_languages, at=START)


@pytest.fixture
def machine(catalogue_file: Path, tmp_path: Path) -> type[Losses]:
    @contextmanager
    def copied() -> Iterator[Engine]:
        for old in tmp_path.glob("losses.db*"):
            old.unlink()
        shutil.copyfile(catalogue_file, tmp_path / "losses.db")
        engine = database.connect(f"sqlite:///{tmp_path / 'losses.db'}")
        yield engine
        engine.dispose()

    return type("OnSqlite", (Losses,), {"database": staticmethod(copied)})


def run(machine: type[Losses], examples: int, steps: int) -> Counter[str]:
    """Raises where a word was lost; else what occurred."""
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


@pytest.mark.timeout(900)  # to say in few steps what was lost takes longer than to lose it
def test_no_word_is_lost(machine: type[Losses]) -> None:
    seen: Counter[str] = Counter()
    for _ in range(ROUNDS_MAX):
        seen += run(machine, examples=8, steps=10)
        if all(seen[name] for name in CLASSES):
            break

    assert [name for name in CLASSES if not seen[name]] == [], sorted(seen.items())


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_no_word_is_lost_in_long_histories(machine: type[Losses]) -> None:
    seen = run(machine, examples=150, steps=30)

    assert [name for name in CLASSES + RARE if not seen[name]] == [], sorted(seen.items())
