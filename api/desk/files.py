"""Styles and scripts of the desk: our own, and what was taken from others."""

import gzip
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request, Response

from api import pages
from api.desk.doors import OpenRoute
from content.errors import NotFound

router = APIRouter(route_class=OpenRoute)

FOLDER = Path(__file__).parent / "static"
STATIC = {
    one.name: one
    for one in sorted((*FOLDER.iterdir(), *(FOLDER / "vendor").iterdir()))
    if one.suffix in pages.KINDS
}


@router.get("/static/{name}")
def read_desk_file(request: Request, name: pages.FileName) -> Response:
    """Fetch a style or a script of the desk."""
    if name not in STATIC:
        raise NotFound
    takes_packed = "gzip" in request.headers.get("accept-encoding", "")
    return pages.program(request, STATIC[name], packed=_packed(name) if takes_packed else None)


@lru_cache
def _packed(name: str) -> bytes:
    return gzip.compress(STATIC[name].read_bytes(), mtime=0)
