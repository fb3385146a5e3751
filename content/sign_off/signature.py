"""Signatures: one person's word on one statement, and what follows from it."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

import rfc8785
from sqlalchemy import bindparam
from sqlmodel import Field, Session, SQLModel, col, select

from content import clock, ledger
from content.errors import (
    AlreadyThere,
    FourEyes,
    StateHasMoved,
)
from content.people.actor import Actor
from content.people.role import Permission, read_grant
from content.records.participation import Part, take_part
from content.records.version import State, Version
from content.review import workflow
from content.review.declaration import require_declared, require_reason
from content.review.policy import Policy
from content.sign_off import readiness, restart
from content.sign_off import statement as statements
from content.sign_off.statement import Statement, StatementState


class Meaning(StrEnum):
    """What a signature says. Only an approval counts; a rejection ends the statement."""

    APPROVAL = "approval"
    REJECTION = "rejection"
    RECUSAL = "recusal"


class Signature(SQLModel, table=True):
    """What one person signed. Never changed and never deleted: a trigger refuses both."""

    __tablename__ = "signature"

    statement: str = Field(primary_key=True, foreign_key="statement.sha256")
    person: str = Field(primary_key=True, foreign_key="person.id")
    organisation: str
    meaning: str
    #: Whether the signer declared that an interest is relevant here.
    interests_relevant: bool
    #: Canonical JSON of kind `msif.signature/1`: the bytes that are signed.
    block: bytes
    #: The passkey's answer, as JSON. None while people sign by being signed in.
    credential: str | None = None
    comment: str
    at: datetime


_OF_STATEMENT = (
    select(Signature)
    .where(col(Signature.statement) == bindparam("statement"))
    .order_by(col(Signature.at), col(Signature.person))
)


def sign(
    session: Session,
    actor: Actor,
    statement: Statement,
    policy: Policy,
    *,
    meaning: Meaning,
    interests: str,
    interests_relevant: bool = False,
    comment: str = "",
) -> Signature:
    """Sign a statement; the last signature that is needed approves its versions.

    A relevant interest makes it a recusal. A rejection ends the statement: its versions are
    abandoned and their texts begin again as drafts. Raises RoleMissing, FourEyes, AlreadyThere,
    StateHasMoved, InterestsMissing, CommentMissing.
    """
    _require_signer(actor, statement)
    require_declared(interests, comment, needs_comment=meaning is Meaning.REJECTION)
    if statement.state != StatementState.OPEN or statement.lapses_at <= clock.now():
        raise StateHasMoved(f"Statement {statement.name} is no longer open.")
    if session.get(Signature, (statement.sha256, actor.id)):
        raise AlreadyThere("You have signed this statement already.")
    listed = statements.versions_of(session, statement)
    waiting = _waiting(listed)
    if not waiting:
        raise StateHasMoved(f"Every version of statement {statement.name} was given up.")
    for version in listed:
        take_part(session, version.key, actor.id, Part.SIGNER)
    said = Meaning.RECUSAL if interests_relevant else meaning
    signature = _write(
        session, actor, statement, said, interests.strip(), interests_relevant, comment.strip()
    )
    if said is Meaning.REJECTION:
        reject(session, statement, waiting, StatementState.REJECTED, actor=actor.id)
    else:
        settle(session, statement, policy, actor=actor.id)
    return signature


def settle(session: Session, statement: Statement, policy: Policy, *, actor: str) -> None:
    """Approve the statement's versions, if enough people signed and nothing else stands open."""
    if statement.state != StatementState.OPEN or len(approvals(session, statement)) < (
        statement.threshold
    ):
        return
    listed = _waiting(statements.versions_of(session, statement))
    if any(unmet for _, unmet in readiness.unmet_by_version(session, listed, policy)):
        return
    statements.end(session, statement, StatementState.SIGNED_OFF, actor=actor)
    for version in listed:
        workflow.move(
            session,
            version,
            State.APPROVED,
            actor=actor,
            event="version.approved",
            detail={"statement": statement.sha256},
        )


def settle_version(session: Session, version: Version, policy: Policy, *, actor: str) -> None:
    """The same for the statement of one version, after a review that came in late."""
    statement = statements.newest_for(session, version.key)
    if statement is not None:
        settle(session, statement, policy, actor=actor)


def object_to(session: Session, actor: Actor, version: Version, reason: str) -> Version:
    """Stop an approved version before it comes into force; its text begins again as a draft."""
    actor.must(Permission.OBJECT, version.locale)
    require_reason(reason)
    if version.state != State.APPROVED:
        raise StateHasMoved(f"{version.reference} is {version.state}, not approved.")
    return restart.abandon_and_begin(
        session, version, actor=actor.id, event="version.objected", reason=reason.strip()
    )


def lapse(session: Session, statement: Statement) -> None:
    """End a statement whose time is over."""
    listed = _waiting(statements.versions_of(session, statement))
    reject(session, statement, listed, StatementState.LAPSED, actor="hub")


def reject(
    session: Session,
    statement: Statement,
    listed: list[Version],
    to: StatementState,
    *,
    actor: str,
) -> None:
    statements.end(session, statement, to, actor=actor)
    for version in listed:
        restart.abandon_and_begin(
            session, version, actor=actor, event=f"version.{to.value}", reason=statement.name
        )


def _waiting(listed: Sequence[Version]) -> list[Version]:
    """Those that nobody gave up since the statement was opened."""
    return [version for version in listed if version.state == State.SIGN_OFF]


def approvals(session: Session, statement: Statement) -> list[Signature]:
    """The signatures that count, oldest first; one a person."""
    return [one for one in of_statement(session, statement) if one.meaning == Meaning.APPROVAL]


def of_statement(session: Session, statement: Statement) -> list[Signature]:
    return list(session.exec(_OF_STATEMENT, params={"statement": statement.sha256}).all())


def _require_signer(actor: Actor, statement: Statement) -> None:
    role = read_grant(statement.role)
    permission = Permission.SIGN_LANGUAGE if role.locale else Permission.SIGN_BOARD
    actor.must(permission, role.locale)
    if actor.id == statement.opened_by:
        raise FourEyes("You opened this statement, so somebody else has to sign it.")


def _write(
    session: Session,
    actor: Actor,
    statement: Statement,
    meaning: Meaning,
    interests: str,
    interests_relevant: bool,
    comment: str,
) -> Signature:
    at = clock.now()
    block = rfc8785.dumps(
        {
            "kind": "msif.signature/1",
            "statement": statement.sha256,
            "person": actor.id,
            "name": actor.name,
            "meaning": meaning.value,
            "interests": interests,
            "at": clock.stamp(at),
        }
    )
    signature = Signature(
        statement=statement.sha256,
        person=actor.id,
        organisation=actor.organisation,
        meaning=meaning.value,
        interests_relevant=interests_relevant,
        block=block,
        comment=comment,
        at=at,
    )
    session.add(signature)
    session.flush()
    ledger.append(
        session,
        actor=actor.id,
        event="statement.signed",
        subject=f"statement/{statement.name}",
        detail={
            "statement": statement.sha256,
            "meaning": meaning.value,
            "block": sha256(block).hexdigest(),
        },
    )
    return signature
