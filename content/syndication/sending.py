"""One attempt: a POST to a member's endpoint, bounded in time, in size and in where it may go.

Written on plain sockets, since all that matters here is which address is connected to, and when it
ends. Nothing of the environment (proxies, .netrc) is looked at, and no redirect is followed.
"""

import io
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPException, HTTPResponse
from typing import Any

from content import clock
from content.errors import AddressRefused
from content.syndication import address, retry
from content.syndication.address import Address, Place, Resolve, Targets

#: All of an attempt: connecting, the handshake, sending, and reading what is answered.
TIMEOUT_SECONDS = 15.0
#: Of it, connecting to one of several places.
CONNECT_SECONDS = 5.0
#: What is read of an answer before it is cut off, its head included; and what is kept of its body.
ANSWER_BYTES_MAX = 65_536
KEPT_BYTES = 500
USER_AGENT = "MSIF-hub/1"


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt. Frozen."""

    duration_ms: int
    #: None where nothing that is HTTP was answered; then `error` says why.
    status: int | None = None
    #: `address`, `name`, `connection`, `tls`, `timeout` or `answer`.
    error: str | None = None
    #: The first bytes of the answer's body.
    answer: bytes = b""
    retry_after: timedelta | None = None

    @property
    def is_delivered(self) -> bool:
        """2xx alone is success, whatever becomes of the rest of the answer."""
        return self.status is not None and 200 <= self.status <= 299


@dataclass(frozen=True)
class Sender:
    """How attempts leave this machine. Frozen."""

    targets: Targets = "public"
    resolve: Resolve = address.resolve
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    timeout_seconds: float = TIMEOUT_SECONDS

    def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """Send `body` and say what came of it. Never raises for what the other side does."""
        deadline = _Deadline(self.timeout_seconds)
        try:
            return self._send(url, headers, body, deadline)
        except _Failed as failure:
            return Outcome(deadline.passed_ms(), error=failure.code)

    def _send(
        self, url: str, headers: Mapping[str, str], body: bytes, deadline: "_Deadline"
    ) -> Outcome:
        try:
            to = address.read(url, self.targets)
        except AddressRefused:  # allowed when it was entered, and no longer
            raise _Failed("address") from None
        with self._connected(to, deadline) as wire:
            try:
                wire.settimeout(deadline.left())
                wire.sendall(_request(to, headers, body))
                return _answered(wire, deadline)
            except TimeoutError:
                raise _Failed("timeout") from None
            except OSError:
                raise _Failed("connection") from None
            except (HTTPException, ValueError):
                raise _Failed("answer") from None

    def _connected(self, to: Address, deadline: "_Deadline") -> socket.socket:
        plain = _connect(self._places(to), deadline)
        if to.scheme == "http":
            return plain
        try:
            plain.settimeout(deadline.left())
            return self.tls.wrap_socket(plain, server_hostname=to.name)
        except TimeoutError:
            plain.close()
            raise _Failed("timeout") from None
        except (OSError, ValueError):  # a certificate that is no good is an SSLError, an OSError
            plain.close()
            raise _Failed("tls") from None

    def _places(self, to: Address) -> list[Place]:
        """Where the name leads to, asked once (rules 2 and 3 of `address`)."""
        try:
            places = self.resolve(to.name, to.port)
        except (OSError, UnicodeError):
            places = []
        if not places:
            raise _Failed("name")
        if self.targets == "public" and not address.all_public(places):
            raise _Failed("address")
        return places[: address.PLACES_MAX]


class _Failed(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Deadline:
    """The end of an attempt: whoever sends a byte a second does not put it off."""

    def __init__(self, seconds: float) -> None:
        self._began = time.monotonic()
        self._seconds = seconds

    def left(self) -> float:
        """Seconds, more than none. Raises TimeoutError."""
        left = self._began + self._seconds - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def passed_ms(self) -> int:
        return round((time.monotonic() - self._began) * 1000)


class _Reading(io.RawIOBase):
    """What is read of a socket until the deadline, and up to so many bytes: then it ends."""

    def __init__(self, wire: socket.socket, deadline: _Deadline) -> None:
        self._wire = wire
        self._deadline = deadline
        self._left = ANSWER_BYTES_MAX

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._left:
            return 0
        self._wire.settimeout(self._deadline.left())
        count = self._wire.recv_into(memoryview(buffer)[: self._left])
        self._left -= count
        return count

    def makefile(self, _mode: str) -> io.BufferedReader:
        """As HTTPResponse asks a socket for it."""
        return io.BufferedReader(self)


def _connect(places: list[Place], deadline: _Deadline) -> socket.socket:
    """A connection to the first place that takes one (rule 4 of `address`)."""
    code = "connection"
    for family, place in places:
        wire = socket.socket(family, socket.SOCK_STREAM)
        try:
            wire.settimeout(min(CONNECT_SECONDS, deadline.left()))
            wire.connect(place)
        except TimeoutError:
            code = "timeout"
            wire.close()
        except OSError:
            wire.close()
        else:
            return wire
    raise _Failed(code)


def _request(to: Address, headers: Mapping[str, str], body: bytes) -> bytes:
    told = {
        "Host": to.authority,
        "User-Agent": USER_AGENT,
        "Accept": "*/*",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Connection": "close",
        **headers,
    }
    lines = [f"POST {to.path} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items())]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


def _answered(wire: socket.socket, deadline: _Deadline) -> Outcome:
    """What was answered. Raises OSError, HTTPException, ValueError where that is not HTTP."""
    response = HTTPResponse(_Reading(wire, deadline), method="POST")  # type: ignore[arg-type]
    response.begin()
    answer = _body(response)
    asked = retry.read_retry_after(response.headers.get("Retry-After"), clock.now())
    return Outcome(deadline.passed_ms(), response.status, answer=answer, retry_after=asked)


def _body(response: HTTPResponse) -> bytes:
    """Its first bytes. The status has said it all: an end that is missing changes nothing."""
    kept = b""
    try:
        while piece := response.read1(ANSWER_BYTES_MAX):
            kept = (kept + piece)[:KEPT_BYTES]
    except (OSError, HTTPException, ValueError):
        pass
    return kept
