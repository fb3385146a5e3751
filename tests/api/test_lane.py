"""The lane gives the same bytes as the server without it, whatever comes and however it is cut."""

import asyncio
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api import lane, plain_head
from api.decide import Answer, decide
from api.memo import Memo
from content.publication.generation import Standing
from tests.wire import GONE, LONG, SHORT, Wire, new_app

#: The memo of the tests, so that what is kept of one stream meets the next.
MEMO = Memo()
PLAIN_APP, LANE_APP = new_app(None), new_app(MEMO)


@pytest.fixture(scope="module", autouse=True)
def quiet() -> Iterator[None]:
    """The server warns of each request that is none, and there are thousands."""
    logger = logging.getLogger("uvicorn.error")
    logger.disabled = True
    yield
    logger.disabled = False


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    made = asyncio.new_event_loop()
    yield made
    made.close()


def plain(loop: asyncio.AbstractEventLoop) -> Wire:
    return Wire(loop, HttpToolsProtocol, PLAIN_APP)


def laned(loop: asyncio.AbstractEventLoop, app: Any = LANE_APP) -> Wire:
    return Wire(loop, lane.protocol, app)


def given_from_memory(app: Any) -> int:
    return sum(app.table.given.values())


# Streams


@dataclass(frozen=True)
class Message:
    """A request as it is sent, and whether one can know what follows it."""

    raw: bytes
    is_malformed: bool = False


def text(*lines: str, body: bytes = b"") -> bytes:
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


targets = st.sampled_from(
    [SHORT] * 4
    + [LONG, GONE, f"{SHORT}?", f"{SHORT}?a=b", f"http://hub{SHORT}", f"/{SHORT}"]
    + ["/v1/sections/sh%6Frt/en", "/v1/changes", "/", "*", f"{SHORT}#x"]
)
tag = f'"{1_000:032}"'
fields = st.sampled_from(
    f"""Accept-Encoding: br|accept-encoding: gzip;q=0.5, br|ACCEPT-ENCODING: *;q=0
    If-None-Match: {tag}|If-None-Match: "a", W/{tag}|If-None-Match: *
    Connection: keep-alive|Connection: close|Connection: TE|Connection: upgrade|Upgrade: h2c
    Range: bytes=0-1|Expect: 100-continue|Authorization: Bearer x|Content-Length: 0|User-Agent: x
    Min-Content-Seq: 7|Min-Content-Seq: x|Cookie:|X-Odd: \xe4\xff|X-Tab: a\tb
    Accept-Encoding:gzip  |If-None-Match:|Proxy-Connection: close|Proxy-Connection: keep-alive
    TE: trailers|Keep-Alive: 5|Host: other""".replace("\n    ", "|").split("|")
)
plain_requests = st.builds(
    lambda method, target, version, some: Message(
        text(f"{method} {target} HTTP/{version}", "Host: hub", *some)
    ),
    st.sampled_from(["GET"] * 6 + ["HEAD"] * 2 + ["OPTIONS", "DELETE"]),
    targets,
    st.sampled_from(["1.1"] * 8 + ["1.0"]),
    st.lists(fields, max_size=3, unique=True),
)
steady = st.sampled_from(
    [Message(text(f"GET {path} HTTP/1.1", "Host: hub")) for path in (SHORT, GONE, LONG)]
    + [Message(text(f"GET {SHORT} HTTP/1.1", "Host: hub", "Accept-Encoding: br"))]
    + [Message(text(f"HEAD {SHORT} HTTP/1.1", "Host: hub"))]
)
with_body = st.builds(
    lambda method, target, body: Message(
        text(f"{method} {target} HTTP/1.1", f"Content-Length: {len(body)}", body=body)
    ),
    st.sampled_from(["POST", "PUT", "GET"]),
    targets,
    # Among them what looks like a request.
    st.binary(max_size=50) | st.just(text(f"GET {SHORT} HTTP/1.1")),
)
chunked = st.builds(
    lambda method, target, body, trailer: Message(
        text(
            f"{method} {target} HTTP/1.1",
            "Transfer-Encoding: chunked",
            body=b"%x\r\n%b\r\n0\r\n%b\r\n" % (len(body), body, trailer),
        )
    ),
    st.sampled_from(["POST", "GET"]),
    targets,
    st.binary(min_size=1, max_size=50),
    st.sampled_from([b"", b"X-Sum: 1\r\n", b"Range: x\r\n"]),
)
malformed = st.sampled_from(
    [
        text(f"GET {SHORT}"),
        text(f"get {SHORT} HTTP/1.1"),
        text(f"GET {SHORT} HTTP/1.1", "no colon"),
        text(f"GET {SHORT} HTTP/1.1", "X : y"),
        text(f"GET {SHORT} HTTP/1.1", "X: a\0b"),
        text(f"GET {SHORT} HTTP/1.1", "A: b", " folded"),
        text(f"GET {SHORT} HTTP/1.1", "Content-Length: -1"),
        text(f"GET {SHORT} HTTP/1.1", "Content-Length: 1", "Content-Length: 2"),
        text(f"GET {SHORT} HTTP/1.1", "Content-Length: 4", "Transfer-Encoding: chunked"),
        text(f"GET {SHORT} HTTP/9.9"),
        text("GET /v1/changes HTTP/1.1", "Transfer-Encoding: chunked", body=b"zz\r\n"),
        f"GET {SHORT} HTTP/1.1\nHost: hub\n\n".encode(),
        text(f"GET {SHORT} HTTP/1.1", "Connection: upgrade", "Upgrade: websocket"),
        b"\x16\x03\x01\x02\x00\x01",
        b"\r\n\r\nGET",
    ]
).map(lambda raw: Message(raw, is_malformed=True))
sound = st.one_of(steady, steady, plain_requests, with_body, chunked)


