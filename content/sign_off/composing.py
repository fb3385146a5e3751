"""What can be put to signature now, by the role that signs it; and putting it there."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from content.errors import BadInput, TrustMissing, TrustRoleMissing
from content.people.actor import Actor
from content.people.role import Permission, Role
from content.records import version as versions
from content.records.version import State, Version
from content.review.policy import Policy, StatementRules
from content.review.requirements import Requirement
from content.sign_off import readiness, trust_file
from content.sign_off import statement as statements
from content.sign_off.statement import Statement

_followed = aliased(Version)


@dataclass(frozen=True)
class Ready:
    """One version that can be put to signature. Frozen."""

    version: Version
    #: `board`, or `language-reviewer:fr`.
    role: str
    #: Of a safety change: reviews that are still to come in before it can be approved.
    to_come: tuple[Requirement, ...]


@dataclass(frozen=True)
class InReview:
    """Everything that is in review: what is ready, by role, and how many are not yet. Frozen."""

    ready: dict[str, list[Ready]]
    unready: int
    #: Role to how many have to sign; without those for whom nobody can at present.
    needed: dict[str, int]


def in_review(session: Session, actor: Actor, policy: Policy) -> InReview:
    """What an editor can put to signature, the same number of questions for however many.

    Raises RoleMissing, ScopeMissing.
    """
    actor.must(Permission.OPEN_STATEMENT)
    rows = session.exec(
        select(Version, _followed)
        .outerjoin(_followed, col(_followed.document) == col(Version.source))
        .where(col(Version.state) == State.IN_REVIEW)
        .order_by(col(Version.section), col(Version.locale))
    ).all()
    # One row each: a document has the number of its version in it.
    listed = [version for version, _ in rows]
    followed = versions.by_document(one for _, one in rows if one is not None)
    ready: dict[str, list[Ready]] = defaultdict(list)
    for version, unmet in readiness.unmet_by_version(session, listed, policy, followed):
        if not unmet or readiness.is_hurried(version):
            role = role_of(version)
            ready[role].append(Ready(version, role, unmet))
    # The board's first, then by language.
    ordered = dict(sorted(ready.items(), key=lambda one: (one[0] != Role.BOARD, one[0])))
    unready = len(listed) - sum(map(len, ordered.values()))
    return InReview(ordered, unready, _needed(session, policy, ordered))


def _needed(session: Session, policy: Policy, roles: Collection[str]) -> dict[str, int]:
    found = {}
    with suppress(TrustMissing):
        trust = trust_file.required(session, policy.pinned)
        for role in roles:
            with suppress(TrustRoleMissing):
                found[role] = trust_file.needed(trust, policy, role)
    return found


def put_to_signature(
    session: Session, actor: Actor, chosen: Sequence[Version], policy: Policy, *, days: int
) -> Statement:
    """Open a statement that lapses after so many days, at most as many as the policy has.

    Raises BadInput, and what `statement.open_statement` does.
    """
    longest = policy.statement.open_days
    if not 1 <= days <= longest:
        raise BadInput(f"A statement waits 1 to {longest} days.", field="days")
    rules = policy.model_copy(update={"statement": StatementRules(open_days=days)})
    return statements.open_statement(session, actor, chosen, rules)


def role_of(version: Version) -> str:
    """Who signs it, where it is put to signature with others of its kind."""
    return statements.role_of([version])
