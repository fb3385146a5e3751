"""Ceremonies: what a browser began, and finishes itself, once, before it is too late.

The browser keeps a secret in a cookie and the hub its digest. Whatever else the ceremony needs, a
challenge, a state, a nonce, is made from the secret: the database holds nothing with which somebody
else could finish it.
"""

import hmac
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete
from sqlmodel import Field, Session, SQLModel, col, func, select

from content import clock
from content.b64u import b64u
from content.errors import CeremonyOver
from content.people.secret import digest

#: Random bytes in the secret that a browser keeps.
SECRET_BYTES = 32
#: How long it may take.
MINUTES = 10
#: That are kept, of everybody; a further one takes the place of the oldest.
KEPT_MAX = 10_000
#: Before a challenge, so that no answer to it is ever taken for a signature: the challenge of that
#: is the SHA-256 of a block, and no longer.
CHALLENGE_PREFIX = b"msif desk: "


class Purpose(StrEnum):
    """What is to come of it."""

    SIGN_IN = "sign-in"
    #: Somebody who is signed in shows again that it is they.
    STEP_UP = "step-up"
    #: Signing in by another service.
    OIDC = "oidc"
    #: Joining an account of another service with a person.
    LINK = "link"


class Ceremony(SQLModel, table=True):
    """The digest of a browser's secret. Deleted when it is used, or old."""

    __tablename__ = "ceremony"

    #: Lowercase hex SHA-256 of the secret.
    digest: str = Field(primary_key=True)
    purpose: str
    #: Whose it is, where somebody is signed in already.
    person: str | None = Field(default=None, foreign_key="person.id")
    #: Where to go in the end.
    onward: str
    created_at: datetime = Field(index=True)


def begin(
    session: Session, purpose: Purpose, *, person: str | None = None, onward: str = ""
) -> str:
    """The secret of a new ceremony."""
    _make_room(session)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    row = Ceremony(
        digest=digest(secret),
        purpose=purpose.value,
        person=person,
        onward=onward,
        created_at=clock.now(),
    )
    session.add(row)
    session.flush()
    return secret


def take(session: Session, secret: str, purpose: Purpose, *, person: str | None = None) -> Ceremony:
    """The ceremony, which is over by that, whatever comes of it: commit that before you go on.

    Raises CeremonyOver where there is none, it is old, or it was begun for something else.
    """
    row = session.get(Ceremony, digest(secret)) if secret else None
    if row is None:
        raise CeremonyOver
    session.delete(row)
    session.flush()
    if row.created_at <= _oldest() or (row.purpose, row.person) != (purpose.value, person):
        raise CeremonyOver
    return row


def challenge(secret: str) -> bytes:
    """What a passkey has to answer."""
    return CHALLENGE_PREFIX + _made(secret, "challenge")


def word(secret: str, what: str) -> str:
    """A word of this ceremony, like `state`, that nobody guesses and that tells of no other."""
    return b64u(_made(secret, what))


def _made(secret: str, what: str) -> bytes:
    return hmac.digest(secret.encode(), what.encode(), "sha256")


def _oldest() -> datetime:
    return clock.now() - timedelta(minutes=MINUTES)


def _make_room(session: Session) -> None:
    connection = session.connection()
    connection.execute(delete(Ceremony).where(col(Ceremony.created_at) <= _oldest()))
    kept = session.exec(select(func.count()).select_from(Ceremony)).one()
    if kept >= KEPT_MAX:
        first = select(Ceremony.digest).order_by(col(Ceremony.created_at)).limit(1)
        connection.execute(delete(Ceremony).where(col(Ceremony.digest).in_(first)))
