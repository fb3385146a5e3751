"""The index: kept in the transaction that changes what is in force, and made anew from the rest.

`search_entry` holds the texts as written, for snippets; `search_words` their folded words, as each
database searches them. A text that is out of force is in neither from that moment on.
"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, text
from sqlmodel import Session, col, select

from content.publication.answer import Answer
from content.publication.search import entry, fts5, tsvector
from content.publication.search.entry import Entry

Row = dict[str, Any]
#: Entries of which the words are made anew at a time.
BATCH = 500
HAS_WORDS = "EXISTS (SELECT 1 FROM search_words w WHERE w.rowid = search_entry.id) AS has_words"


def keep(session: Session, slugs: Collection[str], answers: Iterable[Answer]) -> set[str]:
    """Let the index say of these sections what their answers say; the paths that it had wrong."""
    session.flush()
    connection = session.connection()
    standing, made = _standing(connection, slugs), _made(answers)
    wrong = _wrong(standing, made)
    _remove(connection, [standing[path]["id"] for path in sorted(wrong & standing.keys())])
    _add(connection, [made[path] for path in sorted(wrong & made.keys())])
    return wrong


def differing(session: Session, slugs: Collection[str], answers: Iterable[Answer]) -> set[str]:
    """Paths of which the index does not say what their answers say. Changes nothing."""
    return _wrong(_standing(session.connection(), slugs), _made(answers))


def remake(session: Session) -> None:
    """Fold every word anew: for a program that folds in another way than the one before it."""
    connection = session.connection()
    connection.execute(text("DELETE FROM search_words"))
    kept = connection.execute(select(Entry).execution_options(yield_per=BATCH)).mappings()
    for rows in kept.partitions():
        _words(connection.dialect.name).write(connection, [dict(row) for row in rows])


def is_unfilled(session: Session) -> bool:
    """Whether it is empty though there is something to search: after an upgrade, for once."""
    if session.exec(select(Entry.id).limit(1)).first() is not None:
        return False
    there = text("SELECT 1 FROM representation WHERE kind = 'section' LIMIT 1")
    return session.connection().execute(there).first() is not None


def _made(answers: Iterable[Answer]) -> dict[str, Row]:
    told = (entry.of_answer(answer) for answer in answers)
    return {row["path"]: row for row in told if row is not None}


def _standing(connection: Connection, slugs: Collection[str]) -> dict[str, Row]:
    """What the index says; an entry without its words says nothing."""
    found = select(Entry, text(HAS_WORDS)).where(col(Entry.section).in_(slugs))
    rows = [dict(row) for row in connection.execute(found).mappings()]
    return {row["path"]: row | ({} if row.pop("has_words") else {"path": ""}) for row in rows}


def _wrong(standing: dict[str, Row], made: dict[str, Row]) -> set[str]:
    told = {
        path: {name: value for name, value in row.items() if name != "id"}
        for path, row in standing.items()
    }
    return {path for path in told.keys() | made.keys() if told.get(path) != made.get(path)}


def _remove(connection: Connection, ids: list[int]) -> None:
    if ids:
        gone = [{"gone": one} for one in ids]
        connection.execute(text("DELETE FROM search_words WHERE rowid = :gone"), gone)
        connection.execute(delete(Entry).where(col(Entry.id) == bindparam("gone")), gone)


def _add(connection: Connection, rows: list[Row]) -> None:
    if not rows:
        return
    made = insert(Entry).returning(col(Entry.id), col(Entry.path))
    ids = {path: one for one, path in connection.execute(made, rows).all()}
    _words(connection.dialect.name).write(
        connection, [{**row, "id": ids[row["path"]]} for row in rows]
    )


def _words(dialect: str) -> Any:
    return fts5 if dialect == "sqlite" else tsvector
