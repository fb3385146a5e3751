"""Statements in lists: which of them somebody may know of, the open ones first."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, exists, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, or_, select

from content.errors import StatementNotFound
from content.ledger import LedgerRow
from content.people.actor import Actor
from content.people.person import Person
from content.people.role import Permission, Role, read_grant
from content.records.document import StoredDocument
from content.records.version import State, Version
from content.sign_off.signature import Signature
from content.sign_off.statement import Statement, StatementEntry, StatementState


@dataclass(frozen=True)
class Listed:
    """One statement of a list, with how many texts it lists and who signed it. Frozen."""

    statement: Statement
    texts: int
    signatures: tuple[Signature, ...]


def may_see(actor: Actor, statement: Statement) -> bool:
    """Whoever works in one language sees the statements of that language."""
    return actor.may(Permission.READ_DRAFTS, read_grant(statement.role).locale)


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """The same as a condition. Raises RoleMissing or ScopeMissing for who sees none at all."""
    if actor.may(Permission.READ_DRAFTS):
        return true()
    known = {grant.locale for grant in actor.grants if grant.locale}
    read = [locale for locale in sorted(known) if actor.may(Permission.READ_DRAFTS, locale)]
    if not read:
        actor.must(Permission.READ_DRAFTS)
    return col(Statement.role).in_([f"{Role.LANGUAGE_REVIEWER}:{locale}" for locale in read])


def named(session: Session, actor: Actor, name: str) -> tuple[Statement, str]:
    """A statement by its digest or its name (2026-0142), and who opened it; empty for the hub.

    Raises StatementNotFound, also for who may not know of it.
    """
    found = session.exec(
        select(Statement, Person.name)
        .outerjoin(Person, col(Person.id) == col(Statement.opened_by))
        .where(or_(col(Statement.sha256) == name, col(Statement.name) == name))
    ).first()
    if found is None or not may_see(actor, found[0]):
        raise StatementNotFound(statement=name)
    return found[0], found[1] or ""


def texts(
    session: Session, statement: Statement, *, start: int, limit: int
) -> tuple[list[tuple[Version, str]], int, bool]:
    """(versions with their titles, how many there are in all, whether any waits for signature).

    In the statement's order, from place `start` on. One query.
    """
    order = [item["sha256"] for item in json.loads(statement.body)["items"]]
    wanted = order[start : start + limit]
    rows = session.exec(
        select(Version, StoredDocument.sha256, StoredDocument.body, _waits(statement))
        .join(StatementEntry, col(StatementEntry.version) == col(Version.id))
        .join(StoredDocument, col(StoredDocument.sha256) == col(StatementEntry.document))
        .where(
            col(StatementEntry.statement) == statement.sha256,
            col(StatementEntry.document).in_(wanted),
        )
    ).all()
    rows = sorted(rows, key=lambda row: wanted.index(row[1]))
    listed = [(version, str(json.loads(body)["title"])) for version, _, body, _ in rows]
    return listed, len(order), any(waits for *_, waits in rows)


def _waits(statement: Statement) -> ColumnElement[bool]:
    entry, listed = aliased(StatementEntry), aliased(Version)
    return exists().where(
        col(entry.statement) == statement.sha256,
        col(entry.version) == col(listed.id),
        col(listed.state) == State.SIGN_OFF,
    )


def ended_at(session: Session, statement: Statement) -> datetime | None:
    """When it was signed off, rejected or lapsed; None while it is open."""
    return session.exec(
        select(func.max(LedgerRow.at)).where(
            col(LedgerRow.subject) == f"statement/{statement.name}",
            col(LedgerRow.event) == f"statement.{statement.state}",
        )
    ).one()


def page(
    session: Session,
    actor: Actor,
    state: StatementState | None,
    *,
    start: int,
    limit: int,
) -> tuple[list[Listed], bool]:
    """(statements, more): from place `start` on, at most `limit` of them. Two queries.

    Open ones come first, the one that lapses next before the others; then the rest, the newest
    first.
    """
    is_closed = col(Statement.state) != StatementState.OPEN
    texts = (
        select(func.count())
        .select_from(StatementEntry)
        .where(col(StatementEntry.statement) == col(Statement.sha256))
        .scalar_subquery()
    )
    query = select(Statement, texts).where(seen_by(actor))
    if state is not None:
        query = query.where(col(Statement.state) == state)
    rows = session.exec(
        query.order_by(
            is_closed,
            case((is_closed, None), else_=col(Statement.lapses_at)),
            col(Statement.opened_at).desc(),
            col(Statement.name).desc(),
        )
        .offset(start)
        .limit(limit + 1)
    ).all()
    signed = _signatures(session, [one.sha256 for one, _ in rows[:limit]])
    listed = [Listed(one, count, tuple(signed[one.sha256])) for one, count in rows[:limit]]
    return listed, len(rows) > limit


def _signatures(session: Session, digests: Collection[str]) -> dict[str, list[Signature]]:
    found: dict[str, list[Signature]] = defaultdict(list)
    if digests:
        for one in session.exec(
            select(Signature)
            .where(col(Signature.statement).in_(digests))
            .order_by(col(Signature.at), col(Signature.person))
        ):
            found[one.statement].append(one)
    return found
