"""Pages for people: what they are made from, their languages, and what a browser lets them do."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from fastapi import Path as InPath
from fastapi import Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.conditional import respond
from content.errors import LocaleMalformed
from content.translation import locale as locales

#: Our pages run our own scripts, talk to the hub alone, and stand in nobody's frame.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
GUARDS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
HTML = {"Content-Type": "text/html; charset=utf-8"}
#: Types of scripts and styles.
KINDS = {".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css"}
#: Scripts and styles change with the program alone.
PROGRAM = "public, max-age=300"
#: Languages that pages are written in; the first is for everybody else.
WRITTEN = ("en", "fr", "it", "de")
FileName = Annotated[str, InPath(description="The file")]


@lru_cache
def templates(folder: Path) -> Environment:
    """What stands in this folder. Whatever is put into a template is escaped."""
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def program(
    request: Request,
    file: Path,
    guards: dict[str, str] = GUARDS,
    *,
    packed: bytes | None = None,
) -> Response:
    """A script or a style that a page loads; `packed` is the same by gzip, for who takes that."""
    told = guards | {"Content-Type": f"{KINDS[file.suffix]}; charset=utf-8"}
    if packed is not None:
        told |= {"Content-Encoding": "gzip"}
    body = file.read_bytes() if packed is None else packed
    return respond(request, body, cache=PROGRAM, headers=told)


def readable(wanted: Iterable[str]) -> Iterator[str]:
    """Those of the tags whose language pages are written in, in their order, and English at last.

    What is no tag is passed over.
    """
    for one in wanted:
        try:
            tag = locales.read_tag(one)
        except LocaleMalformed:
            continue
        if locales.language(tag) in WRITTEN:
            yield tag
    yield WRITTEN[0]
