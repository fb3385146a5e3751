"""Recalls: a withdrawal, followed until every member that showed the text has acted.

There is one for each withdrawal, and it has the number of the withdrawal in the feed. Whoever
changes what a member shows opens first what was withdrawn meanwhile (`open_due`): so what members
showed at the time of a withdrawal is what they show until then, and no past lists are kept.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

import rfc8785
from sqlalchemy import ColumnElement, ScalarSelect, update
from sqlmodel import Field, Session, SQLModel, and_, col, func, select

from content import clock, ledger
from content.errors import BadInput, RecallNotFound, StateHasMoved
from content.people.actor import HUB, Actor
from content.people.role import Permission
from content.publication.release import Release
from content.review.declaration import CONTROL
from content.syndication import showing
from content.syndication.showing import Showing

#: Characters of the reason why a member's line is closed by hand.
REASON_MAX = 1_000


class Recall(SQLModel, table=True):
    """A withdrawal to follow. Never changed and never deleted: a trigger refuses both."""

    __tablename__ = "recall"

    #: The number of the withdrawal in the feed.
    seq: int = Field(
        primary_key=True,
        foreign_key="release.seq",
        sa_column_kwargs={"autoincrement": False},
    )
    section: str = Field(index=True)
    locale: str
    #: This version and all before it have to go.
    version: int
    at: datetime


class RecallLine(SQLModel, table=True):
    """One member in one recall, because it showed the text. Open until it says that it no longer
    does, or an editor closes it; open again where it shows the text again. Never deleted."""

    __tablename__ = "recall_line"

    recall: int = Field(primary_key=True, foreign_key="recall.seq")
    member: str = Field(primary_key=True, foreign_key="member.id", index=True)
    #: Canonical JSON: version, address and since when, of each page that showed it.
    showed: str
    #: Whether it showed the text when it was withdrawn; it may have begun later.
    at_withdrawal: bool
    #: When the member said that it no longer shows it.
    gone_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str | None = Field(default=None, foreign_key="person.id")
    reason: str | None = None

    @property
    def is_open(self) -> bool:
        return self.gone_at is None and self.closed_at is None

    @property
    def pages(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.showed)
        return found


def anything_due(session: Session) -> bool:
    """Whether something was withdrawn that is not followed yet."""
    return session.exec(_new_withdrawals().limit(1)).first() is not None


def open_due(session: Session) -> int:
    """Begin to follow what was withdrawn meanwhile; how many there were."""
    found = session.exec(_new_withdrawals()).all()
    for event in found:
        row = Recall(
            seq=event.seq,
            section=event.section or "",
            locale=event.locale or "",
            version=event.version,
            at=event.at,
        )
        session.add(row)
        session.flush()
        for member_id, shown in _showing_it(session, row).items():
            session.add(_line(row, member_id, shown, at_withdrawal=True))
        session.flush()
    return len(found)


def heard(session: Session, member_id: str) -> None:
    """A member has said what it shows: what is gone is gone, what is there has to go."""
    shown: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in showing.rows(session, member_id):
        shown[row.section, row.locale].append(row)
    lines = {
        line.recall: (line, recall)
        for line, recall in session.exec(
            select(RecallLine, Recall)
            .join(Recall, col(Recall.seq) == col(RecallLine.recall))
            .where(col(RecallLine.member) == member_id, col(RecallLine.closed_at).is_(None))
        )
    }
    for line, recall in lines.values():
        _hear(session, line, _of(recall, shown[recall.section, recall.locale]))
    closed = select(RecallLine.recall).where(
        col(RecallLine.member) == member_id, col(RecallLine.closed_at).is_not(None)
    )
    others = select(Recall).where(
        col(Recall.section).in_({section for section, _ in shown}),
        col(Recall.seq).not_in([*lines, *session.exec(closed)]),
    )
    for recall in session.exec(others.order_by(col(Recall.seq))).all():
        if still := _of(recall, shown[recall.section, recall.locale]):
            line = _line(recall, member_id, still, at_withdrawal=False)
            session.add(line)
            _record(session, "recall.shown", line)
    session.flush()


def _hear(session: Session, line: RecallLine, still: Sequence[Any]) -> None:
    if still and line.gone_at is not None:
        line.gone_at, line.showed = None, _pages(still)
        _record(session, "recall.shown", line)
    elif not still and line.gone_at is None:
        line.gone_at = clock.now()
        _record(session, "recall.gone", line)


def close_line(session: Session, actor: Actor, seq: int, member_id: str, reason: str) -> RecallLine:
    """Nothing more is expected of a member: by hand, with a reason. Not undone.

    Raises RoleMissing, BadInput, RecallNotFound, StateHasMoved where the line is not open.
    """
    actor.must(Permission.FOLLOW_RECALLS)
    words = reason.strip()
    if not 0 < len(words) <= REASON_MAX or CONTROL.search(words):
        raise BadInput(
            f"Say why in 1 to {REASON_MAX:,} characters, and no control characters.",
            field="reason",
        )
    find(session, seq)
    line = session.get(RecallLine, (seq, member_id))
    if line is None:
        raise RecallNotFound("This member never showed the text.", recall=seq, member=member_id)
    closed = session.connection().execute(
        update(RecallLine)
        .where(
            col(RecallLine.recall) == seq,
            col(RecallLine.member) == member_id,
            waits(),
        )
        .values(closed_at=clock.now(), closed_by=actor.id, reason=words)
    )
    if closed.rowcount != 1:
        raise StateHasMoved("Nothing is expected of this member any more.")
    session.refresh(line)
    digest = sha256(words.encode()).hexdigest()
    _record(session, "recall.line_closed", line, by=actor.id, reason=digest)
    return line


def find(session: Session, seq: int) -> Recall:
    """Raises RecallNotFound."""
    row = session.get(Recall, seq)
    if row is None:
        raise RecallNotFound(recall=seq)
    return row


def listed(session: Session, *, before: int, limit: int, open_only: bool) -> Sequence[Recall]:
    """Recalls with a lower number than `before`, the newest first."""
    query = select(Recall).where(col(Recall.seq) < before)
    if open_only:
        query = query.where(_is_open())
    return session.exec(query.order_by(col(Recall.seq).desc()).limit(limit)).all()


def over(session: Session, *, before: int, limit: int) -> Sequence[Recall]:
    """The same of those that wait for nobody."""
    query = select(Recall).where(col(Recall.seq) < before, ~_is_open())
    return session.exec(query.order_by(col(Recall.seq).desc()).limit(limit)).all()


def waits() -> ColumnElement[bool]:
    """Whether something is expected of a line's member."""
    return and_(col(RecallLine.gone_at).is_(None), col(RecallLine.closed_at).is_(None))


