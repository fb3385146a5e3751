"""What proves an approval: documents by digest, and the sign-offs that list them."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from sqlmodel import col, select

from api import auditing
from api.answers.trust import SignedBytes
from api.conditional import IMMUTABLE_DAY, IMMUTABLE_YEAR, respond, respond_json
from api.dependencies import CurrentHub, Reading, ReadingNow
from api.keys import KeyIfSent
from api.problems import RESPONSES
from content.errors import DocumentNotFound, StatementNotFound, Withdrawn
from content.publication.caching import SHARED_YEAR
from content.records import document as documents
from content.records.version import PUBLISHED_STATES, State, Version
from content.sign_off import signature
from content.sign_off import statement as statements
from content.sign_off.statement import StatementState

router = APIRouter(prefix="/v1", tags=["delivery"], responses=RESPONSES, route_class=KeyIfSent)

Digest = Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="SHA-256, in hexadecimal")]


@router.get("/content/{sha256}", response_model=documents.Document)
def read_document(
    request: Request, hub: CurrentHub, session: ReadingNow, sha256: Digest
) -> Response:
    """Read a document by its digest.

    The canonical bytes of one that was ever in force; 410 once it was withdrawn.
    """
    states = set(
        session.exec(
            select(Version.state).where(
                col(Version.document) == sha256, col(Version.state).in_(PUBLISHED_STATES)
            )
        ).all()
    )
    if not states:
        raise DocumentNotFound(sha256=sha256)
    if states == {State.WITHDRAWN}:
        raise Withdrawn(sha256=sha256)
    return respond(
        request,
        auditing.load_whole(hub, session, sha256),
        tag=f'"{sha256}"',
        cache=IMMUTABLE_DAY,
        headers=SHARED_YEAR,
    )


@router.get("/sign-offs/{sha256}", response_model=SignedBytes)
def read_sign_off(request: Request, session: Reading, sha256: Digest) -> Response:
    """Read a sign-off by its digest.

    A statement that has enough signatures, with all of them, as the bytes that were signed.
    """
    statement = statements.find(session, sha256)
    if statement.state != StatementState.SIGNED_OFF:
        raise StatementNotFound(sha256=sha256)
    told = signature.served(session, statement)
    return respond_json(request, told, cache=IMMUTABLE_YEAR)
