"""Members' keys: by which the hub knows whose site reads, and what that site may tell."""

import re
import secrets
import string
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zlib import crc32

from sqlalchemy import or_, update
from sqlmodel import Field, Session, SQLModel, col, func, select

from content import clock, ledger
from content.errors import (
    AlreadyThere,
    BadInput,
    KeyExpired,
    KeyRevoked,
    KeyUnknown,
    LimitReached,
    MemberKeyNotFound,
    ScopeMissing,
)
from content.people.secret import digest
from content.syndication import member
from content.syndication.member import Member

#: What a key begins with, so that a leaked one is recognised by scanners and told from a token.
PREFIX = "msif_m_"
ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
#: Characters that are drawn: 256 bits; and those of the check behind them (CRC-32).
SECRET_LENGTH = 43
CHECK_LENGTH = 6
#: Keys of one member that are not revoked.
KEYS_MAX = 20
NAME_MAX = 60
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
DAYS_MAX = 3_660
#: How exactly it is known when a key was last used.
USED_EVERY = timedelta(hours=1)


class Scope(StrEnum):
    """What a key is good for."""

    READ = "read"
    SHOWING = "showing"
    WEBHOOKS = "webhooks"


class MemberKey(SQLModel, table=True):
    """The digest of a secret that lets a member's site speak for it.

    Only its last use is noted, and that it was revoked; its name is never used again.
    """

    __tablename__ = "member_key"

    member: str = Field(primary_key=True, foreign_key="member.id")
    name: str = Field(primary_key=True)
    #: Lowercase hex SHA-256 of the secret.
    digest: str = Field(unique=True)
    #: Scopes, separated by spaces; never empty.
    scope: str
    created_at: datetime
    #: None where it has no end.
    expires_at: datetime | None = None
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True)
class Bearer:
    """A member's site as it asks now, and the key that it shows. Frozen."""

    member: str
    key: str
    scope: frozenset[Scope]
    last_used_at: datetime | None

    def must(self, scope: Scope) -> None:
        """Raises ScopeMissing."""
        if scope not in self.scope:
            raise ScopeMissing(
                f"This key was not made for `{scope}`; ask for one that was.", scope=scope.value
            )


def make(
    session: Session,
    member_id: str,
    name: str,
    scopes: Collection[str],
    *,
    by: str,
    days: int | None = None,
) -> str:
    """A new secret for this member. It cannot be read again later.

    Raises MemberNotFound, MemberClosed, BadInput, AlreadyThere for a name that was ever used,
    LimitReached.
    """
    member.open_one(session, member_id)
    if not NAME.match(name) or len(name) > NAME_MAX:
        raise BadInput(
            "A key's name is lowercase letters, digits and single hyphens.", field="name"
        )
    if days is not None and not 1 <= days <= DAYS_MAX:
        raise BadInput(f"A key lives 1 to {DAYS_MAX:,} days, or without an end.", field="days")
    held = of_member(session, member_id)
    if any(one.name == name for one in held):
        raise AlreadyThere(
            f"{member_id} has, or had, a key {name}; use another name.", field="name"
        )
    if sum(one.revoked_at is None for one in held) >= KEYS_MAX:
        raise LimitReached(f"A member has at most {KEYS_MAX} keys; revoke one that is not used.")
    secret, made = _drawn(), clock.now()
    row = MemberKey(
        member=member_id,
        name=name,
        digest=digest(secret),
        scope=" ".join(_read_scopes(scopes)),
        created_at=made,
        expires_at=made + timedelta(days=days) if days else None,
    )
    session.add(row)
    session.flush()
    detail = {"key": row.digest, "scope": row.scope}
    ledger.append(session, actor=by, event="member.key_made", subject=member_id, detail=detail)
    return secret


