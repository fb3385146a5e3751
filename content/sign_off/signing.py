"""Signing: what a person says of a statement with their key, and what follows from it."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from sqlmodel import Session

from content import ledger
from content.errors import StateHasMoved
from content.people import passkey
from content.people.actor import Actor
from content.people.role import Permission
from content.records.participation import Part, take_part_in
from content.records.version import State, Version
from content.review import workflow
from content.review.declaration import require_declared, require_reason
from content.review.policy import Policy
from content.sign_off import assertion, block, quorum, readiness, restart, signatory, trust_file
from content.sign_off import statement as statements
from content.sign_off.block import Block, Meaning
from content.sign_off.signature import Signature, of_statement
from content.sign_off.statement import Statement, StatementState


def sign(
    session: Session,
    actor: Actor,
    statement: Statement,
    policy: Policy,
    *,
    signed: bytes,
    credential: dict[str, Any],
    comment: str = "",
) -> Signature:
    """Take a signature: the block that was signed, and what the person's key said to it.

    The last one that is needed approves the statement's versions. A recusal counts for nothing; a
    rejection says why in `comment`, ends the statement, and its texts begin again as drafts. Raises
    RoleMissing, FourEyes, AlreadyThere, StateHasMoved, InterestsMissing, CommentMissing,
    BlockMalformed, SignatureRefused, TrustMissing.
    """
    signatory.require_role(actor, statement)
    said = block.read(signed, statement.sha256, actor)
    require_declared(said.interests, comment, needs_comment=said.meaning is Meaning.REJECTION)
    listed = signatory.require_turn(session, actor, statement)
    trust = signatory.require_named(session, actor, statement, policy)
    people = trust.people(statement.role)
    passkey.require_kept(session, credential.get("id"))
    assertion.require_signed(statement.body, signed, credential, trust, people)
    take_part_in(session, [version.key for version in listed], actor.id, Part.SIGNER)
    signature = _write(session, actor, said, credential, comment.strip())
    if said.meaning is Meaning.REJECTION:
        reject(session, statement, _waiting(listed), StatementState.REJECTED, actor=actor.id)
    else:
        settle(session, statement, policy, actor=actor.id)
    return signature


def settle(session: Session, statement: Statement, policy: Policy, *, actor: str) -> None:
    """Approve the statement's versions, if enough people signed and nothing else stands open."""
    if statement.state != StatementState.OPEN or not _is_enough(session, statement, policy):
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


def _is_enough(session: Session, statement: Statement, policy: Policy) -> bool:
    trust = trust_file.current(session, policy.pinned)
    return trust is not None and quorum.is_reached(
        statement, of_statement(session, statement), trust
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


def _write(
    session: Session, actor: Actor, said: Block, credential: dict[str, Any], comment: str
) -> Signature:
    signature = Signature(
        statement=said.statement,
        person=actor.id,
        organisation=actor.organisation,
        meaning=said.meaning.value,
        interests_relevant=said.meaning is Meaning.RECUSAL,
        block=said.body,
        credential=json.dumps(credential, separators=(",", ":")),
        comment=comment,
        at=said.at,
    )
    session.add(signature)
    session.flush()
    ledger.append(
        session,
        actor=actor.id,
        event="statement.signed",
        subject=f"statement/{statements.find(session, said.statement).name}",
        detail={
            "statement": said.statement,
            "meaning": said.meaning.value,
            "block": sha256(said.body).hexdigest(),
        },
    )
    return signature
