"""Who fails to sign in under one name waits, longer each time, wherever they come from.

Counted in the database, so for all processes, and before the password is looked at, so that many
attempts at once count as many. The wait has an end, and a name that was never there waits as one
that is. Passkeys know of no names: nobody is locked out by somebody else.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Field, Session, SQLModel, col, func, select

from content import clock
from content.errors import TooManyAttempts
from content.people.secret import digest

#: Attempts without any wait: for fingers.
FREE = 5
#: The first wait; each is twice as long as the one before.
FIRST_SECONDS = 30
LONGEST_SECONDS = 900
#: Hours after which all is forgotten.
HOURS = 24
#: Names that are remembered. The one that was tried least goes first: whoever makes up names pushes
#: out nothing but these.
NAMES_MAX = 10_000


class SignInDelay(SQLModel, table=True):
    """How often signing in under one name has failed in a row. Deleted when it succeeds."""

    __tablename__ = "sign_in_delay"

    #: Lowercase hex SHA-256 of the name: what people type there is not always a name.
    digest: str = Field(primary_key=True)
    failed: int
    last_at: datetime
    #: When it may be tried again.
    free_at: datetime


def take_turn(session: Session, name: str) -> int:
    """Count an attempt, which fails unless `succeed` follows; how many that are in a row.

    Raises TooManyAttempts, without counting, before it may be tried again.
    """
    now = clock.now()
    row = session.get(SignInDelay, digest(name)) or _new(session, name, now)
    if row.last_at <= now - timedelta(hours=HOURS):
        row.failed, row.free_at = 0, now
    if row.free_at > now:
        raise TooManyAttempts
    row.failed += 1
    row.last_at, row.free_at = now, now + wait(row.failed)
    session.add(row)
    session.flush()
    return row.failed


def succeed(session: Session, name: str) -> int:
    """Forget the attempts under this name; how many had failed before this one."""
    row = session.get(SignInDelay, digest(name))
    if row is None:
        return 0
    session.delete(row)
    session.flush()
    return row.failed - 1


def wait(failed: int) -> timedelta:
    """How long after so many failures."""
    if failed < FREE:
        return timedelta()
    doubled = min(failed - FREE, 10)
    return timedelta(seconds=min(FIRST_SECONDS * 2**doubled, LONGEST_SECONDS))


def _new(session: Session, name: str, now: datetime) -> SignInDelay:
    old = now - timedelta(hours=HOURS)
    connection = session.connection()
    connection.execute(delete(SignInDelay).where(col(SignInDelay.last_at) <= old))
    if session.exec(select(func.count()).select_from(SignInDelay)).one() >= NAMES_MAX:
        least = (
            select(SignInDelay.digest)
            .order_by(col(SignInDelay.failed), col(SignInDelay.last_at))
            .limit(1)
        )
        connection.execute(delete(SignInDelay).where(col(SignInDelay.digest).in_(least)))
    return SignInDelay(digest=digest(name), failed=0, last_at=now, free_at=now)
