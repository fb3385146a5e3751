"""What members check by: trust files, and the signed register of what is in force."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from api.answers.trust import SignedBytes, TrustFile
from api.conditional import IMMUTABLE_YEAR, respond
from api.dependencies import CurrentHub, Reading, ReadingNow
from api.keys import KeyIfSent
from api.problems import RESPONSES
from content.errors import BadInput, TrustMissing
from content.publication import register
from content.publication.caching import MINUTE
from content.sign_off import trust_file
from content.translation import locale as locales

router = APIRouter(prefix="/v1", tags=["trust"], responses=RESPONSES, route_class=KeyIfSent)

JOSE = {"Content-Type": register.MEDIA_TYPE}


@router.get("/trust", response_model=TrustFile | SignedBytes)
def read_newest_trust_file(request: Request, session: Reading) -> Response:
    """Read the trust file that holds.

    Version 1 as the bare file, a later one with its signatures.
    """
    rows = trust_file.accepted(session)
    if not rows:
        raise TrustMissing
    return respond(request, trust_file.served(session, rows[-1]), cache=MINUTE)


@router.get("/trust/{version}", response_model=TrustFile | SignedBytes)
def read_trust_file(
    request: Request,
    session: Reading,
    version: Annotated[int, Path(ge=1, le=1_000_000, description="The number of the trust file")],
) -> Response:
    """Read a trust file by its number.

    Members follow them from the one they pinned; they never change.
    """
    row = trust_file.numbered(session, version)
    return respond(request, trust_file.served(session, row), cache=IMMUTABLE_YEAR)


@router.get("/register")
def read_register(
    request: Request,
    hub: CurrentHub,
    session: ReadingNow,
    since: Annotated[
        int | None, Query(ge=0, le=2**53, description="Only what had an event after this `seq`")
    ] = None,
    section: Annotated[str, Query(max_length=80, description="This section only")] = "",
    locale: Annotated[str, Query(max_length=35, description="This language only")] = "",
) -> Response:
    """Read the signed register of what is in force.

    All of it, what changed since, or one text.
    """
    if bool(section) != bool(locale) or (section and since is not None):
        raise BadInput("Ask with `since`, or with `section` and `locale`, or with neither.")
    found, signer = hub.registers.now(hub.policy(session))
    if section:
        part = found.only([(section, locales.read_tag(locale))])
    elif since is not None:
        part = found.since(since)
    else:
        part = found.all()
    signed = register.sign(found, part, signer, register.this_hour())
    return respond(request, signed.encode(), cache=MINUTE, headers=JOSE)
