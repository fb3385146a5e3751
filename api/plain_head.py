"""Heads that say nothing unusual, read in one step; any other is for the server's parser.

What is accepted is much less than HTTP allows, and means one thing to every reader: GET or HEAD of
a path, by HTTP/1.1, in visible ASCII, with no field that says how the message or the connection
goes on, and the fields that choose an answer at most once each. (RFC 9112, 2 to 6.)
"""

import re

from api import decide

#: A longer head is for the parser, each time.
HEAD_BYTES_MAX = 2_048

#: Whoever sends one of these asks for something that is not decided from memory.
ELSEWHERE = frozenset({b"content-length", b"transfer-encoding", b"expect", b"upgrade", b"range"})
#: And these say how the connection goes on.
CONNECTION = frozenset({b"connection", b"proxy-connection"})
ACCEPTED, HELD = b"accept-encoding", b"if-none-match"

#: Method, path, and the values of `Accept-Encoding` and `If-None-Match`, where there is one: all of
#: a plain head that chooses an answer.
PlainHead = tuple[bytes, bytes, bytes | None, bytes | None]


def _pattern() -> bytes:
    """`*+` and `++` give nothing back: a head is gone through once, whatever is in it."""
    names = sorted({ACCEPTED, HELD, *CONNECTION, *ELSEWHERE, *decide.ELSEWHERE})
    initials = b"".join(sorted({name[:1] + name[:1].upper() for name in names}))
    token, value = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]", rb"[ -~]"
    # A field that begins as none of the names does is no field of theirs: most are passed so.
    passed = rb"(?![%b])%b++:%b*+\r\n" % (initials, token, value)
    # Where one comes again the two are a list, and that is for the parser.
    accepted = rb"(?(3)(?!)|(?i:%b): *+(%b*+)\r\n)" % (ACCEPTED, value)
    held = rb"(?(4)(?!)|(?i:%b): *+(%b*+)\r\n)" % (HELD, value)
    others = rb"(?!(?i:%b):)%b++:%b*+\r\n" % (b"|".join(names), token, value)
    fields = b"|".join((passed, accepted, held, others))
    return rb"(GET|HEAD) (/[!-~]*+) HTTP/1\.1\r\n(?>%b)*+\r\n" % fields


HEAD = re.compile(_pattern())


def read(data: bytes) -> PlainHead | None:
    """The one head that these bytes are; None where they are anything else, or too long."""
    found = HEAD.fullmatch(data) if len(data) <= HEAD_BYTES_MAX else None
    if found is None:
        return None
    method, target, accepted, held = found.groups()
    return method, target, accepted, held


def headers(head: PlainHead) -> list[tuple[bytes, bytes]]:
    """The fields that choose an answer, as ASGI has them."""
    _, _, accepted, held = head
    pairs = ((ACCEPTED, accepted), (HELD, held))
    return [(name, value) for name, value in pairs if value is not None]
