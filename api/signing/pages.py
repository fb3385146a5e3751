"""The pages that links lead to, in the reader's language, and what they are made of."""

from functools import lru_cache, partial
from pathlib import Path
from typing import Annotated

from fastapi import Header, Query, Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.conditional import respond, respond_json
from api.delivery.proof import Digest
from api.signing import routes
from content.errors import LocaleMalformed, NotFound
from content.sign_off import short_code
from content.translation import locale as locales
from content.translation import phrases

router = routes.at("/signing")

HERE = Path(__file__).parent
KINDS = {".js": "text/javascript", ".css": "text/css"}
#: Scripts and styles, with their types. Nothing else of the folder is sent.
STATIC = {one.name: KINDS[one.suffix] for one in sorted((HERE / "static").iterdir())}
#: Languages that the pages are written in; the first is for everybody else.
WRITTEN = ("en", "fr", "it", "de")
#: These pages run our own scripts, talk to the hub alone, and stand in nobody's frame.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    # Pictures of a text: fetched, hashed, and shown from what was hashed.
    "img-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
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


Lang = Annotated[str, Query(max_length=35, description="Instead of Accept-Language")]
Accepted = Annotated[str, Header(alias="accept-language", max_length=1_000)]


@router.get("/register")
def register(request: Request, lang: Lang = "", accepted: Accepted = "") -> Response:
    """The page that an invitation link opens. Its secret stands behind the `#` and stays there."""
    return _page(request, "register.html", lang or accepted)


@router.get("/statements/{sha256}")
def statement(
    request: Request,
    sha256: Digest,
    lang: Lang = "",
    accepted: Accepted = "",
) -> Response:
    """The page where people read what a statement lists, and sign it.

    The page itself says nothing of any statement: its script fetches that, by the link's secret.
    """
    return _page(request, "statement.html", lang or accepted)


@router.get("/trust/{sha256}")
def trust(
    request: Request,
    sha256: Digest,
    lang: Lang = "",
    accepted: Accepted = "",
) -> Response:
    """The same for a trust file that waits for signatures."""
    return _page(request, "trust.html", lang or accepted)


@router.get("/words.json")
def words(request: Request) -> Response:
    """The 2,048 words of which six stand for a digest, in order."""
    return respond_json(request, short_code.wordlist(), cache=CACHE, headers=GUARDS)


@router.get("/{name}")
def static(request: Request, name: str) -> Response:
    """A script or a style of these pages."""
    if name not in STATIC:
        raise NotFound
    body = (HERE / "static" / name).read_bytes()
    kind = {"Content-Type": f"{STATIC[name]}; charset=utf-8"}
    return respond(request, body, cache=CACHE, headers=GUARDS | kind)


def _page(request: Request, template: str, wanted: str) -> Response:
    locale = _language(wanted)
    told = (
        _templates()
        .get_template(template)
        .render(
            locale=locale,
            direction=locales.describe(locale).dir,
            say=partial(phrases.words, locale),
        )
    )
    kind = {"Content-Type": "text/html; charset=utf-8", "Content-Language": locale}
    answer = respond(request, told.encode(), cache=CACHE, headers=GUARDS | kind)
    answer.headers["Vary"] = "Accept-Language, Accept-Encoding"
    return answer


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
