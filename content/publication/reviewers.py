"""Reviewers: whose approval of a document counts, as readers are told of it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from content.people.person import Person
from content.records.version import Version
from content.review.review import Review, Verdict


@dataclass(frozen=True)
class Reviewer:
    """One person's approval of one document. Frozen."""

    name: str
    #: `medical`, `lay`, `revision` or `language`.
    kind: str
    organisation: str
    at: datetime


def of_versions(session: Session, keys: Collection[int]) -> dict[int, tuple[Reviewer, ...]]:
    """Version id to whoever approved the document that it has now; of one person the last word."""
    rows = session.exec(
        select(Review, Person.name)
        .join(Person, col(Person.id) == col(Review.person))
        .join(Version, col(Version.id) == col(Review.version))
        .where(
            col(Review.version).in_(keys),
            col(Review.verdict) == Verdict.APPROVE,
            col(Review.document) == col(Version.document),
        )
        .order_by(col(Review.id))
    ).all()
    found: dict[int, dict[tuple[str, str], Reviewer]] = defaultdict(dict)
    for review, name in rows:
        one = Reviewer(name, review.kind, review.organisation, review.at)
        found[review.version][review.person, review.kind] = one
    return {version: tuple(people.values()) for version, people in found.items()}
