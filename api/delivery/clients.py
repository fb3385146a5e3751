"""The programs that member sites run, to copy or, for browsers, to load from here."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from api.conditional import respond
from api.pages import PROGRAM
from api.problems import RESPONSES
from content.errors import NotFound
from content.settings import ROOT

router = APIRouter(prefix="/clients", tags=["delivery"], responses=RESPONSES)

#: Types of the files, by their name: nothing else of the folder is handed out.
FILES = {
    "embed.js": "text/javascript",
    "verify.mjs": "text/javascript",
    "verify.py": "text/x-python",
    "verify.php": "text/plain",
    "sync.py": "text/x-python",
    "check_log.py": "text/x-python",
}


@router.get("/{name}")
def read_client_program(
    request: Request,
    name: Annotated[str, Path(max_length=40, examples=["embed.js"], description="The file")],
) -> Response:
    """Fetch a program for member sites.

    `embed.js`, `sync.py`, the verifiers.
    """
    if name not in FILES:
        raise NotFound
    return respond(
        request,
        (ROOT / "clients" / name).read_bytes(),
        cache=PROGRAM,
        headers={
            "Content-Type": f"{FILES[name]}; charset=utf-8",
            "X-Content-Type-Options": "nosniff",
        },
    )
