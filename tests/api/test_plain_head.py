"""What is read in one step means the same to the server's parser; whatever is odd is left to it."""

from dataclasses import dataclass, field

import httptools
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api import decide, plain_head
from api.plain_head import HEAD_BYTES_MAX

PATH = "/v1/sections/risks/en"
TAG = '"0123456789abcdef0123456789abcdef"'


@dataclass
class Parsed:
    """What the server's parser makes of the same bytes."""

    url: bytes = b""
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""
    begun: int = 0
    ended: int = 0

    def on_message_begin(self) -> None:
        self.begun += 1

    def on_url(self, url: bytes) -> None:
        self.url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value))

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        self.ended += 1


def head(*lines: str) -> bytes:
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


USUAL = ["Host", "User-Agent", "X-Request-Id", "Accept", "Accept-Language", "Cookie", "!x"]
CHOOSING = ["Accept-Encoding", "accept-encoding", "If-None-Match", "IF-NONE-MATCH"]
NEARLY = ["Accept-Encodings", "If-Modified-Since", "Content-Type", "TE", "Keep-Alive"]
MORE = [one.decode().title() for one in (*plain_head.ELSEWHERE, *plain_head.CONNECTION)]
names = st.sampled_from([*USUAL, *CHOOSING, *NEARLY, *sorted(MORE)]) | st.from_regex(
    r"[!-9;-~]{1,12}", fullmatch=True
)
values = st.sampled_from(
    f"""|gzip, br;q=0.5|  br  |{TAG}|W/{TAG}, *|close|keep-alive|chunked|0|5|100-continue|h2c
    |a:b|a\tb|\x7f|\xe4|x\r\n folded|x\ny: z""".replace("\n    ", "").split("|")
)
fields = st.builds(
    lambda name, space, value: f"{name}:{space}{value}", names, st.sampled_from(["", " "]), values
)
heads = st.builds(
    lambda method, target, version, some: head(f"{method} {target} HTTP/{version}", *some),
    st.sampled_from(["GET"] * 4 + ["HEAD", "POST", "get", "GETS"]),
    st.sampled_from([PATH] * 4 + ["/", f"{PATH}?a=b", "*", "//x/y", "/a%20b", "/a#b", "/\xe4"]),
    st.sampled_from(["1.1"] * 6 + ["1.0", "1.2", "1x1"]),
    st.lists(fields, max_size=5),
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A head in which some bytes are others, or gone, or more."""
    raw = bytearray(draw(heads))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(raw)))
        raw[at : at + draw(st.integers(0, 2))] = draw(st.binary(max_size=2) | st.just(b"\r\n"))
    return bytes(raw)


@settings(max_examples=2_000, deadline=None)
@given(heads | damaged())
def test_what_is_read_the_parser_reads_the_same(raw: bytes) -> None:
    found = plain_head.read(raw)
    if found is None:
        return
    method, target, _, _ = found
    parsed = Parsed()
    parser = httptools.HttpRequestParser(parsed)
    parser.feed_data(raw)
    assert (parsed.begun, parsed.ended, parsed.body) == (1, 1, b"")
    assert parser.get_http_version() == "1.1"
    assert parser.should_keep_alive()
    assert not parser.should_upgrade()
    assert (parser.get_method(), parsed.url) == (method, target)
    choosing = (plain_head.ACCEPTED, plain_head.HELD)
    assert plain_head.headers(found) == sorted(one for one in parsed.headers if one[0] in choosing)
    for name, _ in parsed.headers:
        assert name not in plain_head.ELSEWHERE
        assert name not in decide.ELSEWHERE


def test_what_members_and_browsers_send_is_read() -> None:
    plainest = head(f"GET {PATH} HTTP/1.1", "Host: hub")
    assert plain_head.read(plainest) == (b"GET", PATH.encode(), None, None)
    said = head(
        f"HEAD {PATH} HTTP/1.1",
        "Host: hub.example",
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
        "Accept: application/json, */*;q=0.8",
        "accept-encoding:  gzip, deflate, br ",
        f"If-None-Match: {TAG}",
        "If-Modified-Since: Mon, 23 Nov 2026 09:00:00 GMT",
        "Sec-Fetch-Mode: cors",
        "Cookie:",
    )
    assert plain_head.read(said) == (
        b"HEAD",
        PATH.encode(),
        b"gzip, deflate, br ",
        TAG.encode(),
    )


@pytest.mark.parametrize(
    "line",
    [
        "Connection: keep-alive",
        "proxy-connection: close",
        "Content-Length: 0",
        "TRANSFER-ENCODING: chunked",
        "Expect: 100-continue",
        "Upgrade: h2c",
        "Range: bytes=0-1",
        "Authorization: Bearer x",
        "Min-Content-Seq: 7",
        "X-Odd: \xe4",
        "X-Tab: a\tb",
        "No colon",
        "Space : x",
        " folded",
        ": nameless",
    ],
)
def test_whatever_says_more_is_left_to_the_parser(line: str) -> None:
    assert plain_head.read(head(f"GET {PATH} HTTP/1.1", "Host: hub", line)) is None


def test_a_list_in_two_lines_is_left_to_the_parser() -> None:
    for line in ("Accept-Encoding: br", f"If-None-Match: {TAG}"):
        once = head(f"GET {PATH} HTTP/1.1", line, "Host: hub")
        assert plain_head.read(once) is not None
        assert plain_head.read(head(f"GET {PATH} HTTP/1.1", line, "Host: hub", line)) is None


def test_a_head_that_is_cut_or_followed_or_long_is_left_to_the_parser() -> None:
    whole = head(f"GET {PATH} HTTP/1.1", "Host: hub")
    assert plain_head.read(whole[:-1]) is None
    assert plain_head.read(whole + b"x") is None
    assert plain_head.read(whole + whole) is None
    room = HEAD_BYTES_MAX - len(whole) - len("X: \r\n")
    fits = head(f"GET {PATH} HTTP/1.1", "Host: hub", f"X: {'x' * room}")
    assert len(fits) == HEAD_BYTES_MAX
    assert plain_head.read(fits) is not None
    assert plain_head.read(fits.replace(b"x\r", b"xx\r")) is None
