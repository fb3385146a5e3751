"""Pages for people: the templates they are made from, and what a browser lets them do."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

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
#: Scripts and styles change with the program alone.
PROGRAM = "public, max-age=300"
#: Languages that pages are written in; the first is for everybody else.
WRITTEN = ("en", "fr", "it", "de")


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
