"""Deciding about a text: a review, and an answer to a warning of the checks."""

from typing import Annotated

from fastapi import APIRouter, Form, Response
from sqlmodel import Session

from api.desk.doors import DecidingRoute
from api.desk.texts.doing import Where, carry_out
from api.desk.texts.sent import Seen, Sent, Words
from api.desk.words import later as N_
from content.records.version import Version
from content.review.policy import Policy
from content.review.review import Kind, Verdict
from content.sign_off import judgement

router = APIRouter(prefix="/sections/{slug}/{locale}/{number}", route_class=DecidingRoute)

#: Characters of a word that is chosen, and of a unit's or a finding's name.
WORD_MAX, NAME_MAX = 20, 80
Choice = Annotated[str, Form(max_length=WORD_MAX)]
Name = Annotated[str, Form(max_length=NAME_MAX)]
#: What is put on record where somebody has no interest to declare.
NONE_DECLARED = "none declared"
NO_VERDICT = N_("Say which review you give, and what you say. Nothing was done yet.")


@router.post("/review")
def give_review(
    place: Where,
    seen: Seen = "",
    kind: Choice = "",
    verdict: Choice = "",
    comment: Words = "",
    interests: Choice = "",
    declared: Words = "",
) -> Response:
    """Review a text: approve it, return it, or stand aside."""
    values = {
        "seen": seen,
        "kind": kind,
        "verdict": verdict,
        "comment": comment,
        "interests": interests,
        "declared": declared,
    }
    sent = Sent("review", values)
    if kind not in set(Kind) or verdict not in set(Verdict):
        return place.again(Sent("review", values, NO_VERDICT, 422))

    def give(session: Session, version: Version, policy: Policy) -> None:
        judgement.give_review(
            session,
            place.actor,
            version,
            policy,
            kind=Kind(kind),
            verdict=Verdict(verdict),
            interests=_declared(interests, declared),
            interests_relevant=interests == "relevant",
            comment=comment,
        )

    return carry_out(place, sent, give, "reviewed")


def _declared(interests: str, declared: str) -> str:
    """In words; empty where nothing was said, which the verb refuses."""
    if interests == "none":
        return declared or NONE_DECLARED
    return declared if interests == "relevant" else ""


@router.post("/acknowledge")
def acknowledge_finding(
    place: Where,
    seen: Seen = "",
    unit: Name = "",
    finding: Name = "",
    reason: Words = "",
) -> Response:
    """Say why a warning is no fault."""
    sent = Sent("acknowledge", {"seen": seen, "which": f"{unit} {finding}", "reason": reason})

    def acknowledge(session: Session, version: Version, policy: Policy) -> None:
        judgement.acknowledge(session, place.actor, version, policy, unit, finding, reason)

    return carry_out(place, sent, acknowledge, "acknowledged")
