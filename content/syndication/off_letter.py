"""The letter that tells a member of a webhook which the hub switched off; none where somebody did.

1. It is taken in a transaction before it is sent, so no two processes send it.
2. One that failed, or whose process died in between, is sent again an hour later: at least once.
3. It ends where the webhook is on again or gone, or after three days in vain.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import update
from sqlmodel import Session, col, select

from content import clock
from content.syndication.letter import Letter, one_line
from content.syndication.member import Member
from content.syndication.webhook import Webhook
from content.translation import dates, phrases

AGAIN_AFTER = timedelta(hours=1)
ENDS_AFTER = timedelta(days=3)


@dataclass(frozen=True)
class Taken:
    """A letter that this process may send now. Frozen."""

    webhook: str
    member: str
    #: When others may, should this process die.
    again_at: datetime
    letter: Letter


def anything_due(session: Session) -> bool:
    return session.exec(_due().limit(1)).first() is not None


def take(session: Session, public_url: str) -> Taken | None:
    """The one that has been due for longest. None where nothing is.

    Links begin with `public_url`; where it is empty they are paths.
    """
    found = session.exec(_due().limit(1)).first()
    if found is None:
        return None
    row, member = found
    again_at = clock.now() + AGAIN_AFTER
    row.letter_due_at = again_at
    session.flush()
    return Taken(row.id, row.member, again_at, _write(row, member, public_url))


def note_sent(session: Session, taken: Taken) -> None:
    """Where it was switched off anew meanwhile, that one is still to be told of."""
    session.connection().execute(
        update(Webhook)
        .where(col(Webhook.id) == taken.webhook, col(Webhook.letter_due_at) == taken.again_at)
        .values(letter_due_at=None)
    )


def _due() -> Any:
    now = clock.now()
    return (
        select(Webhook, Member)
        .join(Member, col(Member.id) == col(Webhook.member))
        .where(
            col(Webhook.letter_due_at) <= now,
            col(Webhook.off_at) > now - ENDS_AFTER,
            col(Member.closed_at).is_(None),
        )
        .order_by(col(Webhook.letter_due_at), col(Webhook.id))
    )


def _write(row: Webhook, member: Member, public_url: str) -> Letter:
    locale = phrases.spoken(member.locale_tags[0])
    off_at = row.off_at or clock.now()
    # Without the rest of its address, which may hold a secret of the member's.
    host = urlsplit(row.url).hostname or ""
    request = f"PUT {public_url}/v1/members/me/webhooks/{row.id}"
    parts = [
        phrases.say(locale, phrases.RECALL_GREETING, name=one_line(member.name)),
        phrases.say(
            locale,
            phrases.OFF_WHAT,
            host=host,
            webhook=row.id,
            day=dates.long_day(locale, off_at.date()),
        )
        + "\n"
        + phrases.say(locale, phrases.OFF_BECAUSE[row.off_reason or ""]),
        phrases.say(locale, phrases.OFF_MEND, request=request)
        + "\n"
        + phrases.say(locale, phrases.OFF_MEANWHILE, url=f"{public_url}/v1/changes"),
    ]
    return Letter(
        to=member.contact,
        locale=locale,
        name=f"webhook-{row.id}.{off_at:%Y%m%d%H%M%S}",
        subject=phrases.say(locale, phrases.OFF_SUBJECT, host=host),
        body="\n\n".join(parts) + "\n",
    )
