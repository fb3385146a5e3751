"""The append-only, hash-chained record of everything that happened.

Each row's hash covers its own fields and the hash before it, so a row changed, removed or slipped
in breaks every row after it. Rows are written in the transaction of the change they record.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import rfc8785
from sqlalchemy import Index, insert, text
from sqlmodel import Field, Session, SQLModel, col, select

from content import clock
from content.transaction import known

#: What stands before the first row.
NOTHING_BEFORE = "0" * 64
#: Rows read at a time when the whole ledger is verified.
VERIFY_ROWS = 5_000
#: SQLite keeps whatever is put into a column; reading a time that is none raises one of these.
UNREADABLE = (ValueError, TypeError)
#: Rows are numbered from 1 on; one that is slipped in before them is found.
BEFORE_ALL = -1
#: What can be wrong with a row.
MISSING = "this row is missing"
NOT_FOLLOWING = "it does not follow from the row before it"
CHANGED = "it was changed after it was written"


#: Under what name a transaction knows the last row.
LAST_KEY = "ledger.last"
#: The row that the next one follows.
LAST = text("SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1")


class LedgerRow(SQLModel, table=True):
    """One thing that happened. Never changed and never deleted: a trigger refuses both."""

    __tablename__ = "ledger"
    # What one person did last, in a ledger of any length.
    __table_args__ = (Index("ix_ledger_actor_seq", "actor", "seq"),)

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    actor: str
    event: str = Field(index=True)
    subject: str = Field(index=True)
    #: Canonical JSON (RFC 8785).
    detail: str
    previous: str
    hash: str


@dataclass(frozen=True)
class Breach:
    """The first row at which the ledger stops holding together, and what is wrong with it."""

    seq: int
    what: str


@dataclass(frozen=True)
class Walk:
    """What was walked, and the first fault in it. Frozen."""

    first: int
    #: The last row that holds, and its hash. Before `first` where none does.
    last: int
    head: str
    breach: Breach | None


@dataclass(frozen=True)
class Event:
    """Something that happens now. `actor` is a person, `subject` what it happens to."""

    actor: str
    event: str
    subject: str
    detail: Mapping[str, Any]


def append(
    session: Session, *, actor: str, event: str, subject: str, detail: Mapping[str, Any]
) -> int:
    """Write one row and return its sequence number. Call it in the change's own transaction."""
    return append_all(session, [Event(actor, event, subject, detail)])


def append_all(session: Session, events: Iterable[Event]) -> int:
    """Write a row for each event, in their order, and return the sequence number of the last."""
    seq, previous = _last(session)
    at = clock.now()
    rows = []
    for one in events:
        seq += 1
        row = _row(one, seq, at, previous)
        previous = row["hash"]
        rows.append(row)
    session.flush()
    session.connection().execute(insert(LedgerRow), rows)
    known(session)[LAST_KEY] = (seq, previous)
    return seq


def _row(one: Event, seq: int, at: datetime, previous: str) -> dict[str, Any]:
    fields = {
        "seq": seq,
        "actor": one.actor,
        "event": one.event,
        "subject": one.subject,
        "previous": previous,
    }
    return fields | {
        "at": at,
        "detail": rfc8785.dumps(dict(one.detail)).decode(),
        "hash": _hash(fields | {"at": clock.stamp(at), "detail": dict(one.detail)}),
    }


def _last(session: Session) -> tuple[int, str]:
    """Sequence number and hash of the row that the next one follows.

    Remembered within a transaction: it is the one writer, so nobody else can append.
    """
    last = known(session).get(LAST_KEY) or session.connection().execute(LAST).first()
    seq, previous = last or (0, NOTHING_BEFORE)
    return seq, previous


def latest_of(session: Session, actor: str, rows: int) -> Sequence[LedgerRow]:
    """The last things that this actor did, the newest first."""
    return session.exec(
        select(LedgerRow)
        .where(col(LedgerRow.actor) == actor)
        .order_by(col(LedgerRow.seq).desc())
        .limit(rows)
    ).all()


def row_hash(row: LedgerRow) -> str:
    """Lowercase hex SHA-256 of the row's canonical JSON, its detail as an object."""
    return _hash(
        {
            "seq": row.seq,
            "at": clock.stamp(row.at),
            "actor": row.actor,
            "event": row.event,
            "subject": row.subject,
            "detail": json.loads(row.detail),
            "previous": row.previous,
        }
    )


def _hash(fields: dict[str, Any]) -> str:
    return sha256(rfc8785.dumps(fields)).hexdigest()


def verify(session: Session) -> Breach | None:
    """Walk the whole ledger; None where every row follows from the one before."""
    return walk(session).breach


def walk(session: Session, rows_max: int | None = None) -> Walk:
    """Walk the ledger, or the newest `rows_max` rows of it, and say how far it holds together."""
    first, before = _start(session, rows_max)
    seq, previous = first - 1, before
    what = None
    try:
        for row in _rows(session, seq if seq else BEFORE_ALL):
            what = _wrong(row, seq + 1, previous)
            if what is not None:
                break
            seq, previous = row.seq, row.hash
    except UNREADABLE:
        what = CHANGED
    return Walk(first, seq, previous, Breach(seq + 1, what) if what else None)


def _start(session: Session, rows_max: int | None) -> tuple[int, str]:
    """The first row to walk, and the hash that it has to follow from."""
    if rows_max is None:
        return 1, NOTHING_BEFORE
    last = session.connection().execute(LAST).first()
    before = max(0, (last.seq if last else 0) - rows_max)
    found = session.exec(select(LedgerRow.hash).where(col(LedgerRow.seq) == before)).first()
    return (before + 1, found) if before and found is not None else (1, NOTHING_BEFORE)


def _wrong(row: LedgerRow, seq: int, previous: str) -> str | None:
    if row.seq != seq:
        return MISSING
    if row.previous != previous:
        return NOT_FOLLOWING
    return CHANGED if _broken(row) else None


def _broken(row: LedgerRow) -> bool:
    try:
        # A key written twice is read as its last value by us, and as its first by others.
        as_written = rfc8785.dumps(json.loads(row.detail)).decode() == row.detail
        return not as_written or row.hash != row_hash(row)
    except (ValueError, RecursionError):
        return True


def _rows(session: Session, after: int) -> Iterator[LedgerRow]:
    limit = VERIFY_ROWS
    while True:
        try:
            rows = _rows_after(session, after, limit)
        except UNREADABLE:
            if limit == 1:
                raise
            limit = 1  # to name the one row that cannot be read
            continue
        if not rows:
            return
        yield from rows
        after = rows[-1].seq
        session.expunge_all()


def _rows_after(session: Session, seq: int, limit: int) -> Sequence[LedgerRow]:
    return session.exec(
        select(LedgerRow).where(col(LedgerRow.seq) > seq).order_by(col(LedgerRow.seq)).limit(limit)
    ).all()
