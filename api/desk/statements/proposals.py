"""Trust files that wait for the board's signatures, for who is in it."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from content.errors import TrustFileNotFound
from content.people.actor import Actor
from content.people.role import Permission
from content.review.policy import Policy
from content.sign_off import invitations, rotation, trust_file
from content.sign_off.trust_file import Trust, TrustFile, TrustSignature, TrustState


@dataclass(frozen=True)
class Proposal:
    """A trust file that waits. Frozen."""

    row: TrustFile
    signed: int
    can_sign: bool


def waiting(session: Session, actor: Actor, trust: Trust | None) -> list[Proposal]:
    """Those that somebody of the board may know of; of others nothing is told."""
    if not actor.may(Permission.SIGN_BOARD):
        return []
    signed: dict[str, int] = {}
    found: dict[str, TrustFile] = {}
    for row, person in session.exec(
        select(TrustFile, TrustSignature.person)
        .outerjoin(TrustSignature, col(TrustSignature.trust_file) == col(TrustFile.sha256))
        .where(col(TrustFile.state) == TrustState.PROPOSED)
    ):
        found[row.sha256] = row
        signed[row.sha256] = signed.get(row.sha256, 0) + (person is not None)
    return [
        Proposal(row, signed[key], rotation.obstacle(session, actor, row, trust) is None)
        for key, row in found.items()
    ]


def for_oneself(session: Session, actor: Actor, sha256: str, policy: Policy) -> str:
    """The secret by which a board member reads and signs it.

    Raises TrustFileNotFound, also for who may not know of it, and what stands in their way.
    """
    if not actor.may(Permission.SIGN_BOARD):
        raise TrustFileNotFound(sha256=sha256)
    row = trust_file.find(session, sha256)
    before = trust_file.required(session, policy.pinned)
    return invitations.for_oneself_to_trust_file(session, actor, row, before, policy)
