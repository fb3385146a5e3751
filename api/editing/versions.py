"""Versions as the people see them who work on them."""

from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import AwareDatetime, Field
from sqlmodel import Session, col, select

from api import cursor
from api.answers.versions import VersionInFull, VersionList, VersionSummary
from api.dependencies import CurrentActor, CurrentHub, Reading, Writing
from api.editing import findings, named, routes
from api.editing.answers import private
from api.editing.named import VersionToChange, VersionToRead
from api.models import RequestModel
from content import clock
from content.people import person
from content.people.role import Permission
from content.records.version import State, Version
from content.review import review, scrutiny, submission
from content.review.policy import Policy
from content.sign_off import readiness, signing
from content.translation import document, unit
from content.translation import locale as locales

router = routes.below("")

ONE = "/sections/{slug}/{locale}/{number}"
#: Versions in one answer.
LIMIT_MAX = 200


class ReasonRequest(RequestModel):
    """Why."""

    reason: str = Field(min_length=1, max_length=10_000, description="On record")


class EffectiveTimeRequest(RequestModel):
    """When it comes into force once it is approved; null means at once."""

    at: AwareDatetime | None = Field(strict=False, description="With an offset from UTC")


@router.get("/versions", response_model=VersionList)
def list_versions(
    actor: CurrentActor,
    session: Reading,
    state: Annotated[State | None, Query(description="Only those that stand so")] = None,
    locale: Annotated[str, Query(max_length=35, description="This language only")] = "",
    section: Annotated[str, Query(max_length=80, description="This section only")] = "",
    after: Annotated[int, Query(ge=0, le=2**31 - 1, description="Where the list before ended")] = 0,
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX, description="How many at most")] = 50,
) -> Response:
    """List versions in any state.

    In the order they were begun.
    """
    tag = locales.read_tag(locale) if locale else ""
    actor.must(Permission.READ_DRAFTS, tag)
    query = select(Version).where(col(Version.id) > after)
    for column, value in (
        (Version.state, state),
        (Version.locale, tag),
        (Version.section, section),
    ):
        if value:
            query = query.where(col(column) == value)
    rows = session.exec(query.order_by(col(Version.id)).limit(limit + 1)).all()
    listed = rows[:limit]
    following = listed[-1].id if len(rows) > limit else None
    return private({"versions": [named.summary(row) for row in listed], "next": following})


@router.get(ONE, response_model=VersionInFull)
def read_version(hub: CurrentHub, session: Reading, version: VersionToRead) -> Response:
    """Read a version, and what still stands before it.

    With its text, and who said what.
    """
    told = named.summary(version) | {
        "document": _document(session, version),
        "requirements": _requirements(session, version, hub.policy(session)),
        "reviews": [_review(session, one) for one in review.of_version(session, version.key)],
        "findings": [findings.told(one) for one in scrutiny.of_version(session, version).found]
        if version.is_translation
        else [],
        "units": [
            {
                "unit": one.message.unit,
                "kind": one.message.kind,
                "source": one.message.text,
                "target": one.target,
                "fuzzy": one.fuzzy,
            }
            for one in unit.load(session, version.key)
        ],
    }
    return private(told, etag=named.etag(session, version))


@router.put(ONE + "/submission", response_model=VersionSummary)
def submit_version(
    actor: CurrentActor,
    hub: CurrentHub,
    session: Writing,
    version: VersionToChange,
) -> Response:
    """Submit a draft: freeze it and ask for reviews."""
    submission.submit(session, actor, version, hub.policy(session))
    return _changed(session, version)


@router.put(ONE + "/abandonment", response_model=VersionSummary)
def abandon_version(
    actor: CurrentActor,
    session: Writing,
    version: VersionToChange,
    body: ReasonRequest,
) -> Response:
    """Give a version up.

    Its number is spent.
    """
    submission.abandon(session, actor, version, body.reason)
    return _changed(session, version)


@router.put(ONE + "/objection", response_model=VersionSummary)
def object_to_version(
    actor: CurrentActor,
    session: Writing,
    version: VersionToChange,
    body: ReasonRequest,
) -> Response:
    """Stop an approved version.

    Its text begins again as a draft, which is the answer.
    """
    begun = signing.object_to(session, actor, version, body.reason)
    return _changed(session, begun)


@router.put(ONE + "/effective-time", response_model=VersionSummary)
def set_effective_time(
    actor: CurrentActor,
    session: Writing,
    version: VersionToChange,
    body: EffectiveTimeRequest,
) -> Response:
    """Say when a version comes into force.

    Once it is approved.
    """
    at = cursor.in_utc(body.at) if body.at else None
    submission.schedule(session, actor, version, at)
    return _changed(session, version)


def _changed(session: Session, version: Version) -> Response:
    return private(named.summary(version), etag=named.etag(session, version))


def _requirements(session: Session, version: Version, policy: Policy) -> list[dict[str, Any]]:
    return [
        {"code": one.code, "needed": one.needed, "have": one.have, "met": one.met}
        for one in readiness.listed(session, version, policy)
    ]


def _review(session: Session, one: review.Review) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "verdict": one.verdict,
        "person": one.person,
        "name": person.find(session, one.person).name,
        "organisation": one.organisation,
        "interests": one.interests,
        "comment": one.comment,
        "document": one.document,
        "at": clock.stamp(one.at),
    }


def _document(session: Session, version: Version) -> dict[str, Any] | None:
    text = document.of_version(session, version)
    return text.model_dump(mode="json") if text else None
