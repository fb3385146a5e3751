"""Invariants 2, 4, 9 and 10 hold against a raw SQL session, too."""

from collections.abc import Mapping, Sequence

import pytest
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError, NotSupportedError

from tests.invariants import rows
from tests.invariants.attacks import EMPTIED, FOUR_EYES, FROZEN, REPLACING
from tests.invariants.invariants import require
from tests.world import TEXT, World, page

#: A trigger, a constraint; PostgreSQL's word for emptying a table that another refers to.
REFUSALS = (IntegrityError, NotSupportedError)
CHANGED = TEXT.replace("2000", "1000").replace("4 of 10", "5 of 10").replace("nerves", "nerve")


def suggesting(po: str) -> str:
    """The file without its snapshot: what it has is kept as suggestions."""
    lines = [line for line in po.splitlines() if "X-Hub-Snapshot" not in line]
    return "\n".join(lines).replace("fr – ", "autrement – ") + "\n"


@pytest.fixture
def busy(world: World) -> World:
    """A hub with a version in every state that a script could be after."""
    world.publish_page()
    world.publish_translation("fr")
    world.upload("fr", suggesting(world.pull("fr")))
    world.write(page(CHANGED, summary="Other numbers"))
    world.submit("treatment")
    world.review_all("treatment")
    world.submit("benefits")
    world.review_all("benefits")
    world.sign(world.open_statement("benefits"), "board-1")
    return world


def survives(connection: Connection, statements: Sequence[str]) -> bool:
    """Whether all but the last statement pass and the last one is refused."""
    of_bytes = "BLOB" if connection.dialect.name == "sqlite" else "BYTEA"
    *first, last = (one.replace("{bytes}", of_bytes) for one in statements)
    with connection.begin() as transaction:
        for statement in first:
            connection.exec_driver_sql(statement)
        try:
            connection.exec_driver_sql(last)
        except REFUSALS:  # and no mistake in the statement
            return True
        finally:
            transaction.rollback()
    return False


def went_through(engine: Engine, attacks: Mapping[str, Sequence[str]]) -> list[str]:
    """The attacks that nothing refused, each tried in a transaction of its own."""
    with engine.connect() as connection:
        return [name for name, steps in attacks.items() if not survives(connection, steps)]


def without_foreign_keys(engine: Engine, attacks: Mapping[str, Sequence[str]]) -> list[str]:
    """The same from a session as `sqlite3 content.db` opens it: foreign keys are off there."""
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys=OFF")
        found = [name for name, steps in attacks.items() if not survives(connection, steps)]
        connection.invalidate()
        return found


def test_four_eyes_hold_against_a_raw_sql_session(busy: World) -> None:
    """4. Four eyes hold against the API, the CLI and a raw SQL session."""
    before = rows.of(busy.engine)

    assert went_through(busy.engine, FOUR_EYES) == []
    if busy.engine.dialect.name == "sqlite":
        assert without_foreign_keys(busy.engine, FOUR_EYES) == []
        assert without_foreign_keys(busy.engine, FROZEN) == []

    assert rows.of(busy.engine) == before


def test_what_is_frozen_stays_so_against_a_raw_sql_session(busy: World) -> None:
    """2 and 9. Bytes never change; ledger, release and document rows refuse UPDATE and DELETE."""
    assert went_through(busy.engine, FROZEN) == []
    require(busy)


def test_no_row_is_pushed_aside_and_no_table_emptied(busy: World) -> None:
    """2, 4 and 9. REPLACE in SQLite and TRUNCATE in PostgreSQL ask no DELETE trigger."""
    if busy.engine.dialect.name == "sqlite":
        assert went_through(busy.engine, REPLACING) == []
        assert without_foreign_keys(busy.engine, REPLACING) == []
        return
    emptied = {name: [f'TRUNCATE "{name}"'] for name in EMPTIED}
    cascading = {name: [f'TRUNCATE "{name}" CASCADE'] for name in EMPTIED}
    assert went_through(busy.engine, emptied) == []
    assert went_through(busy.engine, cascading) == []
