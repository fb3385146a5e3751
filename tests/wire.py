"""A connection to a protocol of uvicorn's without a network: bytes in, in the pieces one likes.

What a server's answer depends on is in the hands of the test: where the bytes are cut, when the
tasks go on, when the client stops taking what is sent.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from math import inf
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn import Config
from uvicorn.server import ServerState

from api.delivery import entry
from api.first_look import FirstLook
from api.memo import Memo
from api.published import Published
from api.table import Table
from content.publication.generation import Standing

Protocol = Callable[[Config, ServerState, dict[str, Any], asyncio.AbstractEventLoop], Any]

STANDING = Standing(1, 7, None)
TOLD = {"Content-Type": "application/json", "Link": "</x>", "Surrogate-Key": "section:x"}
CODINGS = {"br": b"b" * 300, "gzip": b"g" * 400}
#: Answers in memory: one that is short, one that does not fit into a buffer, one that is gone.
SHORT, LONG, GONE = "/v1/sections/short/en", "/v1/sections/long/en", "/v1/sections/gone/en"
OWN_HEADERS = [(b"date", b"Fri, 20 Nov 2026 10:00:00 GMT"), (b"server", b"uvicorn")]


class Echo(Published):
    """Answers in memory, and behind them an application that says what it was asked."""

    async def ordinary(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        told = {k: scope[k] for k in ("method", "path", "raw_path", "query_string", "http_version")}
        said = repr((told, scope["headers"], body)).encode()
        length = (b"content-length", str(len(said)).encode())
        await send({"type": "http.response.start", "status": 200, "headers": [length]})
        await send({"type": "http.response.body", "body": said})


def new_table() -> Table:
    """Its answers count until they are dropped."""
    table = Table(10_000_000, lambda: STANDING, None)
    table.look()
    table._confirmed_until = inf
    for path, status, size in ((SHORT, 200, 1_000), (LONG, 200, 150_000), (GONE, 410, 200)):
        made = entry.build(status, TOLD, b"x" * size, f'"{size:032}"', CODINGS, 7)
        table.admit(path, made, STANDING, None)
    return table


def new_app(memo: Memo | None) -> Echo:
    app = Echo()
    app.table = new_table()
    app.first_look = FirstLook()  # there is none to wait for
    app.memo = memo
    return app


class Wire(asyncio.Transport):
    """One connection, and everything that was sent on it."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, protocol: Protocol, app: ASGIApp, **told: Any
    ) -> None:
        super().__init__()
        config = Config(
            app, lifespan="off", proxy_headers=False, ws="none", log_config=None, **told
        )
        config.load()
        state = ServerState()
        state.default_headers = OWN_HEADERS
        self._loop = loop
        self._coming: deque[bytes] = deque()
        self._reads = True
        self._closed = False
        self.sent = b""
        self.state = state
        self.protocol = protocol(config, state, {}, loop)
        self.protocol.connection_made(self)

    # What the client does

    def feed(self, data: bytes) -> None:
        """Send these bytes at once."""
        self._coming.append(data)
        self._deliver()

    def settle(self) -> None:
        """Let everything go on until nothing moves any more."""
        for _ in range(100):
            before = len(self.sent), len(self._coming)
            self._loop.run_until_complete(_some_turns())
            self._deliver()
            if before == (len(self.sent), len(self._coming)):
                return

    def lose(self) -> None:
        """The client is gone, and so is whatever waits for it."""
        self._closed = True
        self.protocol.connection_lost(None)
        for task in list(self.state.tasks):
            task.cancel()
        self.settle()

    def _deliver(self) -> None:
        while self._coming and self._reads and not self._closed:
            self.protocol.data_received(self._coming.popleft())

    # What the protocol does

    def write(self, data: Any) -> None:
        if not self._closed:
            self.sent += bytes(data)

    def writelines(self, list_of_data: Any) -> None:
        self.write(b"".join(list_of_data))

    def close(self) -> None:
        self._closed = True

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self.protocol = protocol

    def is_closing(self) -> bool:
        return self._closed

    def pause_reading(self) -> None:
        self._reads = False

    def resume_reading(self) -> None:
        self._reads = True

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return default


async def _some_turns() -> None:
    for _ in range(10):
        await asyncio.sleep(0)
