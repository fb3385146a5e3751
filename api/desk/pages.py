"""One page of the desk as an answer: whose it is, in which language, and what a browser may do."""

import gzip
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response

from api import pages
from api.desk import places, told, words
from content.people.actor import Actor
from content.publication.caching import NO_STORE
from content.translation import locale as locales

#: Forms go to the hub alone; pico draws its arrows and ticks in its own style sheet.
POLICY = pages.POLICY.replace("form-action 'none'", "form-action 'self'") + "; img-src 'self' data:"
GUARDS = pages.GUARDS | {
    "Content-Security-Policy": POLICY,
    # Browsers without frame-ancestors.
    "X-Frame-Options": "DENY",
    # An Origin comes with every form, as `no-referrer` would take it from some.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": NO_STORE,
}
#: What a browser keeps: nothing of scripts, other sites or connections in clear.
KEPT: dict[str, Any] = {"secure": True, "httponly": True, "samesite": "lax", "path": "/"}
HOME = "/desk"
SIGN_IN = "/desk/sign-in"
#: Characters of an address to go on to.
NEXT_MAX = 500

Answer = Callable[[Request], Coroutine[Any, Any, Response]]


@dataclass(frozen=True)
class Visitor:
    """Who is signed in in this browser, and by which session. Frozen."""

    actor: Actor
    session: int
    is_demo: bool
    #: Whether they need not show again who they are before they decide.
    may_decide: bool = True
    #: Whether they signed in with a token.
    by_token: bool = False


def show(
    request: Request,
    template: str,
    *,
    visitor: Visitor | None = None,
    status: int = 200,
    **values: Any,
) -> Response:
    """A page, made anew for each who asks and kept by nobody."""
    language = words.language_of(request)
    body = (
        words.templates(language)
        .get_template(template)
        .render(
            language=language,
            direction=locales.describe(language).dir,
            languages=words.LANGUAGES,
            visitor=visitor,
            places=_places(request, visitor),
            here=_here(request),
            done=told.done(request.query_params.get("done", "")),
            **values,
        )
    )
    headers = GUARDS | pages.HTML | {"Content-Language": language, "Vary": "Accept-Encoding"}
    packed = body.encode()
    # What the length of a compressed page tells (BREACH) is worth nothing here: a secret stands in
    # one answer alone, to a form that only our own pages can send.
    if "gzip" in request.headers.get("accept-encoding", ""):
        packed = gzip.compress(packed, compresslevel=5, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(packed, status_code=status, headers=headers)


def _places(request: Request, visitor: Visitor | None) -> list[tuple[places.Place, bool]]:
    """Where the visitor can go, and whether that is here."""
    if visitor is None:
        return []
    path = request.url.path
    return [(one, places.is_at(one, path)) for one in places.places_of(visitor.actor)]


def go_to(address: str) -> Response:
    """See Other: what was sent is done, or done elsewhere."""
    return Response(status_code=303, headers=GUARDS | {"Location": address})


def to_sign_in(request: Request) -> Response:
    """Where somebody who is not signed in goes, and comes back from."""
    return go_to(f"{SIGN_IN}?{urlencode({'next': _here(request)})}")


def _here(request: Request) -> str:
    """The address to come back to; of what was sent there, the desk itself."""
    if request.method not in ("GET", "HEAD"):
        return HOME
    query = f"?{request.url.query}" if request.url.query else ""
    return within(request.url.path + query)


def within(address: str) -> str:
    """The address where it leads to a page of the desk, otherwise the desk itself.

    Browsers read `\\` as `/`, and leave out tabs and ends of lines.
    """
    path = address.partition("?")[0]
    is_plain = address.isascii() and address.isprintable() and "\\" not in address
    is_below = path == HOME or path.startswith(f"{HOME}/")
    if is_plain and is_below and "//" not in path and ".." not in path and len(address) <= NEXT_MAX:
        return address
    return HOME
