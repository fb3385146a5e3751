"""What still stands between a version and its sign-off, as values.

One pure function, the same list on every page and in every answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from content.review.policy import Policy
from content.review.review import Kind, Review, Said, Verdict


@dataclass(frozen=True)
class Requirement:
    """One thing that is counted: how much is needed, how much there is."""

    code: str
    needed: int
    have: int

    @property
    def met(self) -> bool:
        return self.have >= self.needed


@dataclass(frozen=True)
class Facts:
    """What the requirements are computed from."""

    is_translation: bool
    #: Words and reviews were taken over from an approved version.
    carried: bool
    #: Whether there is a text to judge: a translation may have open messages.
    complete: bool
    #: The document that is judged; None for a translation that was not submitted yet.
    document: str | None
    #: Only for a translation.
    source_signed_off: bool
    reviews: Sequence[Review | Said]
    #: Of a translation: findings that block, and those that a reviewer acknowledges.
    errors: int = 0
    warnings: int = 0
    acknowledged: int = 0


def for_sign_off(facts: Facts, policy: Policy) -> tuple[Requirement, ...]:
    """Everything that must be met before the version can be approved."""
    standing = _standing(facts)
    complete = Requirement("complete", 1, int(facts.complete))
    if not facts.is_translation:
        return (complete, *_of_source(standing, policy), _no_return(standing))
    source = Requirement("source-signed-off", 1, int(facts.source_signed_off))
    if facts.carried:
        return (complete, source)
    checks = (
        Requirement("no-errors", 1, int(not facts.errors)),
        Requirement("warnings-acknowledged", facts.warnings, facts.acknowledged),
    )
    return (complete, *checks, *_of_translation(standing, policy), _no_return(standing), source)


def unmet(requirements: Iterable[Requirement]) -> tuple[Requirement, ...]:
    return tuple(requirement for requirement in requirements if not requirement.met)


def _standing(facts: Facts) -> list[Review | Said]:
    """The last word of each person and kind on the present document."""
    last = {
        (review.person, review.kind): review
        for review in facts.reviews
        if review.document == facts.document
    }
    return list(last.values())


def _of_source(standing: Sequence[Review | Said], policy: Policy) -> tuple[Requirement, ...]:
    medical = _approvals(standing, Kind.MEDICAL)
    organisations = {review.organisation for review in medical}
    rules = policy.source
    return (
        Requirement("medical-reviews", rules.medical_reviews, len(medical)),
        Requirement("medical-organisations", rules.medical_organisations, len(organisations)),
        Requirement("lay-reviews", rules.lay_reviews, len(_approvals(standing, Kind.LAY))),
    )


def _of_translation(standing: Sequence[Review | Said], policy: Policy) -> tuple[Requirement, ...]:
    rules = policy.translation
    return (
        Requirement("revisions", rules.revisions, len(_approvals(standing, Kind.REVISION))),
        Requirement(
            "language-reviews", rules.language_reviews, len(_approvals(standing, Kind.LANGUAGE))
        ),
    )


def _approvals(standing: Sequence[Review | Said], kind: Kind) -> list[Review | Said]:
    return [
        review for review in standing if review.kind == kind and review.verdict == Verdict.APPROVE
    ]


def _no_return(standing: Sequence[Review | Said]) -> Requirement:
    returned = any(review.verdict == Verdict.RETURN for review in standing)
    return Requirement("no-open-return", 1, int(not returned))
