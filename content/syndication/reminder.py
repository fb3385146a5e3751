"""Reminders: whose line in a recall is open is written to, at once and again and again.

There is a row per recall, member and step: the one that is due next, and all that were sent. What
holds, whatever process dies at whatever line:

1. a reminder is taken in a transaction before it is sent, so no two processes send it;
2. what came of it is noted afterwards, and the next one made in the same transaction;
3. one whose process died in between is sent again ten minutes later: at least once, and of many
   no more than one twice.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, and_, exists, text, update
from sqlmodel import Field, Session, SQLModel, col, select

from content import clock, ledger
from content.people.actor import HUB
from content.syndication import letter, recall
from content.syndication.letter import Letter
from content.syndication.member import Member
from content.syndication.recall import RecallLine

#: From a reminder to the next: after a day, on the third day, and then every week.
GAPS = (timedelta(days=1), timedelta(days=2), timedelta(days=7))
#: From an attempt that failed, or that nobody knows the end of, to the next.
AGAIN_AFTER = timedelta(minutes=10)
#: The attempts that follow come later and later, up to this.
AGAIN_AFTER_MAX = timedelta(hours=6)
_OPEN = text("sent_at IS NULL")


class Reminder(SQLModel, table=True):
    """One letter to a member about a recall. Once it was sent it stays as it is."""

    __tablename__ = "reminder"
    __table_args__ = (
        ForeignKeyConstraint(["recall", "member"], ["recall_line.recall", "recall_line.member"]),
        Index("ix_reminder_open", "due_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    recall: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    member: str = Field(primary_key=True)
    #: From 0 on.
    step: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    #: Not before then; while it is being sent, when others may.
    due_at: datetime
    tries: int = 0
    #: What went wrong at the last attempt.
    error: str | None = None
    sent_at: datetime | None = None


@dataclass(frozen=True)
class Taken:
    """A reminder that this process may send now. Frozen."""

    recall: int
    member: str
    step: int
    letter: Letter


def anything_due(session: Session) -> bool:
    return any(session.exec(query.limit(1)).first() is not None for query in (_new(), _due()))


def begin(session: Session) -> int:
    """Make the first reminder of each line that has none; how many."""
    found: Sequence[RecallLine] = session.exec(_new()).all()
    for line in found:
        session.add(Reminder(recall=line.recall, member=line.member, step=0, due_at=clock.now()))
    session.flush()
    return len(found)


def take(session: Session, public_url: str = "") -> Taken | None:
    """The one that has been due for longest, for this process alone. None where nothing is.

    Links of the letter begin with `public_url`, the origin where members reach this hub.
    """
    found = session.exec(_due().limit(1)).first()
    if found is None:
        return None
    row, line, member = found
    row.due_at, row.tries = clock.now() + _again_after(row.tries), row.tries + 1
    session.flush()
    told = letter.write(session, line, member, row.step, public_url)
    return Taken(row.recall, row.member, row.step, told)


def of_recall(session: Session, seq: int) -> dict[str, list[Reminder]]:
    """By member, in their order: those that were sent, and the one that comes next."""
    found: dict[str, list[Reminder]] = defaultdict(list)
    query = select(Reminder).where(col(Reminder.recall) == seq)
    for row in session.exec(query.order_by(col(Reminder.member), col(Reminder.step))):
        found[row.member].append(row)
    return found


def note(session: Session, taken: Taken, error: str) -> None:
    """What came of it; an empty `error` means that it was sent. Where another process has sent it
    meanwhile, nothing changes."""
    here = (
        col(Reminder.recall) == taken.recall,
        col(Reminder.member) == taken.member,
        col(Reminder.step) == taken.step,
        col(Reminder.sent_at).is_(None),
    )
    connection = session.connection()
    if error:
        connection.execute(update(Reminder).where(*here).values(error=error))
        return
    values = {"sent_at": clock.now(), "error": None}
    if connection.execute(update(Reminder).where(*here).values(values)).rowcount != 1:
        return
    due_at = clock.now() + GAPS[min(taken.step, len(GAPS) - 1)]
    following = taken.step + 1
    session.add(Reminder(recall=taken.recall, member=taken.member, step=following, due_at=due_at))
    ledger.append(
        session,
        actor=HUB.id,
        event="recall.reminded",
        subject=f"recall-{taken.recall}",
        detail={"member": taken.member, "step": taken.step},
    )


def _again_after(tries: int) -> timedelta:
    return min(AGAIN_AFTER * (tries + 1), AGAIN_AFTER_MAX)


def _waits() -> Any:
    """Somebody can be written to, and something is expected of them."""
    return and_(recall.waits(), col(Member.closed_at).is_(None))


def _new() -> Any:
    begun = exists().where(
        col(Reminder.recall) == col(RecallLine.recall),
        col(Reminder.member) == col(RecallLine.member),
    )
    return (
        select(RecallLine)
        .join(Member, col(Member.id) == col(RecallLine.member))
        .where(_waits(), ~begun)
        .order_by(col(RecallLine.recall), col(RecallLine.member))
    )


def _due() -> Any:
    return (
        select(Reminder, RecallLine, Member)
        .join(
            RecallLine,
            and_(
                col(RecallLine.recall) == col(Reminder.recall),
                col(RecallLine.member) == col(Reminder.member),
            ),
        )
        .join(Member, col(Member.id) == col(RecallLine.member))
        .where(_waits(), col(Reminder.sent_at).is_(None), col(Reminder.due_at) <= clock.now())
        .order_by(col(Reminder.due_at), col(Reminder.recall), col(Reminder.member))
    )
