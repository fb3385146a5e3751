"""Everybody, with what they hold and by what they act. Three questions, however many there are."""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy
from sqlmodel import Session, col, func, select

from content import clock
from content.people.passkey import Passkey
from content.people.person import Person, RoleGrant
from content.people.role import Grant, Role
from content.people.session import HOURS_MAX, IDLE_HOURS_MAX, DeskSession
from content.people.token import Token


@dataclass(frozen=True)
class Means:
    """By what somebody acts, counted. Frozen."""

    passkeys: int
    #: Tokens that still let them in.
    tokens: int
    #: Sessions at the desk that are open.
    sessions: int
    #: At the desk; None where they never were.
    last_seen_at: datetime | None


@dataclass(frozen=True)
class Listed:
    """One person of the directory. Frozen."""

    person: Person
    grants: tuple[Grant, ...]
    means: Means


@dataclass(frozen=True)
class Directory:
    """Some of the people who were looked for, and how many there are in all. Frozen."""

    people: tuple[Listed, ...]
    total: int


def look_up(
    session: Session, *, word: str = "", role: Role | None = None, start: int = 0, most: int
) -> Directory:
    """People by name, those who were erased at last.

    The word is looked for in name, organisation and id, whatever its capitals and accents.
    """
    held = _grants(session)
    found = [
        one
        for one in named(session, word)
        if role is None or any(grant.role is role for grant in held[one.id])
    ]
    shown = found[start : start + most]
    means = _means(session, [one.id for one in shown])
    listed = (Listed(one, tuple(sorted(held[one.id])), means[one.id]) for one in shown)
    return Directory(tuple(listed), len(found))


def named(session: Session, word: str) -> list[Person]:
    """Those in whose name, organisation or id the word is found, by name."""
    wanted = folded(word)
    people = session.exec(select(Person)).all()
    found = [
        one
        for one in people
        if any(wanted in folded(told) for told in (one.name, one.organisation, one.id))
    ]
    return sorted(found, key=lambda one: (one.erased_at is not None, folded(one.name), one.id))


def folded(text: str) -> str:
    """`Élodie` as `elodie`: as it is looked for and sorted."""
    parts = unicodedata.normalize("NFKD", text.strip())
    return "".join(one for one in parts if not unicodedata.combining(one)).casefold()


def _grants(session: Session) -> dict[str, list[Grant]]:
    held: dict[str, list[Grant]] = defaultdict(list)
    for row in session.exec(select(RoleGrant)):
        held[row.person].append(Grant(Role(row.role), row.locale))
    return held


def _means(session: Session, people: Collection[str]) -> dict[str, Means]:
    now = clock.now()
    living = (col(Token.revoked_at).is_(None), col(Token.expires_at) > now)
    is_open = (
        col(DeskSession.ended_at).is_(None),
        col(DeskSession.created_at) > now - timedelta(hours=HOURS_MAX),
        col(DeskSession.last_seen_at) > now - timedelta(hours=IDLE_HOURS_MAX),
    )
    rows: Sequence[Any] = session.execute(
        sqlalchemy.select(
            col(Person.id),
            _count(Passkey, col(Passkey.removed_at).is_(None)),
            _count(Token, *living),
            _count(DeskSession, *is_open),
            _of(DeskSession, func.max(col(DeskSession.last_seen_at))),
        ).where(col(Person.id).in_(people))
    ).all()
    return {one: Means(*counted) for one, *counted in rows}


def _count(table: type[Passkey | Token | DeskSession], *which: Any) -> Any:
    return _of(table, func.count(), *which)


def _of(table: type[Passkey | Token | DeskSession], what: Any, *which: Any) -> Any:
    """Something of the rows of the person who is listed."""
    own = col(table.person) == col(Person.id)
    return select(what).select_from(table).where(own, *which).correlate(Person).scalar_subquery()
