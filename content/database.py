"""Engines and sessions for SQLite and PostgreSQL.

There is one writer at a time, on both: SQLite by BEGIN IMMEDIATE, PostgreSQL by an advisory lock
taken at the start of each writing transaction. A verb that reads and then writes therefore sees
what it read, and sequence numbers come out dense and in order of commit.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2
from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, SQLModel

from content.errors import HubIsBusy, SqliteTooOld
from content.generation_word import GenerationWord

#: Threads of the server, and connections for them.
CONNECTIONS_MAX = 40
#: How long a writer waits for the one before it, in milliseconds.
BUSY_TIMEOUT_MS = 5_000
#: The first SQLite without the WAL-reset corruption bug.
SQLITE_VERSION_MIN = (3, 51, 3)
#: Under what name an engine knows its word.
WORD = "msif_word"
#: Any number, the same for every process: the lock of the one writer.
WRITER_LOCK = 4_773_246

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def connect(url: str, word: GenerationWord | None = None) -> Engine:
    """An engine for `url`; `word` changes after each of its commits.

    Raises SqliteTooOld where the library could corrupt the file.
    """
    is_sqlite = make_url(url).get_backend_name() == "sqlite"
    engine = _connect_sqlite(url) if is_sqlite else _connect_postgresql(url)
    engine.update_execution_options(**{WORD: word})
    return engine


def _connect_postgresql(url: str) -> Engine:
    engine = create_engine(url, pool_size=CONNECTIONS_MAX, max_overflow=0, pool_pre_ping=True)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def require_safe_sqlite(version: tuple[int, ...]) -> None:
    if version < SQLITE_VERSION_MIN:
        raise SqliteTooOld(found=".".join(map(str, version)))


def _connect_sqlite(url: str) -> Engine:
    require_safe_sqlite(pysqlite3.dbapi2.sqlite_version_info)
    Path(make_url(url).database or "").parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, module=pysqlite3.dbapi2, pool_size=CONNECTIONS_MAX, max_overflow=0)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # no BEGIN of the driver's: ours says IMMEDIATE
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "foreign_keys=ON",
        "journal_mode=WAL",
        "synchronous=FULL",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("msif_writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("msif_writing"):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {BUSY_TIMEOUT_MS}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one moment of the database and writes nothing."""
    options: dict[str, Any] = {}
    if engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with Session(engine.execution_options(**options), autoflush=False) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session that commits when the block ends well, and leaves nothing when it does not.

    Raises HubIsBusy after BUSY_TIMEOUT_MS of waiting for another writer.
    """
    with _committing(engine.execution_options(msif_writing=True)) as session:
        yield session


@contextmanager
def queueing(engine: Engine) -> Iterator[Session]:
    """The same for a queue of work, whose rows are locked one by one: on PostgreSQL several at a
    time, beside the one writer. Never for what is numbered without a gap: ledger, releases.

    Raises HubIsBusy.
    """
    alone = engine.dialect.name == "sqlite"
    with _committing(engine.execution_options(msif_writing=alone)) as session:
        yield session


@contextmanager
def _committing(engine: Engine) -> Iterator[Session]:
    try:
        with Session(engine, expire_on_commit=False) as session:
            session.connection()  # takes the writer's place before anything is read
            yield session
            session.commit()
        word: GenerationWord | None = engine.get_execution_options().get(WORD)
        if word is not None:
            word.change()
    except OperationalError as error:
        if _waited_in_vain(error.orig):
            raise HubIsBusy from error
        raise


def _waited_in_vain(error: object) -> bool:
    # PostgreSQL says so in the operator's language, but by one code (55P03 lock_not_available).
    return getattr(error, "sqlstate", None) == "55P03" or "database is locked" in str(error)


def insert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write many rows, each with a value for every column.

    SQLAlchemy would turn each value of each row into what the driver takes, and need as long for it
    as the database to store them. Here each different value of a column is turned once.
    """
    names = table.columns.keys()
    columns = [_for_driver(connection, table, name, [row[name] for row in rows]) for name in names]
    values: list[Any] = list(zip(*columns, strict=True))
    if not connection.dialect.positional:
        values = [dict(zip(names, row, strict=True)) for row in values]
    statement = table.insert().inline().compile(dialect=connection.dialect, column_keys=names)
    connection.exec_driver_sql(str(statement), values)


def _for_driver(connection: Connection, table: Table, name: str, values: list[Any]) -> list[Any]:
    kind = table.columns[name].type.dialect_impl(connection.dialect)
    turned = kind.bind_processor(connection.dialect)
    if turned is None:
        return values
    known = {value: turned(value) for value in set(values)}
    return [known[value] for value in values]
