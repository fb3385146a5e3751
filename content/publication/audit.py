"""The audit: what is in force goes through the check that members make, and what fails is refused.

At the start of each server and every few minutes, when a trust file is accepted, when somebody
meets bytes that were changed, and by `msif verify`. A server that has just started looks at single
sections before it answers with them.
"""

from collections.abc import Collection

from sqlmodel import Session, col, select

from content.publication import refusal, release, representation
from content.publication.refusal import Refusal
from content.records.version import State, Version, is_in
from content.review.policy import Policy
from content.sign_off import verify
from content.sign_off.trust_file import TrustFile
from content.sign_off.verify import Proof

NOT_SIGNED_OFF = "not-signed-off"
#: Texts that are looked at together: their documents are at hand, and named in one query.
BATCH = 1_000


def found(
    session: Session, policy: Policy, sections: Collection[str] | None = None
) -> dict[tuple[str, str], Refusal]:
    """By section and locale, what does not pass, oldest first. Changes nothing.

    Of these sections; of all where none are named.
    """
    if sections is None:
        query = select(Version).where(col(Version.state) == State.IN_FORCE)
    else:
        query = select(Version).where(col(Version.section).in_(sections), is_in({State.IN_FORCE}))
    in_force = session.exec(query.order_by(col(Version.id))).all()
    proofs: dict[int, Proof] = {}
    for start in range(0, len(in_force), BATCH):
        proofs |= verify.proofs(session, in_force[start : start + BATCH], policy)
    return {
        (one.section, one.locale): refusal.of(
            one.section, one.locale, one.number, one.document or "", NOT_SIGNED_OFF
        )
        for one in in_force
        if one.key not in proofs
    }


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
