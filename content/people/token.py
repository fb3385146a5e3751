"""Bearer tokens: shown once, kept as a digest, with a scope and an end."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import bindparam
from sqlmodel import Field, Session, SQLModel, col, select

from content import clock, ledger
from content.errors import BadInput, NotFound, ScopeMissing, TokenExpired, TokenUnknown
from content.people import person
from content.people.actor import Actor
from content.people.person import Person, RoleGrant
from content.people.role import DECIDING, Permission
from content.people.secret import digest

#: What a token begins with, so that a leaked one is recognised by scanners.
PREFIX = "msif_"
#: Random bytes in a token.
SECRET_BYTES = 32
DAYS_MAX = 366
LABEL_MAX = 100


class Token(SQLModel, table=True):
    """The digest of a secret that lets its bearer act as a person. Only ever revoked."""

    __tablename__ = "token"

    id: int | None = Field(default=None, primary_key=True)
    person: str = Field(foreign_key="person.id", index=True)
    label: str
    #: Lowercase hex SHA-256 of the secret.
    digest: str = Field(unique=True)
    #: Permissions, separated by spaces; empty means all the person has.
    scope: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    @property
    def key(self) -> int:
        """The id of a token that is stored."""
        return cast(int, self.id)

    @property
    def is_living(self) -> bool:
        """Whether it still lets its bearer in."""
        return self.revoked_at is None and clock.now() < self.expires_at


def make(
    session: Session, person_id: str, *, by: str, label: str, days: int, scope: str = ""
) -> str:
    """A new secret for this person. It cannot be read again later."""
    if not 1 <= days <= DAYS_MAX:
        raise BadInput(f"A token lives 1 to {DAYS_MAX} days.")
    until = clock.now() + timedelta(days=days)
    return make_until(session, person_id, until, by=by, label=label, scope=scope)


def make_undecided(
    session: Session, person_id: str, *, by: str, label: str, days: int, scope: str = ""
) -> str:
    """The same where another person makes it: whoever makes a token could use it, so it decides
    nothing. No scope means everything that decides nothing. Raises ScopeMissing.
    """
    if deciding := sorted(set(scope.split()) & DECIDING):
        raise ScopeMissing(
            f"A token made over HTTP cannot {deciding[0]}; make it with `msif people token`.",
            permission=deciding[0],
        )
    undecided = scope or " ".join(sorted(set(Permission) - DECIDING))
    return make(session, person_id, by=by, label=label, days=days, scope=undecided)


def make_until(
    session: Session, person_id: str, until: datetime, *, by: str, label: str, scope: str
) -> str:
    """The same up to a moment, and never for more than DAYS_MAX days."""
    if person.find(session, person_id).erased_at is not None:
        raise BadInput("This person was erased.")
    person.require_line("A token has a label of", label, LABEL_MAX)
    if scope and not _read_scope(scope):
        raise BadInput("A scope names permissions; leave it out for all of them.")
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    made = clock.now()
    row = Token(
        person=person_id,
        label=label.strip(),
        digest=digest(secret),
        scope=scope,
        created_at=made,
        expires_at=min(until, made + timedelta(days=DAYS_MAX)),
    )
    session.add(row)
    session.flush()
    ledger.append(
        session,
        actor=by,
        event="token.made",
        subject=person_id,
        detail={"token": row.id, "scope": scope},
    )
    return secret


def revoke(session: Session, token_id: int, *, by: str) -> None:
    """End a token now. Ending it twice changes nothing."""
    row = session.get(Token, token_id)
    if row is None:
        raise NotFound("There is no such token.", token=token_id)
    if row.revoked_at is None:
        row.revoked_at = clock.now()
        session.flush()
        ledger.append(
            session,
            actor=by,
            event="token.revoked",
            subject=row.person,
            detail={"token": token_id},
        )


def of_person(session: Session, person_id: str) -> Sequence[Token]:
    """A person's tokens, ended ones too, the newest first."""
    return session.exec(
        select(Token).where(col(Token.person) == person_id).order_by(col(Token.id).desc())
    ).all()


# One row for each role of whoever has it.
_BEARER = (
    select(Token, Person, RoleGrant)
    .join(Person, col(Person.id) == col(Token.person))
    .outerjoin(RoleGrant, col(RoleGrant.person) == col(Person.id))
    .where(col(Token.digest) == bindparam("digest"))
)


def authenticate(session: Session, secret: str) -> Actor:
    """Who bears this secret. Raises TokenUnknown or TokenExpired."""
    return find(session, secret)[1]


def find(session: Session, secret: str) -> tuple[Token, Actor]:
    """The token with this secret and who bears it, in one question.

    Raises TokenUnknown, also where it was revoked, or TokenExpired.
    """
    rows = session.exec(_BEARER, params={"digest": digest(secret)}).all()
    if not rows:
        raise TokenUnknown
    row, whose, _ = rows[0]
    if whose.erased_at is not None:
        raise TokenUnknown
    held = [grant for *_, grant in rows if grant is not None]
    return row, person.acting(whose, held, scope_of(row))


def scope_of(row: Token) -> frozenset[Permission]:
    """What it is good for now. Raises TokenUnknown where it was revoked, or TokenExpired."""
    if row.revoked_at is not None:
        raise TokenUnknown
    if row.expires_at <= clock.now():
        raise TokenExpired
    return _read_scope(row.scope)


def _read_scope(scope: str) -> frozenset[Permission]:
    try:
        return frozenset(Permission(name) for name in scope.split())
    except ValueError as error:
        raise BadInput(f"There is no such scope: {error}.") from None
