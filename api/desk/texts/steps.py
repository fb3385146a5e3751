"""Steps of a text on its way: handed in, given up, objected to, given a time, begun anew."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Response
from sqlmodel import Session

from api.desk.doors import DecidingRoute
from api.desk.texts.doing import Where, carry_out
from api.desk.texts.sent import Seen, Sent, Words
from api.desk.words import later as N_
from content.records import draft
from content.records.version import Version
from content.review import submission
from content.review.policy import Policy
from content.sign_off import signing

router = APIRouter(prefix="/sections/{slug}/{locale}/{number}", route_class=DecidingRoute)

#: Characters of `2026-11-27T09:00`, with seconds at most.
TIME_MAX = 20
Time = Annotated[str, Form(max_length=TIME_MAX)]
NO_TIME = N_("This is no day and time. Write it like 2026-11-27T09:00, in UTC.")


@router.post("/submit")
def submit_text(
    place: Where,
    seen: Seen = "",
) -> Response:
    """Hand a draft in for review."""

    def submit(session: Session, version: Version, policy: Policy) -> None:
        submission.submit(session, place.actor, version, policy)

    return carry_out(place, Sent("submit", {"seen": seen}), submit, "submitted")


@router.post("/abandon")
def abandon_text(
    place: Where,
    seen: Seen = "",
    reason: Words = "",
) -> Response:
    """Give a text up."""

    def abandon(session: Session, version: Version, _policy: Policy) -> None:
        submission.abandon(session, place.actor, version, reason)

    return carry_out(place, Sent("abandon", {"seen": seen, "reason": reason}), abandon, "abandoned")


@router.post("/object")
def object_to_text(
    place: Where,
    seen: Seen = "",
    reason: Words = "",
) -> Response:
    """Stop an approved text; it begins again as a draft, which is shown."""

    def object_to(session: Session, version: Version, _policy: Policy) -> Version:
        return signing.object_to(session, place.actor, version, reason)

    return carry_out(place, Sent("object", {"seen": seen, "reason": reason}), object_to, "objected")


@router.post("/effective-time")
def set_time(
    place: Where,
    seen: Seen = "",
    at: Time = "",
) -> Response:
    """Say from when a text is in force once it is approved; nothing means at once."""
    values = {"seen": seen, "at": at}
    try:
        when = _in_utc(at) if at else None
    except ValueError:
        return place.again(Sent("schedule", values, NO_TIME, 422))

    def schedule(session: Session, version: Version, _policy: Policy) -> None:
        submission.schedule(session, place.actor, version, when)

    return carry_out(place, Sent("schedule", values), schedule, "scheduled")


@router.post("/draft")
def begin_draft(
    place: Where,
    seen: Seen = "",
) -> Response:
    """Begin a draft with this text, which is shown."""

    def begin(session: Session, version: Version, _policy: Policy) -> Version:
        return draft.begin_again(session, place.actor, version)

    return carry_out(place, Sent("begin", {"seen": seen}), begin, "begun")


def _in_utc(at: str) -> datetime:
    """Raises ValueError where it is no time, or one of another place."""
    when = datetime.fromisoformat(at)
    if when.tzinfo is not None:
        raise ValueError(at)
    return when.replace(tzinfo=UTC)
