"""ASGI layers that every request passes: what is not even looked at, and HEAD as GET."""

import anyio
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import render
from content.publication.problem import problem

#: The largest body: a page of 8,000,000 bytes and its figures in base64.
BODY_BYTES_MAX = 24_000_000


class BodyTooLarge(Exception):
    """More came than was announced."""


class LimitBody:
    """Refuses a body over BODY_BYTES_MAX before it is held in memory."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        counted = 0
        refused = False

        async def counting() -> Message:
            nonlocal counted, refused
            message = await receive()
            counted += len(message.get("body", b""))
            if counted > BODY_BYTES_MAX:
                refused = True
                raise BodyTooLarge
            return message

        async def unless_refused(message: Message) -> None:
            # FastAPI makes a 400 of whatever goes wrong while it reads a body.
            if not refused:
                await send(message)

        await self.app(scope, counting, unless_refused)
        if refused:
            detail = f"A request has at most {BODY_BYTES_MAX:,} bytes."
            await render(problem("input-too-large", 413, detail))(scope, receive, send)


class RefuseNul:
    """Refuses an address with a NUL character: no text in a database has it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _has_nul(scope):
            detail = "An address has no NUL characters."
            await render(problem("unreadable", 400, detail))(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _has_nul(scope: Scope) -> bool:
    return "\0" in scope["path"] or b"%00" in scope["query_string"]


class HeadAsGet:
    """HEAD gives the head of what GET would give (RFC 9110, 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        with anyio.CancelScope() as answering:

            async def head_alone(message: Message) -> None:
                if message["type"] != "http.response.body":
                    await send(message)
                    return
                await send({"type": "http.response.body"})
                # A stream would go on, for nobody.
                answering.cancel()

            got = {**scope, "method": "GET"}
            try:
                await self.app(got, receive, head_alone)
            finally:
                # Which route it was, for whoever counts.
                scope["route"] = got.get("route")
