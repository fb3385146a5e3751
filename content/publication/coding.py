"""Codings of the stored answers: derived of their bytes, and made beside publication, never in it.

Until an answer has its codings it is sent as it is, which is always right. They are kept under the
answer's tag, and go in the transaction in which the last answer of these bytes goes: a withdrawn
text does not live on here.
"""

from collections.abc import Collection, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import Field, Session, SQLModel, col, delete, exists, insert, select

from content.database import reading, writing
from content.publication import compression, generation
from content.publication.answer import etag as tag_of

#: Answers whose codings are written in one transaction; made outside of it.
BATCH = 16

#: The answers that there are. The package `representation` stands on this one.
_ANSWERS = sa.table(
    "representation", sa.column("etag"), sa.column("body"), sa.column("seq"), sa.column("path")
)


class Coding(SQLModel, table=True):
    """The bytes of an answer in one content coding. Derived: goes with the answer."""

    __tablename__ = "coding"

    #: Of the answer as it is, which is made from its bytes.
    etag: str = Field(primary_key=True)
    #: One of compression.NAMES.
    name: str = Field(primary_key=True)
    #: None where they would not be fewer.
    body: bytes | None


def of(session: Session, tag: str, body: bytes) -> dict[str, bytes]:
    """The codings there are of an answer, by name. What does not open to its bytes is left out."""
    rows = session.exec(
        select(Coding.name, Coding.body).where(
            col(Coding.etag) == tag, col(Coding.body).is_not(None)
        )
    )
    return {name: made for name, made in rows if made and compression.holds(name, made, body)}


def missing(session: Session, limit: int = BATCH) -> list[tuple[str, bytes]]:
    """(tag, body) of answers that have no codings yet, the newest first."""
    coded = exists().where(
        col(Coding.etag) == _ANSWERS.c.etag, col(Coding.name) == compression.NAMES[0]
    )
    rows = session.connection().execute(
        sa.select(_ANSWERS.c.etag, _ANSWERS.c.body)
        .where(~coded)
        .order_by(_ANSWERS.c.seq.desc(), _ANSWERS.c.path)
        .limit(limit)
    )
    found = {row.etag: row.body for row in rows}
    # Bytes that somebody changed are made anew before they are served; they get no codings.
    return [(tag, body) for tag, body in found.items() if tag_of(body) == tag]


def made(tag: str, body: bytes) -> Iterator[Coding]:
    for name in compression.NAMES:
        yield Coding(etag=tag, name=name, body=compression.compress(name, body))


def keep(session: Session, codings: Collection[Coding]) -> int:
    """Store what is still wanted, for an answer may be gone, or another faster; how many rows."""
    tags = {one.etag for one in codings}
    answers = sa.select(_ANSWERS.c.etag).where(_ANSWERS.c.etag.in_(tags))
    wanted = set(session.connection().scalars(answers))
    there = session.exec(select(Coding.etag).where(col(Coding.etag).in_(tags)))
    wanted.difference_update(there.all())
    rows = [one.model_dump() for one in codings if one.etag in wanted]
    if rows:
        session.connection().execute(insert(Coding), rows)
    return len(rows)


def let_go(session: Session, tags: Collection[str]) -> None:
    """Remove the codings of those of these tags that no answer has any more."""
    if tags:
        gone = delete(Coding).where(col(Coding.etag) == sa.bindparam("gone"), _orphaned())
        session.connection().execute(gone, [{"gone": tag} for tag in tags])


def fill(engine: Engine) -> int:
    """Make what is missing of one batch of answers; how many rows came of it.

    Nothing is held while they are made, so a writer waits for none of it. Several processes may do
    the same at once.
    """
    with reading(engine) as session:
        found = missing(session, BATCH + 1)
    is_last = len(found) <= BATCH
    found = found[:BATCH]
    codings = [one for tag, body in found for one in made(tag, body)]
    if not codings:
        return 0
    with writing(engine) as session:
        rows = keep(session, codings)
        if rows and is_last:
            # Whoever keeps answers in memory takes them up, once for all batches.
            generation.step(session)
        return rows


def fill_all(engine: Engine) -> int:
    """The same until nothing is missing; how many answers have codings that had none."""
    count = 0
    while rows := fill(engine):
        count += rows
    return count // len(compression.NAMES)


def wrong(session: Session) -> list[str]:
    """Tags with a coding that does not open to its answer's bytes, or that is of no answer."""
    table = SQLModel.metadata.tables["coding"]
    both = table.outerjoin(_ANSWERS, table.c.etag == _ANSWERS.c.etag)
    rows = session.connection().execute(
        sa.select(table, _ANSWERS.c.body.label("answer")).select_from(both)
    )
    return sorted({row.etag for row in rows if not _is_right(row)})


def mend(session: Session) -> int:
    """Remove what `wrong` finds, to be made anew; how many answers that is."""
    found = wrong(session)
    for tag in found:
        session.connection().execute(delete(Coding).where(col(Coding.etag) == tag))
    return len(found)


def _is_right(row: Any) -> bool:
    if row.answer is None:
        return False
    return row.body is None or compression.holds(row.name, row.body, row.answer)


def _orphaned() -> sa.ColumnElement[bool]:
    return ~exists().where(_ANSWERS.c.etag == col(Coding.etag))