def revoke(session: Session, member_id: str, name: str, *, by: str) -> MemberKey:
    """End a key now. Ending it twice changes nothing. Raises MemberKeyNotFound."""
    row = find(session, member_id, name)
    if row.revoked_at is None:
        row.revoked_at = clock.now()
        session.flush()
        detail = {"key": row.digest}
        ledger.append(
            session, actor=by, event="member.key_revoked", subject=member_id, detail=detail
        )
    return row


def find(session: Session, member_id: str, name: str) -> MemberKey:
    """Raises MemberKeyNotFound."""
    row = session.get(MemberKey, (member_id, name))
    if row is None:
        raise MemberKeyNotFound(member=member_id, key=name)
    return row


def of_member(session: Session, member_id: str) -> Sequence[MemberKey]:
    """Its keys, revoked ones too, the oldest first."""
    return session.exec(
        select(MemberKey)
        .where(col(MemberKey.member) == member_id)
        .order_by(col(MemberKey.created_at), col(MemberKey.name))
    ).all()


def living(session: Session) -> dict[str, int]:
    """Member to how many of its keys work."""
    counted = session.exec(
        select(MemberKey.member, func.count())
        .where(
            col(MemberKey.revoked_at).is_(None),
            or_(col(MemberKey.expires_at).is_(None), col(MemberKey.expires_at) > clock.now()),
        )
        .group_by(col(MemberKey.member))
    )
    return dict(counted.all())


def authenticate(session: Session, secret: str) -> Bearer:
    """Whose key this is. Raises KeyUnknown, KeyRevoked, KeyExpired.

    Whoever is told that a key was revoked or has expired holds its whole secret: to anybody else
    it is unknown.
    """
    if not _is_whole(secret):
        raise KeyUnknown("That is no member's key, or a part of one: copy all of it.")
    found = session.exec(
        select(MemberKey, Member)
        .join(Member, col(Member.id) == col(MemberKey.member))
        .where(col(MemberKey.digest) == digest(secret))
    ).first()
    if found is None:
        raise KeyUnknown
    row, owner = found
    if row.revoked_at is not None or owner.closed_at is not None:
        raise KeyRevoked
    if row.expires_at is not None and row.expires_at <= clock.now():
        raise KeyExpired
    return Bearer(row.member, row.name, frozenset(map(Scope, row.scope.split())), row.last_used_at)


def is_stale(last_used_at: datetime | None, at: datetime) -> bool:
    """Whether a use at `at` is worth writing down."""
    return last_used_at is None or at - last_used_at >= USED_EVERY


def note_uses(session: Session, uses: Mapping[tuple[str, str], datetime]) -> None:
    """Write down when keys, by member and name, were last used: once an hour each at most."""
    for (member_id, name), at in sorted(uses.items()):
        session.connection().execute(
            update(MemberKey)
            .where(
                col(MemberKey.member) == member_id,
                col(MemberKey.name) == name,
                or_(
                    col(MemberKey.last_used_at).is_(None),
                    col(MemberKey.last_used_at) <= at - USED_EVERY,
                ),
            )
            .values(last_used_at=at)
        )


def _drawn() -> str:
    body = PREFIX + "".join(secrets.choice(ALPHABET) for _ in range(SECRET_LENGTH))
    return body + _check(body)


def _is_whole(secret: str) -> bool:
    """Whether the check at the end fits: a slip of the keyboard asks no database."""
    body, check = secret[:-CHECK_LENGTH], secret[-CHECK_LENGTH:]
    return body.startswith(PREFIX) and check == _check(body)


def _check(body: str) -> str:
    left, told = crc32(body.encode()), ""
    for _ in range(CHECK_LENGTH):
        left, digit = divmod(left, len(ALPHABET))
        told = ALPHABET[digit] + told
    return told


def _read_scopes(scopes: Collection[str]) -> list[str]:
    known = [one.value for one in Scope]
    if not scopes or not set(scopes) <= set(known):
        raise BadInput(f"A key is for one or more of {', '.join(known)}.", field="scope")
    return [one for one in known if one in scopes]
