"""Whether the process lives, and whether it can do its work."""

from fastapi import APIRouter, Response
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from api.answers.hub import Alive, Readiness
from api.dependencies import CurrentHub
from api.table import SECONDS_CONFIRMED
from content import schema
from content.database import reading
from content.errors import ContentError
from content.few import few
from content.publication import refusal, release
from content.publication.answer import JSON_TYPE, as_json
from content.publication.caching import NO_STORE
from content.review.policy import Policy
from content.sign_off import trust_file

router = APIRouter(tags=["operation"])

#: Texts that are named.
LISTED_MAX = 20
HEADERS = {"Cache-Control": NO_STORE}


#: What is wrong with one text, or will be wrong one day, is no reason to send readers elsewhere:
#: every server has the same database.
TOLD_ONLY = frozenset({"trust", "sign_offs"})


@router.get("/healthz", response_model=Alive)
def is_alive() -> Response:
    """Check that the process answers."""
    return Response(as_json({"status": "ok"}), media_type=JSON_TYPE, headers=HEADERS)


@router.get(
    "/readyz",
    responses={503: {"description": "Not ready; says what is wrong", "model": Readiness}},
    response_model=Readiness,
)
def is_ready(hub: CurrentHub) -> Response:
    """Check that the process can do its work.

    The database answers, has what this program needs, and the policy can be read.

    It also tells of the trust file, and of texts in force that are refused for want of a valid
    sign-off; they alone make no server unready.
    """
    checks = {"database": "ok", "migrations": "ok", "policy": "ok", "freshness": "ok"}
    seq = None
    try:
        with reading(hub.engine) as session:
            seq = release.newest_seq(session)
            policy = hub.policy(session)
            checks |= _of_trust(session, policy)
        if not schema.suits(hub.engine):
            checks["migrations"] = "not at this program's schema; run `msif migrate` of the newest"
    except SQLAlchemyError:
        checks["database"] = "cannot be read"
    except ContentError as error:
        checks["policy"] = error.message
    if not hub.table.is_confirmed():
        checks["freshness"] = f"no look at the database for {SECONDS_CONFIRMED:.0f} seconds"
    well = all(told == "ok" for name, told in checks.items() if name not in TOLD_ONLY)
    told = {"status": "ok" if well else "not ready", "checks": checks, "seq": seq}
    return Response(
        as_json(told), status_code=200 if well else 503, media_type=JSON_TYPE, headers=HEADERS
    )


def _of_trust(session: Session, policy: Policy) -> dict[str, str]:
    refused = [f"{one.reference} ({one.code})" for one in refusal.standing(session)]
    told = {"trust": "ok", "sign_offs": "ok"}
    if refused:
        told["sign_offs"] = f"refused: {few(refused, LISTED_MAX)}"
    try:
        trust_file.required(session, policy.pinned)
    except ContentError as error:
        told["trust"] = error.message
    return told
