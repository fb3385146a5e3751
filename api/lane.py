"""The lane: answers from memory once a head is read, before the server makes anything of it.

A protocol of uvicorn's, `http="api.lane:protocol"`, that gives the same bytes as the application
behind it, and answers only what needs nothing of the server: a GET or HEAD without a body, with no
answer in progress and none waiting to be sent. Everything else goes the ordinary way.

It overrides methods of a class that is not made for it, so it is for the versions it was tested
with alone (`tests/api/test_lane.py` compares the bytes); with another one it is off and says so.
"""

import logging
from asyncio import AbstractEventLoop
from typing import Any

import httptools
import uvicorn
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from api import plain_head
from api.decide import Headers, decide
from api.memo import Known, Memo
from api.published import Published
from api.table import Table

#: (uvicorn, httptools) whose ways are known.
TESTED = {("0.54.0", "0.9.0")}
#: Of bodies for heads that came at once; what comes beyond waits its turn in the ordinary way.
WAITING_BYTES_MAX = 65_536
METHODS = {b"GET": "GET", b"HEAD": "HEAD"}

log = logging.getLogger(__name__)


def new_memo() -> Memo | None:
    """What the lane knows by; None where the server is not one that it was tested with."""
    here = uvicorn.__version__, httptools.__version__
    if here in TESTED:
        return Memo()
    log.warning("The lane is off: it was not tested with uvicorn %s and httptools %s.", *here)
    return None


def protocol(
    config: Config,
    server_state: ServerState,
    app_state: dict[str, Any],
    _loop: AbstractEventLoop | None = None,
) -> HttpToolsProtocol:
    """One connection: in the lane where it may be, else as uvicorn has it."""
    published = _published(config.loaded_app)
    plain = config.root_path or config.limit_concurrency is not None
    if published is None or published.memo is None or plain:
        return HttpToolsProtocol(config, server_state, app_state, _loop)
    return Lane(published.table, published.memo, config, server_state, app_state, _loop)


def _published(app: Any) -> Published | None:
    """The application behind what the server put around it."""
    while app is not None and not isinstance(app, Published):
        app = getattr(app, "app", None)
    return app


