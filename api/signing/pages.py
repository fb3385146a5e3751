"""The pages that links lead to, in the reader's language, and what they are made of."""

from functools import partial
from pathlib import Path
from typing import Annotated

from fastapi import Header, Query, Request, Response

from api import pages
from api.conditional import respond, respond_json
from api.delivery.proof import Digest
from api.signing import routes
from content.errors import NotFound
from content.sign_off import short_code
from content.translation import locale as locales
from content.translation import phrases

router = routes.at("/signing")

HERE = Path(__file__).parent
#: Scripts and styles, by their names. Nothing else of the folder is sent.
STATIC = {one.name: one for one in sorted((HERE / "static").iterdir())}
GUARDS = pages.GUARDS | {
    # Pictures of a text: fetched, hashed, and shown from what was hashed.
    "Content-Security-Policy": f"{pages.POLICY}; img-src blob:",
    "Permissions-Policy": "publickey-credentials-create=(self), publickey-credentials-get=(self)",
}

Lang = Annotated[str, Query(max_length=35, description="Instead of Accept-Language")]
Accepted = Annotated[
    str, Header(alias="accept-language", max_length=1_000, description="Languages you read")
]


@router.get("/register")
def show_registration(request: Request, lang: Lang = "", accepted: Accepted = "") -> Response:
    """Open the page that an invitation leads to.

    Its secret stands behind the `#` and stays there.
    """
    return _page(request, "register.html", lang or accepted)


@router.get("/statements/{sha256}")
def show_statement(
    request: Request,
    sha256: Digest,
    lang: Lang = "",
    accepted: Accepted = "",
) -> Response:
    """Open the page of a statement, to read and sign it.

    Where people read what it lists.

    The page itself says nothing of any statement: its script fetches that, by the link's
    secret.
    """
    return _page(request, "statement.html", lang or accepted)


@router.get("/trust/{sha256}")
def show_trust_proposal(
    request: Request,
    sha256: Digest,
    lang: Lang = "",
    accepted: Accepted = "",
) -> Response:
    """Open the page of a trust file that waits for signatures."""
    return _page(request, "trust.html", lang or accepted)


@router.get("/words.json", response_model=list[str])
def read_words(request: Request) -> Response:
    """Read the 2,048 words of which six stand for a digest.

    In order.
    """
    return respond_json(request, short_code.wordlist(), cache=pages.PROGRAM, headers=GUARDS)


@router.get("/{name}")
def read_signing_file(request: Request, name: pages.FileName) -> Response:
    """Fetch a script or a style of the signing pages."""
    if name not in STATIC:
        raise NotFound
    return pages.program(request, STATIC[name], GUARDS)


def _page(request: Request, template: str, wanted: str) -> Response:
    locale = _language(wanted)
    found = pages.templates(HERE / "templates").get_template(template)
    told = found.render(
        locale=locale,
        direction=locales.describe(locale).dir,
        say=partial(phrases.words, locale),
    )
    headers = GUARDS | pages.HTML | {"Content-Language": locale}
    answer = respond(request, told.encode(), cache=pages.PROGRAM, headers=headers)
    answer.headers["Vary"] = "Accept-Language, Accept-Encoding"
    return answer


def _language(wanted: str) -> str:
    """The first of the languages somebody reads that the pages are written in (RFC 9110, 12.5.4).

    The order is the reader's; weights are hardly ever sent in another one.
    """
    tags = (one.partition(";")[0].strip() for one in wanted.split(","))
    return locales.language(next(pages.readable(tags)))
