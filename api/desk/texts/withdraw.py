"""Taking a text out of force, and confirming that somebody did."""

from typing import Annotated

from fastapi import APIRouter, Form, Response
from sqlmodel import Session

from api.desk.doors import DecidingRoute
from api.desk.texts.doing import Where, carry_out
from api.desk.texts.sent import Seen, Sent, Words
from content.errors import StateHasMoved
from content.publication import take_down, withdrawal
from content.records.section import SLUG_MAX
from content.records.version import State, Version
from content.review.policy import Policy

router = APIRouter(prefix="/sections/{slug}/{locale}/{number}", route_class=DecidingRoute)

#: Characters of a reason in a word.
REASON_MAX = 20
Reason = Annotated[str, Form(max_length=REASON_MAX)]
Other = Annotated[str, Form(max_length=SLUG_MAX)]


@router.post("/withdraw")
def withdraw_text(
    place: Where,
    seen: Seen = "",
    reason: Reason = "",
    text: Words = "",
    replacement: Other = "",
    notice: Other = "",
) -> Response:
    """Take a text out of force, from the next answer on."""

    def withdraw(session: Session, version: Version, policy: Policy) -> None:
        _require(version, State.IN_FORCE)
        take_down.withdraw(
            session,
            place.actor,
            version.section,
            version.locale,
            policy,
            reason=reason,
            text=text,
            replacement=replacement.strip() or None,
            notice=notice.strip() or None,
        )

    values = {"seen": seen, "reason": reason, "text": text}
    sent = Sent("withdraw", values | {"replacement": replacement, "notice": notice})
    return carry_out(place, sent, withdraw, "withdrawn")


@router.post("/confirm")
def confirm_withdrawal(
    place: Where,
    seen: Seen = "",
) -> Response:
    """Confirm a withdrawal, as a second person."""

    def confirm(session: Session, version: Version, _policy: Policy) -> None:
        _require(version, State.WITHDRAWN)
        withdrawal.confirm(session, place.actor, version.section, version.locale)

    return carry_out(place, Sent("confirm", {"seen": seen}), confirm, "confirmed")


def _require(version: Version, state: State) -> None:
    """The verbs go by section and language; here it is this very version or none."""
    if version.state != state:
        raise StateHasMoved(version=version.reference)
