"""Submitting, scheduling and giving up: what writers and editors do with an open version."""

from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from content import clock, ledger
from content.errors import (
    DateInThePast,
    RequirementsOpen,
    ReviewByRefused,
    StateHasMoved,
)
from content.people.actor import Actor
from content.people.role import Permission
from content.records import document as documents
from content.records import section as sections
from content.records import tree
from content.records import version as versions
from content.records.version import State, Version
from content.review import workflow
from content.review.declaration import require_reason
from content.review.policy import Policy
from content.translation import document, findings, unit

#: A translation can be submitted while its source is in one of these.
LIVING_SOURCE = frozenset({State.IN_REVIEW, State.SIGN_OFF, State.APPROVED, State.IN_FORCE})


class Written(Protocol):
    """A source, or a translation."""

    @property
    def is_translation(self) -> bool: ...


def permission_to_submit(version: Written) -> Permission:
    """What it takes to submit this version: a source is its writers', a translation its
    language's."""
    if version.is_translation:
        return Permission.SUBMIT_TRANSLATION
    return Permission.SUBMIT_SOURCE


def permission_to_abandon(version: Version) -> Permission:
    """What it takes to give this version up."""
    if version.is_translation:
        return Permission.ABANDON_TRANSLATION
    return Permission.ABANDON_SOURCE


def submit(session: Session, actor: Actor, version: Version, policy: Policy) -> None:
    """Freeze a draft and ask for reviews.

    Raises RequirementsOpen for a text that is not complete or whose source has moved,
    ReviewByRefused, StateHasMoved.
    """
    actor.must(permission_to_submit(version), version.locale)
    require_submittable(session, version, policy)
    document.freeze(session, version)
    workflow.move(session, version, State.IN_REVIEW, actor=actor.id, event="version.submitted")


def require_submittable(session: Session, version: Version, policy: Policy) -> None:
    if version.state == State.DRAFT and not document.is_complete(session, version):
        raise RequirementsOpen(
            "Some messages have no translation, or one that is marked fuzzy.",
            requirements=["complete"],
        )
    if version.source is not None:
        source = versions.named_by(session, version.source)
        if source is None or source.state not in LIVING_SOURCE:
            raise RequirementsOpen(
                "The source text has moved on; pull the catalogue and push it again.",
                requirements=["source-moved"],
            )
        _require_no_errors(session, version, source)
    else:
        _require_review_by(session, version, policy)


def _require_no_errors(session: Session, version: Version, source: Version) -> None:
    """An error of a check cannot be waved through: it is mended, or the text is."""
    found = findings.of_renderings(unit.load(session, version.key), version.locale, source.locale)
    wrong = [
        {"unit": name, **findings.told(one)}
        for name, listed in found.items()
        for one in findings.errors(listed)
    ]
    if wrong:
        raise RequirementsOpen(
            f"{version.reference}: {wrong[0]['unit']}: {wrong[0]['message']}"
            + (f" And {len(wrong) - 1} more." if len(wrong) > 1 else ""),
            requirements=["no-errors"],
            findings=wrong,
        )


def _require_review_by(session: Session, version: Version, policy: Policy) -> None:
    assert version.document is not None  # noqa: S101 (a source version always has one)
    text = documents.load(session, version.document)
    rules = policy.review_by
    months = rules.months_max
    if sections.find(session, version.section).page in rules.treatments:
        months = rules.treatment_months_max
    limit = clock.months_after(clock.today(), months)
    if not text.last_reviewed < text.review_by <= limit:
        raise ReviewByRefused(
            f"{version.reference}: review_by is {text.review_by}; it must lie after "
            f"{text.last_reviewed} and no later than {limit}.",
            limit=limit.isoformat(),
        )


def schedule(
    session: Session, actor: Actor, version: Version, effective_at: datetime | None
) -> None:
    """Say when the version comes into force once it is approved; None means at once."""
    actor.must(Permission.SCHEDULE, version.locale)
    if version.state not in versions.OPEN_STATES:
        raise StateHasMoved(version=version.reference)
    if effective_at is not None and effective_at <= clock.now():
        raise DateInThePast(now=clock.stamp(clock.now()))
    version.effective_at = effective_at
    session.flush()
    ledger.append(
        session,
        actor=actor.id,
        event="version.scheduled",
        subject=version.reference,
        detail={"effective_at": clock.stamp(effective_at) if effective_at else None},
    )


def abandon(session: Session, actor: Actor, version: Version, reason: str) -> None:
    """Give an open version up. Its number is spent, and the text before is the newest again.

    Raises CommentMissing, StateHasMoved, and TreeBroken where the children of the text before
    stand elsewhere by now.
    """
    actor.must(permission_to_abandon(version), version.locale)
    require_reason(reason)
    workflow.move(
        session,
        version,
        State.ABANDONED,
        actor=actor.id,
        event="version.abandoned",
        detail={"reason": reason.strip()},
    )
    if not version.is_translation:
        tree.require_sound(tree.working_children(session))