@dataclass(frozen=True)
class Piece:
    data: bytes
    #: Whether everything goes on before the next piece comes.
    settles: bool


@st.composite
def pieces(draw: st.DrawFn, messages: list[Message]) -> list[Piece]:
    """A stream, cut where it pleases chance: between messages, and within them."""
    stream, cuts = b"", set()
    for message in messages:
        stream += message.raw
        if draw(st.booleans()):
            cuts.add(len(stream))
    cuts |= draw(st.sets(st.integers(0, len(stream)), max_size=4))
    ends = sorted({*cuts, len(stream)} - {0})
    return [
        Piece(stream[start:end], draw(st.booleans()))
        for start, end in zip([0, *ends], ends, strict=False)
    ]


def played(wire: Wire, stream: list[Piece]) -> bytes:
    for piece in stream:
        wire.feed(piece.data)
        if piece.settles:
            wire.settle()
    wire.settle()
    wire.lose()
    return wire.sent


streams = settings(
    max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@streams
@given(st.data())
def test_the_bytes_are_those_of_the_server_without_it(
    loop: asyncio.AbstractEventLoop, data: st.DataObject
) -> None:
    messages = data.draw(st.lists(sound, min_size=1, max_size=8))
    stream = data.draw(pieces(messages))
    assert played(laned(loop), stream) == played(plain(loop), stream)


ANSWER = re.compile(rb"(?=HTTP/1\.1 \d{3} )")


@streams
@given(st.data())
def test_after_something_that_is_no_http_nothing_is_answered(
    loop: asyncio.AbstractEventLoop, data: st.DataObject
) -> None:
    """Without the lane, answers that were due before it may get lost; with it they are the same."""
    # Whoever asks for the end of the connection may see it before what comes then.
    goes_on = sound.filter(lambda one: b"close" not in one.raw and b"HTTP/1.0" not in one.raw)
    before = data.draw(st.lists(goes_on, max_size=4))
    after = data.draw(st.lists(sound, max_size=2))
    messages = [*before, data.draw(malformed), *after]
    stream = data.draw(pieces(messages))
    with_it, without = (ANSWER.split(played(to(loop), stream)) for to in (laned, plain))
    assert with_it[-1] == without[-1]
    whole = ANSWER.split(played(plain(loop), [Piece(one.raw, True) for one in messages]))
    for told in (with_it[:-1], without[:-1]):
        assert told == whole[: len(told)]


@streams
@given(st.data())
def test_a_client_that_takes_nothing_for_a_while_gets_the_same(
    loop: asyncio.AbstractEventLoop, data: st.DataObject
) -> None:
    messages = data.draw(st.lists(sound, min_size=1, max_size=6))
    stream = data.draw(pieces(messages))
    stops, goes_on = sorted(data.draw(st.tuples(*[st.integers(0, len(stream))] * 2)))
    sent = []
    for wire in (laned(loop), plain(loop)):
        for number, piece in enumerate(stream):
            if number == stops:
                wire.protocol.pause_writing()
            if number == goes_on:
                wire.protocol.resume_writing()
            wire.feed(piece.data)
            if piece.settles:
                wire.settle()
        wire.protocol.resume_writing()
        wire.settle()
        wire.lose()
        sent.append(wire.sent)
    assert sent[0] == sent[1]


# What goes through the lane, and what does not


def test_what_is_in_memory_goes_through_the_lane_and_what_is_not_does_not(
    loop: asyncio.AbstractEventLoop,
) -> None:
    app = new_app(Memo())
    for raw, through in [
        (text(f"GET {SHORT} HTTP/1.1"), True),
        (text(f"HEAD {SHORT} HTTP/1.1", "Connection: keep-alive"), True),
        (text(f"GET {GONE} HTTP/1.1", "If-None-Match: *"), True),
        (text(f"POST {SHORT} HTTP/1.1", "Content-Length: 0"), False),
        (text(f"GET {SHORT} HTTP/1.1", "Content-Length: 0"), False),
        (text(f"GET {SHORT} HTTP/1.1", "Range: bytes=0-1"), False),
        (text(f"GET {SHORT} HTTP/1.1", "Connection: close"), False),
        (text(f"GET {SHORT} HTTP/1.0"), False),
        (text(f"GET {SHORT} HTTP/1.0", "Connection: keep-alive"), False),
        (text(f"GET {SHORT} HTTP/1.1", "Authorization: Bearer x"), False),
        (text("GET /v1/changes HTTP/1.1"), False),
    ]:
        wire = laned(loop, app)
        wire.feed(raw)
        # No task of the application has had its turn.
        assert bool(wire.sent) == through, raw
        wire.settle()
        assert wire.sent.startswith(b"HTTP/1.1 "), raw


@pytest.mark.parametrize("told", [{"root_path": "/hub"}, {"limit_concurrency": 10}])
def test_where_the_server_does_more_the_lane_is_off(
    loop: asyncio.AbstractEventLoop, told: dict[str, Any]
) -> None:
    assert type(Wire(loop, lane.protocol, LANE_APP, **told).protocol) is HttpToolsProtocol
    assert type(laned(loop).protocol) is lane.Lane
    assert type(laned(loop, PLAIN_APP).protocol) is HttpToolsProtocol


def test_with_a_server_that_was_not_tested_the_lane_is_off_and_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert lane.new_memo() is not None
    monkeypatch.setattr("uvicorn.__version__", "99.0")
    assert lane.new_memo() is None
    assert "not tested with uvicorn 99.0" in caplog.text


def test_many_heads_at_once_do_not_fill_the_memory(loop: asyncio.AbstractEventLoop) -> None:
    wire = laned(loop, new_app(Memo()))
    wire.feed(text(f"GET {LONG} HTTP/1.1") * 50)
    assert wire.sent.count(b"HTTP/1.1 200") == 1
    wire.settle()
    assert wire.sent.count(b"HTTP/1.1 200") == 50


def test_for_a_client_that_takes_nothing_no_answers_pile_up(
    loop: asyncio.AbstractEventLoop,
) -> None:
    wire = laned(loop, new_app(Memo()))
    for _ in range(3):
        asked(wire, f"GET {SHORT} HTTP/1.1")
    wire.protocol.pause_writing()
    assert asked(wire, f"GET {SHORT} HTTP/1.1") == b""
    wire.settle()
    assert wire.sent == b""
    wire.protocol.resume_writing()
    wire.settle()
    assert wire.sent.count(b"HTTP/1.1 200") == 1


def test_what_was_asked_first_is_sent_before_anything_else_begins(
    loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = laned(loop)
    seen: list[int] = []

    def begin(*_: object) -> None:
        seen.append(wire.sent.count(b"HTTP/1.1 200"))

    monkeypatch.setattr(HttpToolsProtocol, "_start_asgi_task", begin)
    wire.feed(text(f"GET {SHORT} HTTP/1.1") + text("GET / HTTP/1.1"))
    assert seen == [1]


def test_behind_an_upgrade_nothing_is_for_the_lane(loop: asyncio.AbstractEventLoop) -> None:
    head = text(f"GET {SHORT} HTTP/1.1")
    upgrade = text(f"GET {SHORT} HTTP/1.1", "Connection: upgrade", "Upgrade: h2c")
    stream = [Piece(one, True) for one in (head, head, head, upgrade, head, head)]
    assert played(laned(loop), stream) == played(plain(loop), stream)


# The memo


def asked(wire: Wire, *lines: str) -> bytes:
    wire.sent = b""
    wire.feed(text(*lines))
    return wire.sent


def test_a_head_is_read_twice_and_then_known(
    loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = new_app(Memo())
    wire = laned(loop, app)
    head = (f"GET {SHORT} HTTP/1.1", "Host: hub", "Accept-Encoding: br")
    first = asked(wire, *head)
    assert asked(wire, *head) == first

    def refuse(*_: object) -> None:
        raise AssertionError("read or decided again")

    monkeypatch.setattr(lane, "decide", refuse)
    monkeypatch.setattr(plain_head, "read", refuse)
    assert asked(wire, *head) == first
    assert app.table.given == {200: 3}
    assert wire.state.total_requests == 3


def test_of_heads_that_differ_in_what_chooses_nothing_the_first_is_decided(
    loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = laned(loop, new_app(Memo()))
    head = (f"GET {SHORT} HTTP/1.1", "Accept-Encoding: br")
    first = asked(wire, *head, "Host: a")
    decided: list[bytes] = []

    def noting(*asked: Any) -> Answer | None:
        decided.append(asked[2])
        return decide(*asked)

    monkeypatch.setattr(lane, "decide", noting)
    assert asked(wire, head[0], "Host: b", head[1]) == first
    assert asked(wire, *head, "Cookie: c=d") == first
    assert decided == []
    assert asked(wire, head[0], "Accept-Encoding: gzip") != first
    assert asked(wire, head[0].replace("GET", "HEAD"), head[1]) != first
    assert decided == [SHORT.encode()] * 2


def test_what_was_dropped_is_not_known_any_more(loop: asyncio.AbstractEventLoop) -> None:
    app = new_app(Memo())
    wire = laned(loop, app)
    for _ in range(3):
        assert b"200 OK" in asked(wire, f"GET {SHORT} HTTP/1.1")
    app.table._drop(Standing(2, 8, None))
    assert asked(wire, f"GET {SHORT} HTTP/1.1") == b""
    assert asked(wire, f"GET {SHORT} HTTP/1.1", "X-New: 1") == b""


def test_an_answer_counted_when_it_was_asked_whether_it_does(
    loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look of another thread may end between any two lines."""
    app = new_app(Memo())
    wire = laned(loop, app)
    for _ in range(3):
        asked(wire, f"GET {SHORT} HTTP/1.1")

    def dropping() -> bool:
        app.table._drop(Standing(2, 8, None))
        return True

    monkeypatch.setattr(app.table, "holds", dropping)
    assert asked(wire, f"GET {SHORT} HTTP/1.1") == b""
    assert app.table.given == {200: 3}


def test_the_end_of_a_head_is_not_taken_for_one(loop: asyncio.AbstractEventLoop) -> None:
    wire = laned(loop)
    head = text(f"GET {SHORT} HTTP/1.1", "Host: hub")
    for _ in range(3):
        wire.feed(head[:40])
        wire.feed(head[40:])
    wire.sent = b""
    wire.feed(head[40:])
    assert wire.sent.startswith(b"HTTP/1.1 400")


def test_long_heads_are_not_kept(loop: asyncio.AbstractEventLoop) -> None:
    memo = Memo()
    wire = laned(loop, new_app(memo))
    head = f"GET {SHORT} HTTP/1.1", f"Cookie: {'x' * 3_000}"
    for _ in range(3):
        assert asked(wire, *head).startswith(b"HTTP/1.1 200")
    assert memo.recall(1, text(*head)) is None


# How long a connection is kept


@pytest.fixture
def clock(loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds of the loop; the test moves them on."""
    now = [loop.time()]
    monkeypatch.setattr(loop, "time", lambda: now[0])
    return now


def passes(wire: Wire, clock: list[float], seconds: float) -> None:
    clock[0] += seconds
    wire.settle()


@pytest.mark.parametrize("path", [SHORT, "/v1/changes"])
def test_an_idle_connection_is_closed(
    loop: asyncio.AbstractEventLoop, clock: list[float], path: str
) -> None:
    for wire in (laned(loop), plain(loop)):
        for _ in range(3):
            wire.feed(text(f"GET {path} HTTP/1.1"))
            wire.settle()
            passes(wire, clock, 4)
            assert not wire.is_closing()
        passes(wire, clock, 1.1)
        assert wire.is_closing()


def test_what_is_half_received_is_not_cut_off(
    loop: asyncio.AbstractEventLoop, clock: list[float]
) -> None:
    wire = laned(loop)
    head = text(f"GET {SHORT} HTTP/1.1")
    wire.feed(head + head[:20])
    passes(wire, clock, 60)
    wire.feed(head[20:])
    passes(wire, clock, 4)
    assert wire.sent.count(b"HTTP/1.1 200") == 2
    assert not wire.is_closing()
    passes(wire, clock, 1.1)
    assert wire.is_closing()


def test_an_answer_that_takes_its_time_is_not_cut_off(
    loop: asyncio.AbstractEventLoop, clock: list[float]
) -> None:
    wire = laned(loop)
    wire.feed(
        text(f"GET {SHORT} HTTP/1.1") + text("POST / HTTP/1.1", "Content-Length: 3", body=b"a")
    )
    passes(wire, clock, 60)
    wire.feed(b"bc")
    wire.settle()
    assert b"b'abc'" in wire.sent
    assert not wire.is_closing()


def test_a_connection_that_is_lost_leaves_no_timer(
    loop: asyncio.AbstractEventLoop, clock: list[float]
) -> None:
    wire = laned(loop)
    wire.feed(text(f"GET {SHORT} HTTP/1.1"))
    timer = wire.protocol.timeout_keep_alive_task
    wire.lose()
    assert timer.cancelled()
