"""Invitations: a link by which one person registers passkeys, and nobody else knows it."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Field, Session, SQLModel, col, func, select

from content import clock, ledger
from content.errors import BadInput, InvitationUnknown
from content.people import person
from content.people.passkey import Passkey
from content.people.secret import digest

#: Random bytes in the secret of a link, and in a challenge.
SECRET_BYTES = 32
DAYS_MAX = 30
#: Keys that one link registers: one to use, and one for the day when that is lost.
KEYS = 2
#: How long a browser may take to answer a challenge.
CHALLENGE_MINUTES = 10


class Invitation(SQLModel, table=True):
    """The digest of a link's secret. Only its challenge changes, and that it ends earlier."""

    __tablename__ = "invitation"

    #: Lowercase hex SHA-256 of the secret.
    digest: str = Field(primary_key=True)
    person: str = Field(foreign_key="person.id", index=True)
    made_by: str
    created_at: datetime
    expires_at: datetime
    #: What the authenticator has to answer next; used once.
    challenge: bytes | None = None
    challenged_at: datetime | None = None


def make(session: Session, person_id: str, *, by: str, days: int) -> str:
    """The secret of a new link. It cannot be read again later."""
    if person.find(session, person_id).erased_at is not None:
        raise BadInput("This person was erased.")
    if not 1 <= days <= DAYS_MAX:
        raise BadInput(f"An invitation lives 1 to {DAYS_MAX} days.")
    secret = secrets.token_urlsafe(SECRET_BYTES)
    made = clock.now()
    row = Invitation(
        digest=digest(secret),
        person=person_id,
        made_by=by,
        created_at=made,
        expires_at=made + timedelta(days=days),
    )
    session.add(row)
    session.flush()
    ledger.append(
        session,
        actor=by,
        event="invitation.made",
        subject=person_id,
        detail={"invitation": row.digest},
    )
    return secret


def link(secret: str, origins: Sequence[str]) -> str:
    """Where its person goes with it. The secret stays in the browser: what is behind `#` is sent to
    nobody and stands in no log."""
    return f"{origins[0]}/signing/register#{secret}"


def find(session: Session, secret: str) -> Invitation:
    """The invitation of a link that still works. Raises InvitationUnknown for any other."""
    row = session.get(Invitation, digest(secret))
    if row is None or row.expires_at <= clock.now():
        raise InvitationUnknown
    if person.find(session, row.person).erased_at is not None or not keys_left(session, row.digest):
        raise InvitationUnknown
    return row


def keys_left(session: Session, digest: str) -> int:
    """How many keys it still registers; those that were taken away count too."""
    used = session.exec(
        select(func.count()).select_from(Passkey).where(col(Passkey.invitation) == digest)
    ).one()
    return max(0, KEYS - used)


def open_of(session: Session, person_id: str) -> Sequence[Invitation]:
    """The links that still register a key of this person, whoever has them."""
    used = (
        select(func.count())
        .where(col(Passkey.invitation) == col(Invitation.digest))
        .scalar_subquery()
    )
    return session.exec(
        select(Invitation)
        .where(
            col(Invitation.person) == person_id,
            col(Invitation.expires_at) > clock.now(),
            used < KEYS,
        )
        .order_by(col(Invitation.expires_at), col(Invitation.digest))
    ).all()


def end_all(session: Session, person_id: str, *, by: str) -> None:
    """End all of this person's open links: whoever has one registers nothing by it any more."""
    for row in open_of(session, person_id):
        row.expires_at = clock.now()
        session.add(row)
        session.flush()
        ledger.append(
            session,
            actor=by,
            event="invitation.ended",
            subject=person_id,
            detail={"invitation": row.digest},
        )


def challenge(session: Session, invitation: Invitation) -> bytes:
    """A new challenge; the one before counts no more."""
    made = secrets.token_bytes(SECRET_BYTES)
    _set(session, invitation, made, clock.now())
    return made


def take_challenge(session: Session, invitation: Invitation) -> bytes:
    """The challenge, once. Raises InvitationUnknown where there is none, or an old one."""
    made, at = invitation.challenge, invitation.challenged_at
    _set(session, invitation, None, None)
    if made is None or at is None or clock.now() > at + timedelta(minutes=CHALLENGE_MINUTES):
        raise InvitationUnknown("That took too long; begin again.")
    return made


def _set(session: Session, invitation: Invitation, made: bytes | None, at: datetime | None) -> None:
    session.connection().execute(
        update(Invitation)
        .where(col(Invitation.digest) == invitation.digest)
        .values(challenge=made, challenged_at=at)
    )
    session.refresh(invitation)
