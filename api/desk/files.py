"""Styles and scripts of the desk: our own, and what was taken from others."""

import gzip
from functools import lru_cache
from hashlib import sha256
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
    answer = pages.program(request, STATIC[name])
    if answer.status_code == 200 and "gzip" in request.headers.get("accept-encoding", ""):
        packed = _packed(name)
        answer.headers["ETag"] = f'"{sha256(packed).hexdigest()}"'
        answer.headers["Content-Encoding"] = "gzip"
        answer.headers["Content-Length"] = str(len(packed))
        answer.body = packed
    return answer


@lru_cache
def _packed(name: str) -> bytes:
    return gzip.compress(STATIC[name].read_bytes(), mtime=0)
