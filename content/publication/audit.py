"""The audit: what is in force goes through the check that members make, and what fails is refused.

At the start of each server and every few minutes, when a trust file is accepted, when somebody
meets bytes that were changed, and by `msif verify`.
"""

from collections.abc import Iterator, Sequence

from sqlmodel import Session, col, select

from content.publication import refusal, release, representation
from content.publication.refusal import Refusal
from content.records.version import State, Version
from content.review.policy import Policy
from content.sign_off import verify
from content.sign_off.trust_file import TrustFile

NOT_SIGNED_OFF = "not-signed-off"
#: Versions that are looked at in one round of queries.
AT_ONCE = 1_000


def found(session: Session, policy: Policy) -> dict[tuple[str, str], Refusal]:
    """By section and locale, what does not pass, oldest first. Changes nothing."""
    failed: dict[tuple[str, str], Refusal] = {}
    for listed in _in_force(session):
        proofs = verify.proofs(session, listed, policy)
        failed |= {
            (one.section, one.locale): refusal.of(
                one.section, one.locale, one.number, one.document or "", NOT_SIGNED_OFF
            )
            for one in listed
            if one.key not in proofs
        }
    return failed


def _in_force(session: Session) -> Iterator[Sequence[Version]]:
    """All of it, oldest first, so many at a time: a large hub would not fit into memory."""
    last = 0
    query = select(Version).where(col(Version.state) == State.IN_FORCE).order_by(col(Version.id))
    while listed := session.exec(query.where(col(Version.id) > last).limit(AT_ONCE)).all():
        yield listed
        last = listed[-1].key


def is_called_for(session: Session, policy: Policy) -> bool:
    """A look, for readers: whether `carry_out` would change anything."""
    stand = refusal.places(session)
    fail = {(one.section, one.locale, one.version) for one in found(session, policy).values()}
    return stand != fail


def under(session: Session, row: TrustFile, policy: Policy) -> list[Refusal]:
    """What follows when this trust file is accepted: members are told, and everything in force is
    looked at again. What stands refused then."""
    release.append_trust(session, row)
    return carry_out(session, policy)


def carry_out(session: Session, policy: Policy) -> list[Refusal]:
    """Refuse what does not pass, and take back what passes again; what stands refused now.

    The ledger tells of each, and the answers are made anew.
    """
    touched = refusal.put(session, found(session, policy))
    representation.refresh(session, touched, policy)
    return refusal.standing(session)
