"""Figures by digest, sent so that they can show and do nothing else."""

from fastapi import APIRouter, Request, Response

from api.conditional import IMMUTABLE_YEAR, respond
from api.delivery.proof import Digest
from api.dependencies import Reading
from api.keys import KeyIfSent
from api.problems import RESPONSES
from content.records import figure

router = APIRouter(
    prefix="/v1/figures", tags=["delivery"], responses=RESPONSES, route_class=KeyIfSent
)


@router.get("/{sha256}")
def read_figure(request: Request, session: Reading, sha256: Digest) -> Response:
    """Fetch a picture that a text shows."""
    found = figure.load(session, sha256)
    return respond(
        request,
        found.body,
        tag=f'"{sha256}"',
        cache=IMMUTABLE_YEAR,
        headers=figure.headers(found.media_type),
    )
