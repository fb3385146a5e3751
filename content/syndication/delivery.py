"""Deliveries: what each webhook is told, and every attempt to tell it.

One per webhook and event of the feed, by the primary key. A test ping is a delivery too, with a
number below zero, for it is no event.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKeyConstraint, Index, delete, exists, text
from sqlmodel import Field, Session, SQLModel, col, func, select

from content import clock
from content.errors import BadInput, DeliveryNotFound, LimitReached
from content.publication.release import Release
from content.syndication import webhook
from content.syndication.webhook import Webhook

#: Events that one replay goes over.
REPLAY_MAX = 1_000
#: Pings of one webhook that are not over.
PINGS_MAX = 5
#: Deliveries in one answer.
LIMIT_MAX = 200
#: How long those that are over are kept, and how many go at a time.
KEPT = timedelta(days=90)
PRUNED_AT_ONCE = 1_000
URGENT = "withdrawn"


class State(StrEnum):
    """What has become of a delivery so far."""

    WAITING = "waiting"
    LEASED = "leased"
    DELIVERED = "delivered"
    GIVEN_UP = "given-up"


OVER = (State.DELIVERED, State.GIVEN_UP)
_OPEN = text("ended_at IS NULL")


class Delivery(SQLModel, table=True):
    """One event as one webhook is told of it. Removed 90 days after it is over."""

    __tablename__ = "delivery"
    __table_args__ = (
        Index("ix_delivery_open", "webhook", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    webhook: str = Field(primary_key=True, foreign_key="webhook.id")
    #: That of the event; below zero for a ping.
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    #: Whether it goes before others, and is tried more often.
    urgent: bool
    state: str
    due_at: datetime
    #: Until then the worker that has it may send it; later on it is anybody's.
    lease_until: datetime | None = None
    #: Attempts since it was made or last replayed, and ever.
    tries: int = 0
    attempts: int = 0
    created_at: datetime
    ended_at: datetime | None = Field(default=None, index=True)


class Attempt(SQLModel, table=True):
    """One attempt, noted before it is made; what came of it is added once."""

    __tablename__ = "attempt"
    __table_args__ = (
        ForeignKeyConstraint(["webhook", "seq"], ["delivery.webhook", "delivery.seq"]),
    )

    webhook: str = Field(primary_key=True)
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    #: From 1 on.
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    #: Of the answer; None where there was none.
    status: int | None = None
    error: str | None = None
    #: None while it goes on, and for ever where its process died in the middle.
    duration_ms: int | None = None
    #: The first 500 bytes of the answer's body.
    answer: bytes | None = None


def is_wanted(row: Webhook, event: Release) -> bool:
    """Whether a webhook is told of an event. Of a withdrawal always: it may be shown there."""
    if event.type == URGENT:
        return True
    if row.types and event.type not in row.types.split():
        return False
    if event.section is None:  # a trust file is everybody's
        return True
    of_locale = not row.locales or event.locale in row.locales.split()
    return of_locale and (not row.pages or event.page in row.pages.split())


def new(row: Webhook, seq: int, *, urgent: bool) -> Delivery:
    now = clock.now()
    return Delivery(
        webhook=row.id, seq=seq, urgent=urgent, state=State.WAITING, due_at=now, created_at=now
    )


def begin_again(one: Delivery) -> None:
    """Once more from the first attempt on, at once. An attempt that is being made goes on."""
    one.state, one.due_at = State.WAITING, clock.now()
    one.lease_until = one.ended_at = None
    one.tries = 0


def ping(session: Session, row: Webhook) -> Delivery:
    """Send a message that says nothing, to try the endpoint. Raises LimitReached."""
    webhook.hold(session, row)
    pings = (col(Delivery.webhook) == row.id, col(Delivery.seq) < 0)
    waiting = select(func.count()).where(*pings, col(Delivery.ended_at).is_(None))
    if session.exec(waiting).one() >= PINGS_MAX:
        raise LimitReached(f"{PINGS_MAX} pings are under way; see what becomes of them.")
    lowest = session.exec(select(func.min(Delivery.seq)).where(*pings)).one() or 0
    made = new(row, lowest - 1, urgent=False)
    session.add(made)
    session.flush()
    return made


def replay(session: Session, row: Webhook, after: int, to: int) -> int:
    """Tell it again of the events after `after`, up to `to`; how many. Raises BadInput.

    Those that its filter leaves out stay out, and those that it has still to be told of wait.
    """
    if not 0 <= after < to <= after + REPLAY_MAX:
        raise BadInput(f"A replay goes over 1 to {REPLAY_MAX:,} events: `after` < `to`.")
    webhook.hold(session, row)
    span = (col(Release.seq) > after, col(Release.seq) <= min(to, row.cursor))
    events = session.exec(select(Release).where(*span).order_by(col(Release.seq))).all()
    held = session.exec(
        select(Delivery).where(
            col(Delivery.webhook) == row.id, col(Delivery.seq) > after, col(Delivery.seq) <= to
        )
    ).all()
    known = {one.seq: one for one in held}
    wanted = [event for event in events if is_wanted(row, event)]
    for event in wanted:
        if event.seq in known:
            begin_again(known[event.seq])
        else:
            session.add(new(row, event.seq, urgent=event.type == URGENT))
    session.flush()
    return len(wanted)


def find(session: Session, row: Webhook, seq: int) -> Delivery:
    """Raises DeliveryNotFound."""
    found = session.get(Delivery, (row.id, seq))
    if found is None:
        raise DeliveryNotFound(webhook=row.id, seq=seq)
    return found


def attempts(session: Session, one: Delivery) -> Sequence[Attempt]:
    """Every attempt, the first one first."""
    return session.exec(
        select(Attempt)
        .where(col(Attempt.webhook) == one.webhook, col(Attempt.seq) == one.seq)
        .order_by(col(Attempt.number))
    ).all()


def listed(
    session: Session, row: Webhook, *, before: int | None, state: str, limit: int
) -> tuple[list[Delivery], bool]:
    """(deliveries, more): the newest event first, from below `before` on; pings come last."""
    query = select(Delivery).where(col(Delivery.webhook) == row.id)
    if before is not None:
        query = query.where(col(Delivery.seq) < before)
    if state:
        query = query.where(col(Delivery.state) == state)
    rows = session.exec(query.order_by(col(Delivery.seq).desc()).limit(limit + 1)).all()
    return list(rows[:limit]), len(rows) > limit


def waiting(session: Session, member_id: str) -> dict[str, int]:
    """Webhook of this member to how many of its deliveries are not over."""
    mine = select(Webhook.id).where(col(Webhook.member) == member_id)
    counted = session.exec(
        select(Delivery.webhook, func.count())
        .where(col(Delivery.ended_at).is_(None), col(Delivery.webhook).in_(mine))
        .group_by(col(Delivery.webhook))
    )
    return dict(counted.all())


def remove(session: Session, row: Webhook, *, by: str) -> None:
    """The webhook goes, with its secrets and all that was sent to it. The ledger remembers."""
    webhook.hold(session, row)
    webhook.record(session, row, "webhook.removed", by)
    for table, column in ((Attempt, Attempt.webhook), (Delivery, Delivery.webhook)):
        session.connection().execute(delete(table).where(col(column) == row.id))
    session.delete(row)
    session.flush()


def switch_on(session: Session, row: Webhook, *, by: str) -> None:
    """It goes on where it stopped: no event is left out, and what waits is tried from the first
    attempt on. Where it is on already, nothing changes."""
    webhook.hold(session, row)
    if row.off_at is None:
        return
    row.off_at = row.off_reason = row.paused_until = row.letter_due_at = None
    row.failures = 0
    session.flush()
    webhook.record(session, row, "webhook.switched_on", by)
    for one in session.exec(
        select(Delivery).where(
            col(Delivery.webhook) == row.id, col(Delivery.state) == State.WAITING
        )
    ):
        begin_again(one)
    session.flush()


def anything_to_prune(session: Session) -> bool:
    return session.exec(select(exists().where(_is_old()))).one()


def _is_old() -> ColumnElement[bool]:
    return col(Delivery.ended_at) < clock.now() - KEPT


def prune(session: Session) -> int:
    """Remove up to PRUNED_AT_ONCE of what has been over for 90 days; how many."""
    old = session.exec(
        select(Delivery).where(_is_old()).order_by(col(Delivery.ended_at)).limit(PRUNED_AT_ONCE)
    ).all()
    for one in old:
        session.connection().execute(
            delete(Attempt).where(col(Attempt.webhook) == one.webhook, col(Attempt.seq) == one.seq)
        )
        session.delete(one)
    session.flush()
    return len(old)
