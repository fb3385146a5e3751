"""The requirements of one version as it stands in the database."""

from sqlmodel import Session

from content.records import version as versions
from content.records.version import State, Version
from content.review import requirements, review
from content.review.policy import Policy
from content.review.requirements import Facts, Requirement

#: A source in one of these has been signed off and still stands.
SIGNED_OFF_STATES = frozenset({State.APPROVED, State.IN_FORCE, State.SUPERSEDED})


def listed(session: Session, version: Version, policy: Policy) -> tuple[Requirement, ...]:
    """Everything that must be met before this version can be approved."""
    facts = Facts(
        is_translation=version.is_translation,
        carried=version.carried_from is not None,
        document=version.document,
        source_signed_off=_source_signed_off(session, version),
        reviews=review.of_version(session, version.key),
    )
    return requirements.for_sign_off(facts, policy)


def unmet(session: Session, version: Version, policy: Policy) -> tuple[Requirement, ...]:
    return requirements.unmet(listed(session, version, policy))


def _source_signed_off(session: Session, version: Version) -> bool:
    if version.source is None:
        return False
    source = versions.named_by(session, version.source)
    return source is not None and source.state in SIGNED_OFF_STATES