def _is_open() -> ColumnElement[bool]:
    """Whether a member's line waits."""
    return col(Recall.seq).in_(select(RecallLine.recall).where(waits()))


def counts(session: Session, seqs: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Recall to how many members showed the text, and from how many it is gone or expected no
    more."""
    showed, done = tally()
    rows = session.exec(select(Recall.seq, showed, done).where(col(Recall.seq).in_(seqs)))
    return {seq: (all_of_them, some) for seq, all_of_them, some in rows}


def tally() -> tuple[ScalarSelect[int], ScalarSelect[int]]:
    """The same two of each recall, for a query that has it."""
    of_it = select(func.count()).where(col(RecallLine.recall) == col(Recall.seq))
    return of_it.scalar_subquery(), of_it.where(~waits()).scalar_subquery()


def _new_withdrawals() -> Any:
    last = select(func.coalesce(func.max(Recall.seq), 0)).scalar_subquery()
    return (
        select(Release)
        .where(col(Release.type) == "withdrawn", col(Release.seq) > last)
        .order_by(col(Release.seq))
    )


def _showing_it(session: Session, recall: Recall) -> dict[str, list[Any]]:
    """Member to the rows that have to go."""
    rows = session.exec(
        select(Showing)
        .where(
            col(Showing.section) == recall.section,
            col(Showing.locale) == recall.locale,
            col(Showing.version) <= recall.version,
        )
        .order_by(col(Showing.member), col(Showing.url))
    )
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.member].append(row)
    return found


def _of(recall: Recall, shown: Sequence[Any]) -> list[Any]:
    """The rows of its place that it is about."""
    return [row for row in shown if row.version <= recall.version]


def _line(recall: Recall, member_id: str, shown: Sequence[Any], at_withdrawal: bool) -> RecallLine:
    return RecallLine(
        recall=recall.seq, member=member_id, showed=_pages(shown), at_withdrawal=at_withdrawal
    )


def _pages(shown: Sequence[Any]) -> str:
    told = [
        {"version": row.version, "url": row.url, "since": clock.stamp(row.since)} for row in shown
    ]
    return rfc8785.dumps(told).decode()


def _record(
    session: Session, event: str, line: RecallLine, *, by: str = HUB.id, **more: str
) -> None:
    ledger.append(
        session,
        actor=by,
        event=event,
        subject=f"recall-{line.recall}",
        detail={"member": line.member} | more,
    )
