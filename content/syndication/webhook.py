"""Webhooks: where a member's site wants to be told that there is something to pull."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Field, Session, SQLModel, col, func, select

from content import clock, ledger
from content.errors import BadInput, LimitReached, WebhookNotFound, WebhookOff
from content.publication import release
from content.records.section import SLUG_MAX
from content.syndication import address, member, webhook_secret
from content.syndication.address import Targets
from content.translation.locale import read_tag

#: Webhooks of one member.
WEBHOOKS_MAX = 10
#: Entries of one list in a filter.
FILTER_MAX = 50
ID_BYTES = 8
#: Attempts that failed in a row before an endpoint is shown as failing, and sent less to at once.
FAILING_AFTER = 3
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
TYPES = ("in_force", "outdated", "current", "review_due", "withdrawn", "notice", "trust")
#: Somebody did it, and knows of it.
BY_HAND = "by-hand"
#: Why one was switched off, and what its owner is told.
OFF_REASONS = {
    BY_HAND: "It was switched off by hand.",
    "gone": "The endpoint answered 410 Gone. Mend it and switch the webhook on.",
    "failing": "No attempt succeeded until the last of a message, some three days after its first. "
    "Mend the endpoint and switch the webhook on; it goes on where it stopped.",
}


class Webhook(SQLModel, table=True):
    """One endpoint of a member. Its address, filter and secrets change; removed, nothing is left.

    The secrets are kept as they are: the hub signs with them.
    """

    __tablename__ = "webhook"

    id: str = Field(primary_key=True)
    member: str = Field(foreign_key="member.id", index=True)
    url: str
    #: What it wants to hear of, separated by spaces; empty where that is everything.
    types: str
    locales: str
    pages: str
    secret: str
    #: The one before, which works beside it until then.
    old_secret: str | None = None
    old_secret_until: datetime | None = None
    created_at: datetime
    #: The last event of the feed that a delivery was made of, or that it did not want.
    cursor: int
    #: Attempts that failed since the last that did not.
    failures: int = 0
    #: The endpoint asked to be left alone until then; withdrawals are sent all the same.
    paused_until: datetime | None = None
    off_at: datetime | None = None
    #: One of OFF_REASONS.
    off_reason: str | None = None
    #: When its member is written to that the hub switched it off; None where nobody is.
    letter_due_at: datetime | None = None

    @property
    def state(self) -> str:
        """`on`, `failing` or `off`."""
        if self.off_at is not None:
            return "off"
        return "failing" if self.failures >= FAILING_AFTER else "on"

    @property
    def living_secrets(self) -> tuple[str, ...]:
        """Those to sign with now, the newest first."""
        if self.old_secret and self.old_secret_until and self.old_secret_until > clock.now():
            return self.secret, self.old_secret
        return (self.secret,)


@dataclass(frozen=True)
class Wanted:
    """What a webhook is for, and may be said anew. Empty lists do not narrow it. Frozen."""

    url: str
    types: Sequence[str] = field(default=())
    locales: Sequence[str] = field(default=())
    pages: Sequence[str] = field(default=())

    def checked(self, targets: Targets) -> dict[str, str]:
        """As a row has it. Raises AddressRefused, LocaleMalformed, BadInput with the `field`."""
        address.read(self.url, targets)
        for name, listed in (
            ("types", self.types),
            ("locales", self.locales),
            ("pages", self.pages),
        ):
            if len(listed) > FILTER_MAX:
                raise BadInput(f"A filter lists at most {FILTER_MAX} of a kind.", field=name)
        if not set(self.types) <= set(TYPES):
            raise BadInput(f"The types of events are {', '.join(TYPES)}.", field="types")
        if not all(SLUG.match(slug) and len(slug) <= SLUG_MAX for slug in self.pages):
            raise BadInput("Pages are named by their slugs.", field="pages")
        return {
            "url": self.url,
            "types": " ".join(one for one in TYPES if one in self.types),
            "locales": " ".join(dict.fromkeys(map(read_tag, self.locales))),
            "pages": " ".join(dict.fromkeys(self.pages)),
        }


def add(
    session: Session, member_id: str, wanted: Wanted, *, targets: Targets, by: str
) -> tuple[Webhook, str]:
    """(webhook, secret): it is told of what happens from now on. The secret is shown this once.

    Raises MemberNotFound, MemberClosed, AddressRefused, BadInput, LimitReached.
    """
    member.open_one(session, member_id)
    count = select(func.count()).select_from(Webhook).where(col(Webhook.member) == member_id)
    if session.exec(count).one() >= WEBHOOKS_MAX:
        raise LimitReached(f"A member has at most {WEBHOOKS_MAX} webhooks; remove one.")
    secret = webhook_secret.drawn()
    row = Webhook(
        id=secrets.token_hex(ID_BYTES),
        member=member_id,
        secret=secret,
        created_at=clock.now(),
        cursor=release.newest_seq(session),
        **dict[str, Any](wanted.checked(targets)),
    )
    session.add(row)
    session.flush()
    record(session, row, "webhook.added", by)
    return row, secret


def change(session: Session, row: Webhook, wanted: Wanted, *, targets: Targets, by: str) -> None:
    """Say anew where it is, and what it is told of. Raises AddressRefused, BadInput."""
    for name, value in wanted.checked(targets).items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    if session.is_modified(row):
        session.flush()
        record(session, row, "webhook.changed", by)


def switch_off(session: Session, row: Webhook, reason: str, *, by: str) -> None:
    """Send it nothing more. Where it is off already, nothing changes."""
    if row.off_at is None:
        row.off_at, row.off_reason = clock.now(), reason
        row.letter_due_at = None if reason == BY_HAND else row.off_at
        session.flush()
        record(session, row, "webhook.switched_off", by, reason=reason)


def renew_secret(session: Session, row: Webhook, *, by: str) -> str:
    """A new secret, shown this once. The one before works beside it for a day, an older no more."""
    row.old_secret, row.secret = row.secret, webhook_secret.drawn()
    row.old_secret_until = clock.now() + webhook_secret.OLD_SECRET_LASTS
    session.flush()
    record(session, row, "webhook.secret_made", by)
    return row.secret


def find(session: Session, member_id: str, webhook_id: str) -> Webhook:
    """Raises WebhookNotFound, also where it is another member's."""
    row = session.get(Webhook, webhook_id)
    if row is None or row.member != member_id:
        raise WebhookNotFound(member=member_id, webhook=webhook_id)
    return row


def find_on(session: Session, member_id: str, webhook_id: str) -> Webhook:
    """One that is sent to. Raises WebhookNotFound, WebhookOff."""
    row = find(session, member_id, webhook_id)
    if row.off_at is not None:
        raise WebhookOff(reason=row.off_reason)
    return row


def of_member(session: Session, member_id: str) -> Sequence[Webhook]:
    """Its webhooks, the oldest first."""
    return session.exec(
        select(Webhook)
        .where(col(Webhook.member) == member_id)
        .order_by(col(Webhook.created_at), col(Webhook.id))
    ).all()


def hold(session: Session, row: Webhook) -> None:
    """Read it anew and keep it from the workers, before its deliveries are changed."""
    session.refresh(row, with_for_update=True)


def record(session: Session, row: Webhook, event: str, by: str, **more: str) -> None:
    """Into the ledger."""
    # Without its address, which may hold a secret of the member's: the ledger forgets nothing.
    detail = {"member": row.member} | more
    ledger.append(session, actor=by, event=event, subject=row.id, detail=detail)
