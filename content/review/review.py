"""Reviews: one person's verdict on one document."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field, Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from content import clock, ledger
from content.errors import BadInput, StateHasMoved
from content.people.actor import Actor
from content.people.role import Permission
from content.records.participation import Part, take_part
from content.records.version import State, Version
from content.review import workflow
from content.review.declaration import require_declared


class Kind(StrEnum):
    """What a review judges. A source is reviewed by the first two, a translation by the others."""

    MEDICAL = "medical"
    LAY = "lay"
    REVISION = "revision"
    LANGUAGE = "language"


class Verdict(StrEnum):
    """What a reviewer says. A recusal is on record and counts for nothing."""

    APPROVE = "approve"
    RETURN = "return"
    RECUSE = "recuse"


SOURCE_KINDS = frozenset({Kind.MEDICAL, Kind.LAY})
PERMISSION = {
    Kind.MEDICAL: Permission.REVIEW_MEDICAL,
    Kind.LAY: Permission.REVIEW_LAY,
    Kind.REVISION: Permission.REVISE,
    Kind.LANGUAGE: Permission.REVIEW_LANGUAGE,
}


class Review(SQLModel, table=True):
    """A verdict on a document, not on a version: an edit leaves it behind. Never changed."""

    __tablename__ = "review"
    __table_args__ = (
        ForeignKeyConstraint(
            ["version", "person", "kind"],
            ["participation.version", "participation.person", "participation.part"],
            name="fk_review_part",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = Field(foreign_key="version.id", index=True)
    document: str = Field(foreign_key="document.sha256")
    kind: str
    verdict: str
    person: str = Field(foreign_key="person.id")
    #: As it was when the review was given.
    organisation: str
    interests: str
    #: Whether the reviewer declared that an interest is relevant here.
    interests_relevant: bool
    comment: str
    at: datetime


def give(
    session: Session,
    actor: Actor,
    version: Version,
    *,
    kind: Kind,
    verdict: Verdict,
    interests: str,
    interests_relevant: bool = False,
    comment: str = "",
) -> Review:
    """Put a verdict on record; a `return` sends the version back to draft.

    A relevant interest makes it a recusal, whatever the verdict. Raises RoleMissing, FourEyes,
    StateHasMoved, InterestsMissing, CommentMissing.
    """
    _require_kind(version, kind)
    actor.must(PERMISSION[kind], version.locale)
    require_declared(interests, comment, needs_comment=verdict is Verdict.RETURN)
    if not takes_reviews(version):
        raise StateHasMoved(
            f"{version.reference} is {version.state}, so it takes no review.",
            version=version.reference,
        )
    assert version.document is not None  # noqa: S101 (a version in review has one)
    take_part(session, version.key, actor.id, Part(kind.value))
    said = Verdict.RECUSE if interests_relevant else verdict
    review = Review(
        version=version.key,
        document=version.document,
        kind=kind.value,
        verdict=said.value,
        person=actor.id,
        organisation=actor.organisation,
        interests=interests.strip(),
        interests_relevant=interests_relevant,
        comment=comment.strip(),
        at=clock.now(),
    )
    session.add(review)
    session.flush()
    _record(session, version, review)
    return review


def takes_reviews(version: Version) -> bool:
    """Whether it can be reviewed now: a safety change goes to signature at once, and its reviews
    come in meanwhile."""
    return version.state == State.IN_REVIEW or (
        version.state == State.SIGN_OFF and version.change_kind == "safety"
    )


def _record(session: Session, version: Version, review: Review) -> None:
    told = {"kind": review.kind, "verdict": review.verdict, "review": review.id}
    if review.verdict == Verdict.RETURN and version.state == State.IN_REVIEW:
        workflow.move(
            session,
            version,
            State.DRAFT,
            actor=review.person,
            event="version.returned",
            detail=told,
        )
        return
    ledger.append(
        session,
        actor=review.person,
        event="version.reviewed",
        subject=version.reference,
        detail=told | {"document": review.document},
    )


def kinds_for(version: Version) -> tuple[Kind, ...]:
    """What reviews a version takes."""
    return tuple(kind for kind in Kind if (kind in SOURCE_KINDS) != version.is_translation)


def _require_kind(version: Version, kind: Kind) -> None:
    if kind not in kinds_for(version):
        what = "translation" if version.is_translation else "source text"
        raise BadInput(f"A {what} takes no {kind} review.", kind=kind.value)


def of_version(session: Session, version: int) -> list[Review]:
    """Every review of a version, oldest first."""
    return of_versions(session, [version])[version]


def of_versions(session: Session, versions: Collection[int]) -> dict[int, list[Review]]:
    """Version to its reviews, oldest first."""
    found: dict[int, list[Review]] = {version: [] for version in versions}
    for review in session.exec(
        select(Review).where(col(Review.version).in_(versions)).order_by(col(Review.id))
    ):
        found[review.version].append(review)
    return found


class Said(NamedTuple):
    """A review, as far as it is counted."""

    version: int
    document: str
    kind: str
    verdict: str
    person: str
    organisation: str


def said_of(session: Session, versions: SelectOfScalar[Any]) -> dict[int, list[Said]]:
    """The same of all that a query finds; those without a review are left out."""
    rows = session.exec(
        select(*(col(getattr(Review, name)) for name in Said._fields))
        .where(col(Review.version).in_(versions))
        .order_by(col(Review.id))
    )
    found: dict[int, list[Said]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(Said(*row))
    return found
