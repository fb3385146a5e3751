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
from content.people.role import Permission, Role
from content.review.policy import Policy
from content.sign_off import rotation, signatory, trust_file
from content.sign_off.statement import Statement
from content.sign_off.trust_file import Trust, TrustFile


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
    invitation = _Invitation(
        f"to sign statement {statement.name}",
        statement.lapses_at,
        signatory.permission(statement),
        lambda actor: signatory.obstacle(session, actor, statement, policy),
    )
    return _secrets(session, invitation, trust.people(statement.role), by, only)


def to_trust_file(
    session: Session, row: TrustFile, before: Trust, policy: Policy, *, by: str, only: str = ""
) -> dict[str, str]:
    """The same for a trust file that waits. Its secrets live as long as a statement waits."""
    boards = {*before.people(Role.BOARD), *rotation.proposed(row).people(Role.BOARD)}
    invitation = _Invitation(
        f"to sign trust file {row.version}",
        clock.now() + timedelta(days=policy.statement.open_days),
        Permission.SIGN_BOARD,
        lambda actor: rotation.obstacle(session, actor, row, before),
    )
    return _secrets(session, invitation, sorted(boards), by, only)


def _secrets(
    session: Session, invitation: _Invitation, people: Sequence[str], by: str, only: str
) -> dict[str, str]:
    found = {}
    for one in [only] if only else people:
        error = invitation.obstacle(person.actor(session, one))
        if error is not None and only:
            raise error
        if error is None:
            found[one] = token.make_until(
                session,
                one,
                invitation.until,
                by=by,
                label=invitation.label,
                scope=f"{Permission.READ_DRAFTS} {invitation.permission}",
            )
    return found
