"""One writer at a time, readers of one moment, and nothing left behind, on both databases."""

import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session, SQLModel, col, func, select

from content import database
from content.database import connect, insert_all, reading, require_safe_sqlite, writing
from content.errors import HubIsBusy, SqliteTooOld
from content.people import person
from content.people.person import Person
from content.records.section import Section
from tests.reader import TODAY


def add(session: Session, person_id: str) -> None:
    person.add(session, name="Ada", organisation="MSIF", by="operator", person_id=person_id)


def people(session: Session) -> int:
    return session.exec(select(func.count()).select_from(Person)).one()


def count(engine: Engine) -> int:
    with reading(engine) as session:
        return people(session)


def test_sqlite_keeps_foreign_keys_a_log_and_every_commit(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as one, sqlite_engine.connect() as other:
        for connection in (one, other):
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("foreign_keys", "journal_mode", "synchronous", "busy_timeout")
            }
            assert found == {
                "foreign_keys": 1,
                "journal_mode": "wal",
                "synchronous": 2,  # FULL
                "busy_timeout": 5_000,
            }


def test_a_library_that_could_corrupt_the_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pysqlite3.dbapi2, "sqlite_version_info", (3, 51, 2))

    with pytest.raises(SqliteTooOld, match="install pysqlite3") as refused:
        connect(f"sqlite:///{tmp_path / 'content.db'}")

    assert refused.value.context == {"found": "3.51.2"}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 52, 0), (4, 0, 0)])
def test_a_mended_library_is_taken(version: tuple[int, ...]) -> None:
    require_safe_sqlite(version)


@pytest.mark.parametrize("version", [(3, 7, 0), (3, 40, 1), (3, 51), (3, 51, 2)])
def test_older_ones_are_not(version: tuple[int, ...]) -> None:
    with pytest.raises(SqliteTooOld):
        require_safe_sqlite(version)


def test_the_folder_of_the_file_is_made(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/var/hub/content.db")
    with engine.connect():
        pass
    engine.dispose()

    assert (tmp_path / "var" / "hub" / "content.db").exists()


def test_a_second_writer_is_told_that_the_hub_is_busy(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 50)

    with writing(engine) as first:
        add(first, "first")
        with pytest.raises(HubIsBusy, match="try again in a moment"), writing(engine) as second:
            add(second, "second")

    assert count(engine) == 1
    with writing(engine) as later:
        add(later, "second")
    assert count(engine) == 2


def test_writers_wait_for_each_other_and_nobody_reads_what_is_not_committed(
    engine: Engine,
) -> None:
    """Each writes what it read plus one; a lost update would show as a smaller number."""
    with writing(engine) as session:
        add(session, "counter")
        person.find(session, "counter").name = "0"
    barrier = threading.Barrier(3)

    def count_on() -> None:
        barrier.wait()
        for _ in range(5):
            with writing(engine) as session:
                row = person.find(session, "counter")
                row.name = str(int(row.name) + 1)

    threads = [threading.Thread(target=count_on) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with reading(engine) as session:
        assert person.find(session, "counter").name == "15"


def test_a_change_that_ends_badly_leaves_nothing(engine: Engine) -> None:
    def interrupted(accident: type[BaseException]) -> None:
        with writing(engine) as session:
            add(session, "ada")
            raise accident

    for accident in (ValueError, KeyboardInterrupt):
        with pytest.raises(accident):
            interrupted(accident)
        assert count(engine) == 0

    with writing(engine) as session:
        add(session, "ada")
    assert count(engine) == 1


def test_a_change_that_the_database_refuses_leaves_nothing(engine: Engine) -> None:
    def refused() -> None:
        with writing(engine) as session:
            add(session, "ada")
            session.execute(text("INSERT INTO role_grant VALUES ('nobody', 'board', '')"))

    with pytest.raises(DBAPIError):
        refused()
    assert count(engine) == 0


def test_an_error_of_the_database_that_is_no_waiting_stays_what_it_is(
    sqlite_engine: Engine,
) -> None:
    with pytest.raises(OperationalError, match="no such table"), writing(sqlite_engine) as session:
        session.execute(text("SELECT 1 FROM nowhere"))


def test_a_reader_sees_one_moment(engine: Engine) -> None:
    with reading(engine) as session:
        assert people(session) == 0
        with writing(engine) as writer:
            add(writer, "ada")
        assert people(session) == 0

    assert count(engine) == 1


def test_what_a_reader_writes_is_not_kept(engine: Engine) -> None:
    with reading(engine) as session:
        try:
            add(session, "ada")
        except DBAPIError:
            session.rollback()  # PostgreSQL refuses at once, SQLite lets it vanish

    assert count(engine) == 0
    with writing(engine) as writer:
        add(writer, "ada")
    assert count(engine) == 1


def test_many_rows_are_written_at_once_as_they_would_be_one_by_one(engine: Engine) -> None:
    at = datetime.fromisoformat(TODAY)
    told: list[dict[str, Any]] = [
        {"slug": f"section-{number}", "source_locale": "en", "page": "page", "created_at": at}
        for number in range(3)
    ]
    with writing(engine) as session:
        session.add(Section(**told[0] | {"slug": "alone"}))
        session.flush()
        insert_all(session.connection(), SQLModel.metadata.tables["section"], told)

    with reading(engine) as session:
        rows = session.exec(select(Section).order_by(col(Section.slug))).all()
    alone, *together = [row.model_dump() for row in rows]
    assert together == [alone | {"slug": one["slug"]} for one in told]
