"""The requirements of versions as they stand in the database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from content.records import version as versions
from content.records.version import State, Version
from content.review import requirements, review, scrutiny
from content.review.policy import Policy
from content.review.requirements import Facts, Requirement
from content.review.review import Review, Said
from content.review.scrutiny import NOTHING_FOUND, Scrutiny, Translated
from content.translation import document, unit
from content.translation.merge import Rendering
from content.translation.unit import Units

#: A source in one of these has been signed off and still stands.
SIGNED_OFF_STATES = frozenset({State.APPROVED, State.IN_FORCE, State.SUPERSEDED})

Reviews = Mapping[int, Sequence[Review | Said]]
#: Document to the version that has it, of those that translations follow, where they were read.
Followed = Mapping[str, Version]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A version on its way to a sign-off, as far as its requirements are told of it. Frozen."""

    version: int
    section: str
    locale: str
    document: str | None
    is_translation: bool
    is_carried: bool
    is_complete: bool
    #: Language and state of the text that a translation follows; None where there is none.
    follows: str | None
    follows_state: str | None

    @property
    def translated(self) -> Translated | None:
        """What to look at the words by; None where there is no text that they follow."""
        if self.follows is None:
            return None
        return Translated(self.version, self.section, self.locale, self.follows)


@dataclass(frozen=True)
class Judged:
    """How a version stands with those who judge it: what is needed, and what was said. Frozen."""

    requirements: tuple[Requirement, ...]
    #: Oldest first.
    reviews: Sequence[Review]
    scrutiny: Scrutiny
    #: What a translation has for each message; nothing in a source.
    renderings: Sequence[Rendering]


def judged(
    session: Session, version: Version, policy: Policy, followed: Followed | None = None
) -> Judged:
    """Everything that must be met before this version can be approved, and from what it is told."""
    return _judged_by_version(session, [version], policy, followed)[version.key]


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
    session: Session,
    chosen: Sequence[Version],
    policy: Policy,
    followed: Followed | None = None,
) -> list[tuple[Version, tuple[Requirement, ...]]]:
    """What of it is not met, for many versions."""
    found = _judged_by_version(session, chosen, policy, followed)
    return [(one, requirements.unmet(found[one.key].requirements)) for one in chosen]


def _judged_by_version(
    session: Session,
    chosen: Sequence[Version],
    policy: Policy,
    followed: Followed | None,
) -> dict[int, Judged]:
    """Their reviews, sources and words are fetched at once."""
    if followed is None:
        followed = versions.all_named_by(session, {one.source for one in chosen if one.source})
    translations = [one.key for one in chosen if one.is_translation]
    units = unit.load_all(session, translations) if translations else {}
    whole = document.complete_ones(session, chosen, units)
    candidates = [_candidate(one, followed.get(one.source or ""), whole) for one in chosen]
    reviews = review.of_versions(session, [one.key for one in chosen])
    checked = scrutinised(session, candidates, units)
    return {
        one.version: Judged(
            weighed(one, reviews, checked, policy),
            reviews[one.version],
            checked.get(one.version, NOTHING_FOUND),
            units.get(one.version, ()),
        )
        for one in candidates
    }


def _candidate(version: Version, followed: Version | None, whole: Collection[int]) -> Candidate:
    return Candidate(
        version=version.key,
        section=version.section,
        locale=version.locale,
        document=version.document,
        is_translation=version.is_translation,
        is_carried=version.carried_from is not None,
        is_complete=version.key in whole,
        follows=followed.locale if followed else None,
        follows_state=followed.state if followed else None,
    )


def scrutinised(
    session: Session, candidates: Sequence[Candidate], units: Units | None = None
) -> Mapping[int, Scrutiny]:
    """Version to what is found in its words, of those that follow a text."""
    return scrutiny.of_translations(
        session, [one.translated for one in candidates if one.translated], units
    )


def weighed(
    one: Candidate, reviews: Reviews, checked: Mapping[int, Scrutiny], policy: Policy
) -> tuple[Requirement, ...]:
    """Everything that must be met before it can be approved; what is not in `checked` has nothing
    found in it."""
    found = checked.get(one.version, NOTHING_FOUND)
    facts = Facts(
        is_translation=one.is_translation,
        carried=one.is_carried,
        complete=one.is_complete,
        document=one.document,
        source_signed_off=one.follows_state in SIGNED_OFF_STATES,
        reviews=reviews.get(one.version, ()),
        errors=len(found.errors),
        warnings=len(found.warnings),
        acknowledged=sum(each.acknowledgement is not None for each in found.warnings),
    )
    return requirements.for_sign_off(facts, policy)
