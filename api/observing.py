"""What is counted and written of each request that goes the ordinary way.

Answers from memory are counted where they are given, without a clock and without a line each: that
way has to stay cheap.
"""

import logging
import re
import time
from uuid import uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.metrics import Metrics
from content import log_lines

#: What a client, or a proxy in front, may call a request: more would be written into logs at will.
REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")
REQUEST_ID_HEADER = b"x-request-id"
#: Routes that are asked every few seconds by machines: counted, not written.
SILENT = ("/healthz", "/readyz", "/metrics")
#: Methods that are counted by name; any word may stand there.
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"

log = logging.getLogger(__name__)


class Observed:
    """An application whose requests have an id, are counted, and leave a line each."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(scope)
        log_lines.begin_request(request_id)
        # What no answer was begun for, the server answers with 500.
        seen = {"status": 500, "bytes": 0}

        async def seeing(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
                headers = list(message.get("headers", ()))
                if not _is_for_everybody(headers):
                    message["headers"] = [*headers, (REQUEST_ID_HEADER, request_id.encode())]
            else:
                seen["bytes"] += len(message.get("body", b""))
            await send(message)

        begun = time.perf_counter()
        try:
            await self.app(scope, receive, seeing)
        finally:
            self._tell(scope, seen["status"], seen["bytes"], time.perf_counter() - begun)

    def _tell(self, scope: Scope, status: int, sent: int, seconds: float) -> None:
        route = route_of(scope)
        method = scope["method"] if scope["method"] in METHODS else OTHER
        self._metrics.answered(method, route, status, seconds)
        if route not in SILENT:
            log.info(
                "answered",
                extra={
                    "method": method,
                    "route": route,
                    "path": scope["path"],
                    "status": status,
                    "bytes": sent,
                    "ms": round(seconds * 1000, 1),
                },
            )


def _is_for_everybody(headers: list[tuple[bytes, bytes]]) -> bool:
    """Caches may keep it for others, whose request had another id."""
    return any(name.lower() == b"cache-control" and b"public" in value for name, value in headers)


def route_of(scope: Scope) -> str:
    """The route as it is documented, so that there are as many names as there are routes."""
    return str(getattr(scope.get("route"), "path", OTHER))


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == REQUEST_ID_HEADER and REQUEST_ID.fullmatch(value):
            return str(value.decode())
    return uuid4().hex
