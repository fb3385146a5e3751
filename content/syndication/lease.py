"""The queue of deliveries: filled from the feed, taken from by any number of workers.

What holds, whatever process dies at whatever line:

1. each event becomes exactly one delivery of each webhook that wants it: the cursor moves in the
   transaction that writes the deliveries;
2. while a worker has a delivery, no other sends it: the lease is a guarded change of its row;
3. a delivery whose worker died is sent again, once the lease is out: at least once, in the end;
4. an attempt is on record before it is made;
5. at one endpoint no more than IN_FLIGHT_MAX attempts are under way, whoever makes them.

Rows of a webhook are locked before those of its deliveries, everywhere; on PostgreSQL a locked
webhook is another worker's, and is passed over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, exists, or_
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from content import clock
from content.publication import release
from content.publication.release import Release
from content.syndication import delivery, message, retry, webhook
from content.syndication.delivery import Attempt, Delivery, State
from content.syndication.member import Member
from content.syndication.retry import Jitter
from content.syndication.sending import Outcome
from content.syndication.webhook import FAILING_AFTER, Webhook

#: Events that become deliveries in one transaction.
FILL_MAX = 500
#: How long a worker may take for an attempt: all of its time, and a slow resolver of names.
LEASE = timedelta(minutes=2)
#: Attempts under way at one endpoint, and at one that is failing.
IN_FLIGHT_MAX = 2
IN_FLIGHT_FAILING_MAX = 1


@dataclass(frozen=True)
class Lease:
    """A delivery that this worker may send now, with all that it takes. Frozen."""

    webhook: str
    seq: int
    #: Of the attempt; a later one means that the lease was out.
    number: int
    tries: int
    urgent: bool
    failing: bool
    url: str
    secrets: tuple[str, ...]
    message: str
    body: bytes

    def may_end_it(self, outcome: Outcome) -> bool:
        """Whether the webhook may be switched off after this, which the ledger is told."""
        return outcome.status == 410 or (
            not outcome.is_delivered and retry.is_last(self.urgent, self.tries)
        )


def behind(session: Session) -> Sequence[str]:
    """Webhooks that there are events for which no delivery was made of."""
    newest = release.newest_seq(session)
    return session.exec(
        select(Webhook.id)
        .where(_works(), col(Webhook.cursor) < newest)
        .order_by(col(Webhook.cursor), col(Webhook.id))
    ).all()


def fill(session: Session, webhook_id: str) -> None:
    """Make deliveries of the next events for one webhook (guarantee 1)."""
    row = session.exec(
        select(Webhook)
        .where(col(Webhook.id) == webhook_id, _works())
        .with_for_update(skip_locked=True)
    ).first()
    if row is None:  # removed, switched off, or being filled by another
        return
    events, _, _ = release.after(session, row.cursor, limit=FILL_MAX)
    for event in events:
        if delivery.is_wanted(row, event):
            session.add(delivery.new(row, event.seq, urgent=event.type == delivery.URGENT))
        row.cursor = event.seq
    session.flush()


def anything_due(session: Session) -> bool:
    """A look, without taking anything."""
    return session.exec(_due_webhooks(clock.now()).limit(1)).first() is not None


def take(session: Session, limit: int, failing: int) -> list[Lease]:
    """Up to `limit` deliveries that are due, of failing endpoints up to `failing`; urgent first."""
    now = clock.now()
    query = _due_webhooks(now)
    if failing <= 0:
        query = query.where(col(Webhook.failures) < FAILING_AFTER)
    urgent = exists().where(_due(now), col(Delivery.urgent))
    found = session.exec(
        query.order_by(urgent.desc(), col(Webhook.failures), col(Webhook.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    leases: list[Lease] = []
    for row in found:
        # Asked again, the row being ours now: another may just have taken the last free place.
        free = min(_most(row) - _under_way(session, row, now), limit - len(leases))
        if row.state == "failing":
            free = min(free, failing - sum(one.failing for one in leases))
        leases += [_lease(session, row, one, now) for one in _next(session, row, now, free)]
    return leases


def end(session: Session, lease: Lease, outcome: Outcome, jitter: Jitter, *, by: str) -> None:
    """Note what came of an attempt. In a writing session, where it `may_end_it`."""
    row = session.exec(
        select(Webhook).where(col(Webhook.id) == lease.webhook).with_for_update()
    ).first()
    if row is None:
        return  # removed meanwhile, with everything
    _note(session, lease, outcome)
    one = session.get_one(Delivery, (lease.webhook, lease.seq))
    has_it = one.state == State.LEASED and one.attempts == lease.number
    if outcome.is_delivered:
        row.failures, row.paused_until = 0, None
        if has_it:
            _is_over(one, State.DELIVERED)
        session.flush()
        return
    row.failures += 1
    pause = retry.pause(outcome.status, outcome.retry_after)
    if pause is not None:
        row.paused_until = clock.now() + pause
    if outcome.status == 410:
        webhook.switch_off(session, row, "gone", by=by)
    if has_it:
        _again_or_over(session, row, one, outcome, pause, jitter, by)
    session.flush()


def _again_or_over(
    session: Session,
    row: Webhook,
    one: Delivery,
    outcome: Outcome,
    pause: timedelta | None,
    jitter: Jitter,
    by: str,
) -> None:
    if outcome.status == 410:
        _is_over(one, State.GIVEN_UP)
    elif retry.is_last(one.urgent, one.tries):
        _is_over(one, State.GIVEN_UP)
        # Where others came through meanwhile, it is this message alone that it will not take.
        if row.failures >= one.tries:
            webhook.switch_off(session, row, "failing", by=by)
    else:
        asked = pause or timedelta(0)
        if one.urgent:
            asked = min(asked, retry.URGENT_RETRY_AFTER_MAX)
        one.state, one.lease_until = State.WAITING, None
        one.due_at = clock.now() + max(retry.delay(one.urgent, one.tries, jitter), asked)


def _is_over(one: Delivery, state: State) -> None:
    one.state, one.ended_at, one.lease_until = state, clock.now(), None


def _note(session: Session, lease: Lease, outcome: Outcome) -> None:
    attempt = session.get_one(Attempt, (lease.webhook, lease.seq, lease.number))
    attempt.status, attempt.error = outcome.status, outcome.error
    attempt.duration_ms, attempt.answer = outcome.duration_ms, outcome.answer
    session.flush()


def _lease(session: Session, row: Webhook, one: Delivery, now: datetime) -> Lease:
    one.state, one.lease_until = State.LEASED, now + LEASE
    one.tries += 1
    one.attempts += 1
    session.add(Attempt(webhook=row.id, seq=one.seq, number=one.attempts, at=now))
    session.flush()
    event = session.get(Release, one.seq) if one.seq > 0 else None
    return Lease(
        webhook=row.id,
        seq=one.seq,
        number=one.attempts,
        tries=one.tries,
        urgent=one.urgent,
        failing=row.state == "failing",
        url=row.url,
        secrets=row.living_secrets,
        message=message.name(row.id, one.seq),
        body=message.of_event(event) if event else message.ping(one.created_at),
    )


def _works() -> ColumnElement[bool]:
    """Webhooks that are on, of members that are."""
    closed = select(Member.id).where(col(Member.closed_at).is_not(None))
    return and_(col(Webhook.off_at).is_(None), col(Webhook.member).not_in(closed))


def _due(now: datetime) -> ColumnElement[bool]:
    """Deliveries of the webhook in question that can be sent now."""
    return and_(
        col(Delivery.webhook) == col(Webhook.id),
        col(Delivery.ended_at).is_(None),
        or_(
            and_(col(Delivery.state) == State.WAITING, col(Delivery.due_at) <= now),
            and_(col(Delivery.state) == State.LEASED, col(Delivery.lease_until) <= now),
        ),
        or_(
            col(Delivery.urgent),
            col(Webhook.paused_until).is_(None),
            col(Webhook.paused_until) <= now,
        ),
    )


def _due_webhooks(now: datetime) -> SelectOfScalar[Webhook]:
    """Those with something due, and with a place free."""
    under_way = (
        select(func.count())
        .where(col(Delivery.webhook) == col(Webhook.id), _is_under_way(now))
        .correlate(Webhook)
        .scalar_subquery()
    )
    is_failing = col(Webhook.failures) >= FAILING_AFTER
    most = case((is_failing, IN_FLIGHT_FAILING_MAX), else_=IN_FLIGHT_MAX)
    return select(Webhook).where(_works(), exists().where(_due(now)), under_way < most)


def _is_under_way(now: datetime) -> ColumnElement[bool]:
    return and_(col(Delivery.state) == State.LEASED, col(Delivery.lease_until) > now)


def _most(row: Webhook) -> int:
    return IN_FLIGHT_FAILING_MAX if row.state == "failing" else IN_FLIGHT_MAX


def _under_way(session: Session, row: Webhook, now: datetime) -> int:
    return session.exec(
        select(func.count()).where(col(Delivery.webhook) == row.id, _is_under_way(now))
    ).one()


def _next(session: Session, row: Webhook, now: datetime, free: int) -> Sequence[Delivery]:
    if free <= 0:
        return ()
    return session.exec(
        select(Delivery)
        .join(Webhook, col(Webhook.id) == col(Delivery.webhook))
        .where(col(Delivery.webhook) == row.id, _due(now))
        .order_by(col(Delivery.urgent).desc(), col(Delivery.due_at), col(Delivery.seq))
        .limit(free)
    ).all()
