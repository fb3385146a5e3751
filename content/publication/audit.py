"""The audit: what is in force goes through the check that members make, and what fails is refused.

At the start of each server and every few minutes, when a trust file is accepted, when somebody
meets bytes that were changed, and by `msif verify`. A server that has just started looks at single
sections before it answers with them.
"""

from collections.abc import Collection, Iterator, Sequence

from sqlmodel import Session, col, select

from content.publication import refusal, release, representation
from content.publication.refusal import Refusal
from content.records.version import State, Version, is_in
from content.review.policy import Policy
from content.sign_off import verify
from content.sign_off.trust_file import TrustFile

NOT_SIGNED_OFF = "not-signed-off"
#: Versions that are looked at in one round of queries.
AT_ONCE = 1_000


def found(
    session: Session, policy: Policy, sections: Collection[str] | None = None
) -> dict[tuple[str, str], Refusal]:
    """By section and locale, what does not pass, oldest first. Changes nothing.

    Of these sections; of all where none are named.
    """
    failed: dict[tuple[str, str], Refusal] = {}
    for listed in _in_force(session, sections):
        proofs = verify.proofs(session, listed, policy)
        failed |= {
            (one.section, one.locale): refusal.of(
                one.section, one.locale, one.number, one.document or "", NOT_SIGNED_OFF
            )
            for one in listed
            if one.key not in proofs
        }
    return failed


def _in_force(session: Session, sections: Collection[str] | None) -> Iterator[Sequence[Version]]:
    """Oldest first, so many at a time: a large hub would not fit into memory."""
    last = 0
    if sections is None:
        query = select(Version).where(col(Version.state) == State.IN_FORCE)
    else:
        query = select(Version).where(col(Version.section).in_(sections), is_in({State.IN_FORCE}))
    query = query.order_by(col(Version.id)).limit(AT_ONCE)
    while listed := session.exec(query.where(col(Version.id) > last)).all():
        yield listed
        last = listed[-1].key


def is_called_for(
    session: Session, policy: Policy, sections: Collection[str] | None = None
) -> bool:
    """A look, for readers: whether `carry_out` would change anything."""
    stand = refusal.places(session, sections)
    fail = found(session, policy, sections).values()
    return stand != {(one.section, one.locale, one.version) for one in fail}


def under(session: Session, row: TrustFile, policy: Policy) -> list[Refusal]:
    """What follows when this trust file is accepted: members are told, and everything in force is
    looked at again. What stands refused then."""
    release.append_trust(session, row)
    return carry_out(session, policy)


def carry_out(
    session: Session, policy: Policy, sections: Collection[str] | None = None
) -> list[Refusal]:
    """Refuse what does not pass, and take back what passes again; what stands refused now.

    The ledger tells of each, and the answers are made anew.
    """
    touched = refusal.put(session, found(session, policy, sections), sections)
    representation.refresh(session, touched, policy)
    return refusal.standing(session)
