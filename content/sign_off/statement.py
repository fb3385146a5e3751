"""Statements: lists of documents put to signature together.

The statement's bytes are RFC 8785 JSON of kind `msif.sign-off/1`, named by their SHA-256. What is
signed is that digest, and through it the digest of every document.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

import rfc8785
from sqlalchemy import Index, text, update
from sqlmodel import Field, Session, SQLModel, col, func, select

from content import clock, ledger
from content.errors import RequirementsOpen, StateHasMoved, StatementEmpty, StatementNotFound
from content.people.actor import Actor
from content.people.role import Permission, Role
from content.records.version import State, Version
from content.review import workflow
from content.review.policy import Policy
from content.review.requirements import Requirement
from content.sign_off import readiness, trust_file
from content.sign_off.trust_file import Trust

#: Documents in one statement.
ITEMS_MAX = 5_000
#: In these words, by which SQLite knows the index.
OPEN = text("state = 'open'")


class StatementState(StrEnum):
    """What became of a statement. Only an open one takes signatures."""

    OPEN = "open"
    SIGNED_OFF = "signed_off"
    REJECTED = "rejected"
    LAPSED = "lapsed"


class Statement(SQLModel, table=True):
    """A list of documents put to signature. Only its state changes: a trigger holds the rest."""

    __tablename__ = "statement"
    __table_args__ = (
        Index("ix_statement_open", "lapses_at", sqlite_where=OPEN, postgresql_where=OPEN),
    )

    sha256: str = Field(primary_key=True)
    #: Year and number, for people: `2026-0142`.
    name: str = Field(unique=True)
    body: bytes
    #: `board`, or `language-reviewer:fr`.
    role: str
    #: Distinct people who have to sign.
    threshold: int
    #: None where the hub opened it for a version that it carried forward.
    opened_by: str | None = Field(default=None, foreign_key="person.id")
    opened_at: datetime
    lapses_at: datetime
    state: str


class StatementEntry(SQLModel, table=True):
    """One document of a statement. Never changed."""

    __tablename__ = "statement_entry"

    statement: str = Field(primary_key=True, foreign_key="statement.sha256")
    version: int = Field(primary_key=True, foreign_key="version.id", index=True)
    document: str = Field(foreign_key="document.sha256")


def open_statement(
    session: Session, actor: Actor, chosen: Sequence[Version], policy: Policy, role: str = ""
) -> Statement:
    """Put these versions to signature by the role that signs them.

    Source texts are signed by the board; translations of one locale by its language reviewers, or
    by the board if `role` says so. Raises StatementEmpty, RequirementsOpen, StateHasMoved,
    TrustMissing, TrustRoleMissing.
    """
    actor.must(Permission.OPEN_STATEMENT)
    if not 0 < len(chosen) <= ITEMS_MAX or len({version.key for version in chosen}) < len(chosen):
        raise StatementEmpty(f"A statement lists 1 to {ITEMS_MAX:,} different versions.")
    signing = role or role_of(chosen)
    if signing not in ("board", role_of(chosen)):
        raise StatementEmpty(f"These versions are not signed by {signing}.")
    for version, unmet in readiness.unmet_by_version(session, chosen, policy):
        _require_ready(version, unmet)
    return put_to_signature(session, chosen, policy, signing, opened_by=actor.id)


def put_to_signature(
    session: Session,
    chosen: Sequence[Version],
    policy: Policy,
    role: str,
    *,
    opened_by: str | None,
) -> Statement:
    """Write the statement and take its versions into sign_off. The caller checked that they may.

    Raises TrustMissing, TrustRoleMissing.
    """
    opened = clock.now()
    trust = trust_file.required(session, policy.pinned)
    statement = _opened(session, trust, policy, role, chosen, opened_by, opened)
    for version in chosen:
        workflow.move(
            session,
            version,
            State.SIGN_OFF,
            actor=opened_by or "hub",
            event="version.put_to_signature",
            detail={"statement": statement.sha256},
        )
    _list(session, statement, chosen)
    return statement


def put_again(session: Session, policy: Policy) -> list[Statement]:
    """Put what waits for signature to it again, under the trust file that holds now.

    Whoever signed before signs once more: what they signed names the file before. A statement whose
    role is in the file no longer lapses at its time.
    """
    trust = trust_file.required(session, policy.pinned)
    again = []
    for old in session.exec(
        select(Statement)
        .where(col(Statement.state) == StatementState.OPEN)
        .order_by(col(Statement.name))
    ).all():
        waiting = [one for one in versions_of(session, old) if one.state == State.SIGN_OFF]
        if waiting and old.role in trust.told["roles"]:
            end(session, old, StatementState.LAPSED, actor="hub")
            opened = clock.now()
            new = _opened(session, trust, policy, old.role, waiting, old.opened_by, opened)
            _list(session, new, waiting)
            again.append(new)
    return again


def _opened(
    session: Session,
    trust: Trust,
    policy: Policy,
    role: str,
    chosen: Sequence[Version],
    opened_by: str | None,
    opened: datetime,
) -> Statement:
    name = _next_name(session, opened)
    body = _body(trust, name, role, opened, chosen)
    statement = Statement(
        sha256=sha256(body).hexdigest(),
        name=name,
        body=body,
        role=role,
        threshold=trust_file.needed(trust, policy, role),
        opened_by=opened_by,
        opened_at=opened,
        lapses_at=opened + timedelta(days=policy.statement.open_days),
        state=StatementState.OPEN,
    )
    session.add(statement)
    session.flush()
    return statement


def _list(session: Session, statement: Statement, chosen: Sequence[Version]) -> None:
    for version in chosen:
        session.add(
            StatementEntry(
                statement=statement.sha256, version=version.key, document=version.document or ""
            )
        )
    session.flush()
    _record(session, statement, statement.opened_by or "hub", "statement.opened")


def role_of(chosen: Sequence[Version]) -> str:
    if not any(version.is_translation for version in chosen):
        return Role.BOARD.value
    locales = {version.locale for version in chosen}
    if len(locales) == 1 and all(version.is_translation for version in chosen):
        return f"{Role.LANGUAGE_REVIEWER}:{locales.pop()}"
    return Role.BOARD.value


def _require_ready(version: Version, unmet: Sequence[Requirement]) -> None:
    if version.state != State.IN_REVIEW:
        raise StateHasMoved(
            f"{version.reference} is {version.state}, not in review.", version=version.reference
        )
    if unmet and not readiness.is_hurried(version):
        raise RequirementsOpen(
            f"{version.reference} still needs: "
            + ", ".join(f"{one.code} ({one.have} of {one.needed})" for one in unmet)
            + ".",
            requirements=[one.code for one in unmet],
            version=version.reference,
        )


def _next_name(session: Session, at: datetime) -> str:
    start = f"{at.year}-"
    count = session.exec(
        select(func.count()).select_from(Statement).where(col(Statement.name).startswith(start))
    ).one()
    return f"{start}{count + 1:04d}"


def _body(trust: Trust, name: str, role: str, opened: datetime, chosen: Sequence[Version]) -> bytes:
    return rfc8785.dumps(
        {
            "kind": "msif.sign-off/1",
            "id": name,
            "role": role,
            "created": clock.stamp(opened),
            "trust": trust.name,
            "items": [
                {
                    "section": version.section,
                    "locale": version.locale,
                    "version": version.number,
                    "sha256": version.document,
                    "source": version.source,
                    "review_by": version.review_by.isoformat(),
                }
                for version in chosen
            ],
        }
    )


def find(session: Session, digest: str) -> Statement:
    """Raises StatementNotFound."""
    statement = session.get(Statement, digest)
    if statement is None:
        raise StatementNotFound(sha256=digest)
    return statement


def versions_of(session: Session, statement: Statement) -> list[Version]:
    """The versions it lists, in its order."""
    order = [item["sha256"] for item in json.loads(statement.body)["items"]]
    listed = session.exec(
        select(Version)
        .join(StatementEntry, col(StatementEntry.version) == col(Version.id))
        .where(col(StatementEntry.statement) == statement.sha256)
    ).all()
    place = {digest: index for index, digest in enumerate(order)}
    return sorted(listed, key=lambda version: place.get(version.document or "", 0))


def end(session: Session, statement: Statement, to: StatementState, *, actor: str) -> None:
    """Close a statement. Raises StateHasMoved where somebody else closed it."""
    ended = session.connection().execute(
        update(Statement)
        .where(
            col(Statement.sha256) == statement.sha256,
            col(Statement.state) == StatementState.OPEN,
        )
        .values(state=to.value)
    )
    if ended.rowcount != 1:
        raise StateHasMoved(f"Statement {statement.name} is {statement.state}.")
    session.refresh(statement)
    _record(session, statement, actor, f"statement.{to.value}")


def newest_for(session: Session, version: int) -> Statement | None:
    """The last statement that listed this version."""
    return session.exec(
        select(Statement)
        .join(StatementEntry, col(StatementEntry.statement) == col(Statement.sha256))
        .where(col(StatementEntry.version) == version)
        .order_by(col(Statement.opened_at).desc(), col(Statement.name).desc())
        .limit(1)
    ).first()


def _record(session: Session, statement: Statement, actor: str, event: str) -> None:
    ledger.append(
        session,
        actor=actor,
        event=event,
        subject=f"statement/{statement.name}",
        detail={"statement": statement.sha256, "role": statement.role},
    )
