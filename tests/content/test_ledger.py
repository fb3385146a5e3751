"""The ledger: rows follow from each other, and whoever changes one is found out by its number."""

import json
import threading
from hashlib import sha256

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from content import ledger
from content.database import reading, writing
from content.ledger import NOTHING_BEFORE, Breach, LedgerRow, Walk
from tests.tampering import tamper

CHANGED = "it was changed after it was written"
NOT_FOLLOWING = "it does not follow from the row before it"
MISSING = "this row is missing"


def write(engine: Engine, rows: int = 5) -> None:
    with writing(engine) as session:
        for number in range(1, rows + 1):
            ledger.append(
                session,
                actor="ada",
                event="version.saved",
                subject=f"benefits/en/{number}",
                detail={"text": "déjà vu", "number": number},
            )


def breach(engine: Engine) -> Breach | None:
    with reading(engine) as session:
        return ledger.verify(session)


def test_an_empty_ledger_holds_together(engine: Engine) -> None:
    assert breach(engine) is None


def test_rows_follow_from_each_other_as_anybody_can_compute(engine: Engine) -> None:
    write(engine, rows=2)

    with reading(engine) as session:
        one, two = (session.get_one(LedgerRow, seq) for seq in (1, 2))
    for row, previous in ((one, NOTHING_BEFORE), (two, one.hash)):
        fields = {
            "actor": "ada",
            "at": row.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "detail": {"number": row.seq, "text": "déjà vu"},
            "event": "version.saved",
            "previous": previous,
            "seq": row.seq,
            "subject": f"benefits/en/{row.seq}",
        }
        canonical = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert row.hash == sha256(canonical.encode()).hexdigest()
    assert breach(engine) is None


def test_numbers_are_dense_whoever_writes_at_once(engine: Engine) -> None:
    barrier = threading.Barrier(4)

    def append() -> None:
        barrier.wait()
        for _ in range(4):
            write(engine, rows=1)

    threads = [threading.Thread(target=append) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with reading(engine) as session:
        numbers = session.execute(text("SELECT seq FROM ledger ORDER BY seq")).scalars().all()
    assert numbers == list(range(1, 17))
    assert breach(engine) is None


def test_a_number_given_up_with_its_change_is_given_again(engine: Engine) -> None:
    write(engine, rows=1)

    def given_up() -> None:
        with writing(engine) as session:
            ledger.append(session, actor="ada", event="x", subject="y", detail={})
            raise ValueError("given up")

    with pytest.raises(ValueError, match="given up"):
        given_up()
    write(engine, rows=1)

    with reading(engine) as session:
        assert session.execute(text("SELECT max(seq) FROM ledger")).scalar() == 2
    assert breach(engine) is None


def test_the_database_refuses_to_change_a_row(engine: Engine) -> None:
    write(engine)

    for statement in (
        "UPDATE ledger SET actor = 'eve' WHERE seq = 3",
        "DELETE FROM ledger WHERE seq = 5",
        "DELETE FROM ledger",
    ):
        with (
            pytest.raises(DBAPIError, match="ledger is append-only"),
            engine.begin() as connection,
        ):
            connection.execute(text(statement))
    assert breach(engine) is None


def test_postgresql_refuses_to_empty_the_table(postgres_engine: Engine) -> None:
    write(postgres_engine)

    with (
        pytest.raises(DBAPIError, match="ledger is append-only"),
        postgres_engine.begin() as connection,
    ):
        connection.exec_driver_sql("TRUNCATE ledger")


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE ledger SET actor = 'eve' WHERE seq = 3", Breach(3, CHANGED)),
        ("UPDATE ledger SET event = 'version.begun' WHERE seq = 3", Breach(3, CHANGED)),
        ("UPDATE ledger SET subject = 'risks/en/3' WHERE seq = 3", Breach(3, CHANGED)),
        ("UPDATE ledger SET at = '2020-01-01 00:00:00+00' WHERE seq = 3", Breach(3, CHANGED)),
        ("UPDATE ledger SET detail = '{}' WHERE seq = 1", Breach(1, CHANGED)),
        ("UPDATE ledger SET detail = '{no JSON' WHERE seq = 5", Breach(5, CHANGED)),
        ("UPDATE ledger SET detail = '[1E400]' WHERE seq = 5", Breach(5, CHANGED)),
        ("UPDATE ledger SET detail = detail || ' ' WHERE seq = 4", Breach(4, CHANGED)),
        (
            """UPDATE ledger SET detail = replace(detail, '{', '{"number"\\:7,') WHERE seq = 4""",
            Breach(4, CHANGED),
        ),
        ("UPDATE ledger SET hash = previous WHERE seq = 2", Breach(2, CHANGED)),
        ("UPDATE ledger SET previous = hash WHERE seq = 2", Breach(2, NOT_FOLLOWING)),
        ("DELETE FROM ledger WHERE seq = 1", Breach(1, MISSING)),
        ("DELETE FROM ledger WHERE seq = 3", Breach(3, MISSING)),
        ("DELETE FROM ledger WHERE seq IN (2, 3, 4)", Breach(2, MISSING)),
        ("UPDATE ledger SET seq = 6 WHERE seq = 5", Breach(5, MISSING)),
        (
            "UPDATE ledger SET subject = CASE seq WHEN 2 THEN 'benefits/en/3' ELSE 'benefits/en/2'"
            " END WHERE seq IN (2, 3)",
            Breach(2, CHANGED),
        ),
        (
            "INSERT INTO ledger SELECT 0, at, actor, event, subject, detail, previous, hash "
            "FROM ledger WHERE seq = 1",
            Breach(1, MISSING),  # where row 1 should stand, another one does
        ),
        (
            "INSERT INTO ledger SELECT 6, at, actor, event, subject, detail, previous, hash "
            "FROM ledger WHERE seq = 5",
            Breach(6, NOT_FOLLOWING),
        ),
    ],
)
def test_each_kind_of_change_is_found_at_its_row(
    sqlite_engine: Engine, statement: str, found: Breach
) -> None:
    write(sqlite_engine)

    tamper(sqlite_engine, statement)

    assert breach(sqlite_engine) == found


