"""Members' keys on requests: who has to show one, and what becomes of one that is no good.

A key that is sent is looked at wherever members read, also where none is needed: a site whose key
has ended is told so, and not served in silence until the day when reading needs one.

What a reader's browser fetches without a key stays open, whatever MSIF_READ_KEYS says: the pages of
proof, and what their check is made with (trust files, register, sign-offs, the log, documents and
pictures under their digest). So do `/`, `/healthz`, `/readyz` and what problems mean.
"""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, ClassVar

from fastapi import Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.dependencies import Hub
from content import clock
from content.database import reading
from content.errors import KeyMissing
from content.people import token
from content.syndication import member_key
from content.syndication.member_key import Bearer, Scope

_key = HTTPBearer(
    scheme_name="MemberKey",
    auto_error=False,
    description="A member's key that `msif member key add` or an editor made.",
)

Answering = Callable[[Request], Coroutine[Any, Any, Response]]


class KeyIfSent(APIRoute):
    """A route that anybody reads; a key, if there is one, has to be good."""

    #: Whether MSIF_READ_KEYS=required asks for a key here.
    guarded: ClassVar[bool] = False

    def get_route_handler(self) -> Answering:
        answer = super().get_route_handler()

        async def answer_to_reader(request: Request) -> Response:
            hub: Hub = request.app.state.hub
            required = self.guarded and hub.settings.read_keys == "required"
            credentials = await _key(request)
            if credentials is not None:
                await run_in_threadpool(_require_reader, hub, credentials.credentials, required)
            elif required:
                raise KeyMissing
            found = await answer(request)
            return _for_one_reader(found) if required else found

        return answer_to_reader


class KeyIfRequired(KeyIfSent):
    """A route that members read: with a key, where the hub's operator wants to know who does."""

    guarded = True


class KeyFirst(APIRoute):
    """A route for a member's site: whose it is is known before a byte of the body is read."""

    def get_route_handler(self) -> Answering:
        answer = super().get_route_handler()

        async def answer_to_member(request: Request) -> Response:
            credentials = await _key(request)
            if credentials is None:
                raise KeyMissing
            hub: Hub = request.app.state.hub
            request.state.bearer = await run_in_threadpool(_bearer, hub, credentials.credentials)
            return await answer(request)

        return answer_to_member


def _require_reader(hub: Hub, secret: str, required: bool) -> None:
    """Whoever works here reads with the token of a person; anybody else with a member's key."""
    if secret.startswith(token.PREFIX) and not secret.startswith(member_key.PREFIX):
        with reading(hub.engine) as session:
            token.authenticate(session, secret)
        return
    bearer = _bearer(hub, secret)
    if required:
        bearer.must(Scope.READ)


def _bearer(hub: Hub, secret: str) -> Bearer:
    with reading(hub.engine) as session:
        found = member_key.authenticate(session, secret)
    hub.uses.saw(found, clock.now())
    return found


def _for_one_reader(answer: Response) -> Response:
    """A cache that several share would hand it on to somebody without a key (RFC 9111, 3.5)."""
    told = answer.headers.get("cache-control", "")
    answer.headers["Cache-Control"] = told.replace("public", "private")
    return answer


def _current_bearer(
    request: Request,
    # Names the scheme in openapi.json; KeyFirst has looked at what it finds.
    _credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_key)],
) -> Bearer:
    bearer: Bearer = request.state.bearer
    return bearer


CurrentBearer = Annotated[Bearer, Depends(_current_bearer)]
