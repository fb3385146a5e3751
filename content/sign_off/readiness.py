"""The requirements of one version as it stands in the database."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from content.records import version as versions
from content.records.version import State, Version
from content.review import requirements, review, scrutiny
from content.review.policy import Policy
from content.review.requirements import Facts, Requirement
from content.review.review import Review
from content.review.scrutiny import Scrutiny
from content.translation import document

#: A source in one of these has been signed off and still stands.
SIGNED_OFF_STATES = frozenset({State.APPROVED, State.IN_FORCE, State.SUPERSEDED})


@dataclass(frozen=True)
class Judged:
    """How a version stands with those who judge it: what is needed, and what was said. Frozen."""

    requirements: tuple[Requirement, ...]
    #: Oldest first.
    reviews: Sequence[Review]
    scrutiny: Scrutiny


def judged(session: Session, version: Version, policy: Policy) -> Judged:
    """Everything that must be met before this version can be approved, and from what it is told."""
    reviews = review.of_version(session, version.key)
    checked = scrutiny.of_version(session, version)
    return Judged(_listed(session, version, policy, reviews, checked), reviews, checked)


def listed(session: Session, version: Version, policy: Policy) -> tuple[Requirement, ...]:
    """Everything that must be met before this version can be approved."""
    return judged(session, version, policy).requirements


def unmet(session: Session, version: Version, policy: Policy) -> tuple[Requirement, ...]:
    return requirements.unmet(listed(session, version, policy))


def is_hurried(version: Version) -> bool:
    """Whether it may be put to signature at once. There is no lower bar for urgent text: its
    reviews are counted before it is approved."""
    return version.change_kind == "safety" and not version.is_translation


def unmet_by_version(
    session: Session, chosen: Sequence[Version], policy: Policy
) -> list[tuple[Version, tuple[Requirement, ...]]]:
    """The same for many versions, their reviews and texts fetched at once."""
    reviews = review.of_versions(session, [version.key for version in chosen])
    checked = scrutiny.of_versions(session, chosen)
    found = []
    for version in chosen:
        told = _listed(session, version, policy, reviews[version.key], checked[version.key])
        found.append((version, requirements.unmet(told)))
    return found


def _listed(
    session: Session,
    version: Version,
    policy: Policy,
    reviews: Sequence[Review],
    checked: Scrutiny,
) -> tuple[Requirement, ...]:
    facts = Facts(
        is_translation=version.is_translation,
        carried=version.carried_from is not None,
        complete=document.is_complete(session, version),
        document=version.document,
        source_signed_off=_source_signed_off(session, version),
        reviews=reviews,
        errors=len(checked.errors),
        warnings=len(checked.warnings),
        acknowledged=sum(one.acknowledgement is not None for one in checked.warnings),
    )
    return requirements.for_sign_off(facts, policy)


def _source_signed_off(session: Session, version: Version) -> bool:
    if version.source is None:
        return False
    source = versions.named_by(session, version.source)
    return source is not None and source.state in SIGNED_OFF_STATES
