"""Any site may read (CORS): every answer says so, whoever asks, so that caches keep one of each."""

from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Headers that a page on another site may read.
EXPOSED = (
    *("ETag", "Link", "Content-Language", "Content-Location", "Last-Modified", "Demo"),
    *("Content-Seq", "Unencoded-Digest", "Retry-After", "X-Request-Id"),
)
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": ", ".join(EXPOSED),
}
_OPEN = [(name.lower().encode(), value.encode()) for name, value in OPEN.items()]


class OpenReading(CORSMiddleware):
    """The framework's answers to a preflight; the rest without a look at who asks.

    Cookies open nothing but the desk, so that one answer does for every origin.
    """

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(
            app,
            allow_origins=["*"],
            allow_methods=["GET", "HEAD"],
            allow_headers=["If-None-Match", "Min-Content-Seq"],
            expose_headers=EXPOSED,
        )

    async def simple_response(
        self, scope: Scope, receive: Receive, send: Send, request_headers: Headers
    ) -> None:
        if f"{scope['path']}/".startswith("/desk/"):
            # There cookies do open something, to the hub's own pages alone.
            await self.app(scope, receive, send)
            return

        async def opened(message: Message) -> None:
            if message["type"] == "http.response.start":
                _open(message)
            await send(message)

        await self.app(scope, receive, opened)


def _open(message: MutableMapping[str, Any]) -> None:
    headers = list(message["headers"])
    if not any(name == _OPEN[0][0] for name, _ in headers):
        message["headers"] = [*headers, *_OPEN]
