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

#: Opened on its own, an SVG is a page: this one may draw and nothing more.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@router.get("/{sha256}")
def one_figure(request: Request, session: Reading, sha256: Digest) -> Response:
    """A picture that a text shows."""
    found = figure.load(session, sha256)
    return respond(
        request,
        found.body,
        tag=f'"{sha256}"',
        cache=IMMUTABLE_YEAR,
        headers={
            "Content-Type": found.media_type,
            "Content-Security-Policy": SANDBOX,
            "X-Content-Type-Options": "nosniff",
        },
    )