def test_a_row_changed_with_its_hash_is_found_at_the_next(engine: Engine) -> None:
    write(engine)
    with reading(engine) as session:
        row = session.get_one(LedgerRow, 3)
        row.actor = "eve"
        forged = ledger.row_hash(row)

    tamper(engine, f"UPDATE ledger SET actor = 'eve', hash = '{forged}' WHERE seq = 3")
    assert breach(engine) == Breach(4, NOT_FOLLOWING)

    with engine.begin() as connection:
        connection.execute(text("DELETE FROM ledger WHERE seq = 2"))
    assert breach(engine) == Breach(2, MISSING)


@pytest.mark.parametrize("rows_at_a_time", [1, 2, 5_000])
def test_every_row_is_looked_at_however_many_are_read_at_a_time(
    sqlite_engine: Engine, rows_at_a_time: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "VERIFY_ROWS", rows_at_a_time)
    write(sqlite_engine)
    assert breach(sqlite_engine) is None

    tamper(sqlite_engine, "UPDATE ledger SET actor = 'eve' WHERE seq = 5")

    assert breach(sqlite_engine) == Breach(5, CHANGED)


@pytest.mark.parametrize("value", ["'yesterday'", "''", "x'00'"])
@pytest.mark.parametrize("seq", [1, 4])
def test_a_row_that_sqlite_cannot_even_read_is_named(
    sqlite_engine: Engine, seq: int, value: str
) -> None:
    write(sqlite_engine)

    tamper(sqlite_engine, f"UPDATE ledger SET at = {value} WHERE seq = {seq}")

    assert breach(sqlite_engine) == Breach(seq, CHANGED)


def test_a_row_nested_until_no_reader_follows_is_named(sqlite_engine: Engine) -> None:
    write(sqlite_engine)

    tamper(sqlite_engine, f"UPDATE ledger SET detail = '{'[' * 50_000}' WHERE seq = 2")

    assert breach(sqlite_engine) == Breach(2, CHANGED)


def walk(engine: Engine, rows_max: int | None = None) -> Walk:
    with reading(engine) as session:
        return ledger.walk(session, rows_max)


def head(engine: Engine, seq: int) -> str:
    with reading(engine) as session:
        return session.get_one(LedgerRow, seq).hash


@pytest.mark.parametrize(("rows_max", "first"), [(None, 1), (5, 1), (6, 1), (4, 2), (1, 5)])
def test_the_newest_rows_are_walked_and_it_is_said_which(
    engine: Engine, rows_max: int | None, first: int
) -> None:
    write(engine)
    assert walk(engine, rows_max) == Walk(first, 5, head(engine, 5), None)


@pytest.mark.parametrize("rows_max", [None, 3])
def test_of_an_empty_ledger_nothing_is_walked(engine: Engine, rows_max: int | None) -> None:
    assert walk(engine, rows_max) == Walk(1, 0, NOTHING_BEFORE, None)


def test_a_walk_says_how_far_the_rows_hold(sqlite_engine: Engine) -> None:
    write(sqlite_engine)
    tamper(sqlite_engine, "UPDATE ledger SET actor = 'eve' WHERE seq = 4")
    assert walk(sqlite_engine, 3) == Walk(3, 3, head(sqlite_engine, 3), Breach(4, CHANGED))
    # What lies before is not looked at, but for the hash that the first row follows from.
    assert walk(sqlite_engine, 1).breach is None
    tamper(sqlite_engine, "UPDATE ledger SET hash = previous WHERE seq = 2")
    assert walk(sqlite_engine, 3).breach == Breach(3, NOT_FOLLOWING)
    tamper(sqlite_engine, "DELETE FROM ledger WHERE seq = 2")
    assert walk(sqlite_engine, 3).breach == Breach(2, MISSING)