class Lane(HttpToolsProtocol):
    """One connection."""

    def __init__(
        self,
        table: Table,
        memo: Memo,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        loop: AbstractEventLoop | None,
    ) -> None:
        super().__init__(config, server_state, app_state, loop)
        self._table = table
        self._memo = memo
        #: A head has begun that is not over, or a body.
        self._is_within = False
        #: The message that is being read is answered here.
        self._is_mine = False
        #: Messages that were read to their end from these bytes, and the answers to them.
        self._read = 0
        self._answers: list[Known] = []
        self._waiting_bytes = 0
        #: When the connection has been idle for long enough, if nothing comes.
        self._idle_until = 0.0

    # What comes

    def data_received(self, data: bytes) -> None:
        """Bytes of the client, as the network cut them."""
        is_whole = not self._is_within
        # What follows stands without calls where it can: each costs a part of the answer.
        cycle, table = self.cycle, self._table
        is_free = is_whole and (cycle is None or cycle.response_complete)
        if is_free and not self.flow.write_paused and table.holds():
            # What the table is found to hold may be sent, whatever becomes of it meanwhile.
            known = self._memo.recall(table.edition, data) or self._read_plainly(data)
            if known is not None:
                self._send(known)
                return
        self._read = 0
        super().data_received(data)
        if self._answers:
            if is_whole and self._read == 1 and not self._is_within:
                self._memo.meet(data, self._answers[0])
            self._send_what_waits()

    def on_message_begin(self) -> None:
        self._is_within = True
        self.url = b""
        self.expect_100_continue = False
        self.headers = []

    def on_headers_complete(self) -> None:
        known = self._decided()
        if known is None:
            self._go_the_ordinary_way()
        else:
            self._is_mine = True
            self._answers.append(known)
            self._waiting_bytes += len(known.body)

    def on_message_complete(self) -> None:
        self._read += 1
        # Behind an upgrade comes something that is not HTTP: nothing of it is for here.
        self._is_within = self.parser.should_upgrade()
        if self._is_mine:
            self._is_mine = False
        else:
            super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        self._send_what_waits()
        super().send_400_response(msg)

    def _go_the_ordinary_way(self) -> None:
        self._send_what_waits()  # what was asked before is answered before
        # What the server makes of each message, left out until here.
        url, headers, expects = self.url, self.headers, self.expect_100_continue
        super().on_message_begin()
        self.url, self.expect_100_continue = url, expects
        self.headers.extend(headers)
        super().on_headers_complete()

    # What is answered

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _is_held_up(self) -> bool:
        """Something is to be answered first, or the client does not take what was sent."""
        return self._is_answering() or self.flow.write_paused

    def _read_plainly(self, data: bytes) -> Known | None:
        """The answer to bytes that are one plain head, where it is for here."""
        head = plain_head.read(data)
        if head is None:
            return None
        known = self._memo.choice(head)
        if known is None:
            known = self._answer(head[0], head[1], plain_head.headers(head))
            if known is None:
                return None
            self._memo.choose(head, known)
        self._memo.meet(data, known)
        return known

    def _decided(self) -> Known | None:
        """The answer to the head that was parsed, where it is for here."""
        table, parser, url = self._table, self.parser, self.url
        if (
            url not in table.entries
            or self._waiting_bytes >= WAITING_BYTES_MAX
            or self._is_held_up()
            or not parser.should_keep_alive()
            or not table.holds()
        ):
            return None
        for name, _ in self.headers:
            if name in plain_head.ELSEWHERE:
                return None
            # Only by one of these can a connection of HTTP/1.0 be kept alive.
            if name in plain_head.CONNECTION and parser.get_http_version() != "1.1":
                return None
        return self._answer(parser.get_method(), url, self.headers)

    def _answer(self, method: bytes, target: bytes, headers: Headers) -> Known | None:
        """What the table has for it, whichever way the head was read."""
        # Before the answer is looked up: it may be of a later edition, never of an earlier one.
        edition = self._table.edition
        answer = decide(self._table.entries, METHODS.get(method, ""), target, headers)
        return None if answer is None else self._memo.known(edition, target, answer)

    def _send_what_waits(self) -> None:
        """What was answered of these bytes, in one piece."""
        answers, self._answers, self._waiting_bytes = self._answers, [], 0
        if answers:
            self.transport.writelines([self._counted(known) for known in answers])
            self._rest()

    def _send(self, known: Known) -> None:
        self.transport.write(self._counted(known))
        self._rest()

    def _counted(self, known: Known) -> bytes:
        """What goes out, noted where answers are counted."""
        state, table = self.server_state, self._table
        table.given[known.status] += 1
        if table.is_filling:
            table.touch(known.target)
        state.total_requests += 1
        return self._memo.whole(known, state.default_headers)

    # How long a connection is kept

    def _rest(self) -> None:
        """Wait for more, with one timer that is not set anew for each answer."""
        self._idle_until = self.loop.time() + self.timeout_keep_alive
        if self.timeout_keep_alive_task is None:
            self._set_timer(self.timeout_keep_alive)

    def _set_timer(self, seconds: float) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(
            seconds, self.timeout_keep_alive_handler
        )

    def timeout_keep_alive_handler(self) -> None:
        self.timeout_keep_alive_task = None
        if self._is_within or self._is_answering():
            return  # its end sets a timer
        left = self._idle_until - self.loop.time()
        if left > 0:
            self._set_timer(left)
        else:
            super().timeout_keep_alive_handler()

    def _unset_keepalive_if_required(self) -> None:
        """Bytes came. The timer goes on: when it rings it sees whether it is wanted."""

    def on_response_complete(self) -> None:
        self._cancel_timer()
        super().on_response_complete()
        if self.timeout_keep_alive_task is not None:
            self._idle_until = self.loop.time() + self.timeout_keep_alive

    def connection_lost(self, exc: Exception | None) -> None:
        self._cancel_timer()
        super().connection_lost(exc)

    def _cancel_timer(self) -> None:
        if self.timeout_keep_alive_task is not None:
            self.timeout_keep_alive_task.cancel()
            self.timeout_keep_alive_task = None
