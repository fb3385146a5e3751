"""What reviewers say of a text, and what follows: the last word that was missing may approve it.

A safety change is signed while its reviews still come in, so that each of them can be what a
statement with enough signatures waits for.
"""

from sqlmodel import Session

from content.people.actor import Actor
from content.records.version import Version
from content.review import review, scrutiny
from content.review.acknowledgement import Acknowledgement
from content.review.policy import Policy
from content.review.review import Kind, Review, Verdict
from content.sign_off import signing


def give_review(
    session: Session,
    actor: Actor,
    version: Version,
    policy: Policy,
    *,
    kind: Kind,
    verdict: Verdict,
    interests: str,
    interests_relevant: bool = False,
    comment: str = "",
) -> Review:
    """Put a verdict on record. Raises what `review.give` does."""
    given = review.give(
        session,
        actor,
        version,
        kind=kind,
        verdict=verdict,
        interests=interests,
        interests_relevant=interests_relevant,
        comment=comment,
    )
    signing.settle_version(session, version, policy, actor=actor.id)
    return given


def acknowledge(
    session: Session,
    actor: Actor,
    version: Version,
    policy: Policy,
    unit: str,
    code: str,
    reason: str,
) -> Acknowledgement:
    """Say why a warning is no fault. Raises what `scrutiny.acknowledge` does."""
    given = scrutiny.acknowledge(session, actor, version, unit, code, reason)
    signing.settle_version(session, version, policy, actor=actor.id)
    return given
