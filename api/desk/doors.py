"""Who is let in: only forms of our own pages, and only who is signed in. Asked before any body is
read, but for a form whose session is over: what was typed is kept.
"""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute

from api.dependencies import Hub
from api.desk import forms
from api.desk.pages import Answer, Visitor
from api.desk.signing_in import proving, session_over
from content.database import reading, writing
from content.errors import OriginRefused, SessionOver
from content.people import session as sessions

#: `__Host-`: set over https by this very host, for all its paths (RFC 6265bis, 4.1.3.2).
COOKIE = "__Host-msif_desk"
READS = frozenset({"GET", "HEAD"})


class OpenRoute(APIRoute):
    """For everybody; what is sent has to come from a page of ours."""

    def get_route_handler(self) -> Answer:
        answer = super().get_route_handler()

        async def answer_our_own(request: Request) -> Response:
            require_own_origin(request)
            if request.method not in READS:
                await forms.read(request)
            return await answer(request)

        return answer_our_own


class SignedInRoute(APIRoute):
    """For who is signed in alone; what is sent has to come from a page of ours."""

    def get_route_handler(self) -> Answer:
        answer = super().get_route_handler()

        async def answer_visitor(request: Request) -> Response:
            require_own_origin(request)
            if request.method in READS:
                request.state.visitor = await run_in_threadpool(visitor_of, request)
                return await answer(request)
            try:
                request.state.visitor = await run_in_threadpool(visitor_of, request)
                if not forms.is_of(await forms.read(request), request.state.visitor.actor.id):
                    raise SessionOver
            except SessionOver:
                return await session_over.answer(request, request.cookies.get(COOKIE, ""))
            return await self.admit(request, answer)

        return answer_visitor

    async def admit(self, request: Request, answer: Answer) -> Response:
        """Whatever else is asked of somebody who is signed in and sends something."""
        await forms.part(request)
        return await answer(request)


class DecidingRoute(SignedInRoute):
    """For decisions: reviews, withdrawals, roles, keys. Whoever sends one has shown shortly before
    that it is they, or does so now (api/desk/proving.py).
    """

    async def admit(self, request: Request, answer: Answer) -> Response:
        return await proving.admit(request, answer)


def require_own_origin(request: Request) -> None:
    """Raises OriginRefused where something is sent from elsewhere, or from nobody knows where.

    The browser itself says whose page it was. Whatever stands before the hub may have ended TLS,
    so that the scheme is not compared: the cookie is sent over https alone.
    """
    if request.method in READS:
        return
    said = request.headers.get("sec-fetch-site")
    if said is not None:
        if said != "same-origin":
            raise OriginRefused
        return
    try:
        host = urlsplit(request.headers.get("origin", "")).netloc
    except ValueError:
        raise OriginRefused from None
    if not host or host != request.headers.get("host"):
        raise OriginRefused


def visitor_of(request: Request) -> Visitor:
    """Who is signed in in this browser. Raises SessionOver."""
    secret = request.cookies.get(COOKIE, "")
    hub: Hub = request.app.state.hub
    if not secret:
        raise SessionOver
    with reading(hub.engine) as session:
        row, actor = sessions.find(session, secret)
        found = Visitor(actor, row.key, hub.is_demo(session), row.may_decide, row.token is not None)
        is_to_be_seen = sessions.is_to_be_seen(row)
    if is_to_be_seen:
        with writing(hub.engine) as session:
            sessions.see(session, found.session)
    return found


def _visitor(request: Request) -> Visitor:
    visitor: Visitor = request.state.visitor
    return visitor


CurrentVisitor = Annotated[Visitor, Depends(_visitor)]
