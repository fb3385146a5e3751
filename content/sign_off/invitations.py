"""Invitations to sign: a secret for each person whose signature is waited for.

It is a token that reads drafts and signs, nothing else, and lives as long as what it is for.
Whoever has it still signs nothing without the person's key.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from content import clock
from content.errors import ContentError
from content.people import person, token
from content.people.actor import Actor
from content.people.role import Permission, Role, read_grant
from content.review.policy import Policy
from content.sign_off import rotation, signatory, trust_file
from content.sign_off.statement import Statement
from content.sign_off.trust_file import Trust, TrustFile

#: How long somebody's own way to the page of a signature stays open.
OWN_HOURS = 4


@dataclass(frozen=True)
class _Invitation:
    """What people are invited to sign. Frozen."""

    label: str
    until: datetime
    permission: Permission
    obstacle: Callable[[Actor], ContentError | None]


def to_statement(
    session: Session, statement: Statement, policy: Policy, *, by: str, only: str = ""
) -> dict[str, str]:
    """Person to secret, for whoever may sign this statement now, or for one of them alone.

    Raises TrustMissing; and for a person who was named, what stands in their way.
    """
    trust = trust_file.required(session, policy.pinned)
    invitation = _to_statement(session, statement, policy)
    return _secrets(session, invitation, trust.people(statement.role), by, only)


def invite(
    session: Session, actor: Actor, statement: Statement, policy: Policy, person_id: str
) -> str:
    """The secret for one person, from an editor. Raises RoleMissing, PersonNotFound, TrustMissing,
    and what stands in the person's way."""
    actor.must(Permission.OPEN_STATEMENT)
    found = to_statement(session, statement, policy, by=actor.id, only=person_id)
    return found[person_id]


def for_oneself(session: Session, actor: Actor, statement: Statement, policy: Policy) -> str:
    """The same for who is here themselves, for OWN_HOURS. Raises what stands in their way."""
    actor.must(Permission.READ_DRAFTS, read_grant(statement.role).locale)
    return _own(session, _to_statement(session, statement, policy), actor)


def for_oneself_to_trust_file(
    session: Session, actor: Actor, row: TrustFile, before: Trust, policy: Policy
) -> str:
    """The same for a trust file that waits."""
    actor.must(Permission.READ_DRAFTS)
    return _own(session, _to_trust_file(session, row, before, policy), actor)


def to_trust_file(
    session: Session, row: TrustFile, before: Trust, policy: Policy, *, by: str, only: str = ""
) -> dict[str, str]:
    """The same for a trust file that waits. Its secrets live as long as a statement waits."""
    boards = {*before.people(Role.BOARD), *rotation.proposed(row).people(Role.BOARD)}
    invitation = _to_trust_file(session, row, before, policy)
    return _secrets(session, invitation, sorted(boards), by, only)


def _to_statement(session: Session, statement: Statement, policy: Policy) -> _Invitation:
    return _Invitation(
        f"to sign statement {statement.name}",
        statement.lapses_at,
        signatory.permission(statement),
        lambda actor: signatory.obstacle(session, actor, statement, policy),
    )


def _to_trust_file(session: Session, row: TrustFile, before: Trust, policy: Policy) -> _Invitation:
    return _Invitation(
        f"to sign trust file {row.version}",
        clock.now() + timedelta(days=policy.statement.open_days),
        Permission.SIGN_BOARD,
        lambda actor: rotation.obstacle(session, actor, row, before),
    )


def _own(session: Session, invitation: _Invitation, actor: Actor) -> str:
    """For the actor as they are: a session that may less invites to nothing more."""
    error = invitation.obstacle(actor)
    if error is not None:
        raise error
    until = min(invitation.until, clock.now() + timedelta(hours=OWN_HOURS))
    return _secret(session, invitation, actor.id, until, actor.id)


def _secrets(
    session: Session, invitation: _Invitation, people: Sequence[str], by: str, only: str
) -> dict[str, str]:
    found = {}
    for one in [only] if only else people:
        error = invitation.obstacle(person.actor(session, one))
        if error is not None and only:
            raise error
        if error is None:
            found[one] = _secret(session, invitation, one, invitation.until, by)
    return found


def _secret(
    session: Session, invitation: _Invitation, person_id: str, until: datetime, by: str
) -> str:
    return token.make_until(
        session,
        person_id,
        until,
        by=by,
        label=invitation.label,
        scope=f"{Permission.READ_DRAFTS} {invitation.permission}",
    )
