"""ASGI layers that every request passes: how large a body may be, and HEAD as GET."""

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
        begun = False

        async def counting() -> Message:
            nonlocal counted
            message = await receive()
            counted += len(message.get("body", b""))
            if counted > BODY_BYTES_MAX:
                raise BodyTooLarge
            return message

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, counting, noting)
        except BodyTooLarge:
            if not begun:
                detail = f"A request has at most {BODY_BYTES_MAX:,} bytes."
                await render(problem("input-too-large", 413, detail))(scope, receive, send)


class HeadAsGet:
    """HEAD gives the head of what GET would give (RFC 9110, 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self.app({**scope, "method": "GET"}, receive, without_body)
