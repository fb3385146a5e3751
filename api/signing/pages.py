"""The page of an invitation link, in the reader's language, and what it is made of."""

from functools import lru_cache, partial
from pathlib import Path
from typing import Annotated

from fastapi import Header, Query, Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.conditional import respond
from api.signing import routes
from content.errors import LocaleMalformed, NotFound
from content.translation import locale as locales
from content.translation import phrases

router = routes.at("/signing")

HERE = Path(__file__).parent
#: Scripts and styles, with their types. Nothing else of the folder is sent.
STATIC = {"register.js": "text/javascript", "signing.css": "text/css"}
#: Languages that the pages are written in; the first is for everybody else.
WRITTEN = ("en", "fr", "it", "de")
#: These pages run our own scripts, talk to the hub alone, and stand in nobody's frame.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
GUARDS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "publickey-credentials-create=(self), publickey-credentials-get=(self)",
}
#: The pages change with the program alone.
CACHE = "public, max-age=300"


@router.get("/register")
def register(
    request: Request,
    lang: Annotated[str, Query(max_length=35, description="Instead of Accept-Language")] = "",
    accept_language: Annotated[str, Header(max_length=1_000)] = "",
) -> Response:
    """The page that an invitation link opens. Its secret stands behind the `#` and stays there."""
    locale = _language(lang or accept_language)
    told = (
        _templates()
        .get_template("register.html")
        .render(
            locale=locale,
            direction=locales.describe(locale).dir,
            say=partial(phrases.say, locale),
        )
    )
    kind = {"Content-Type": "text/html; charset=utf-8", "Content-Language": locale}
    answer = respond(request, told.encode(), cache=CACHE, headers=GUARDS | kind)
    answer.headers["Vary"] = "Accept-Language, Accept-Encoding"
    return answer


@router.get("/{name}")
def static(request: Request, name: str) -> Response:
    """A script or a style of these pages."""
    if name not in STATIC:
        raise NotFound
    body = (HERE / "static" / name).read_bytes()
    kind = {"Content-Type": f"{STATIC[name]}; charset=utf-8"}
    return respond(request, body, cache=CACHE, headers=GUARDS | kind)


@lru_cache(1)
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
    )


def _language(wanted: str) -> str:
    """The first of the languages somebody reads that the pages are written in (RFC 9110, 12.5.4).

    The order is the reader's; weights are hardly ever sent in another one.
    """
    for one in wanted.split(","):
        try:
            language = locales.read_tag(one.partition(";")[0].strip()).partition("-")[0]
        except LocaleMalformed:
            continue
        if language in WRITTEN:
            return language
    return WRITTEN[0]
