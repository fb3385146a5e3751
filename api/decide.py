"""What is answered to whom: one pure function over answers that are made already.

The route and `published` both answer by it, so that they give the same bytes. It reads nothing and
keeps nothing. (RFC 9110: 8.8 validators, 12.5.3 codings, 13.1.2 If-None-Match, 15.4.5 304.)
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

#: As ASGI has them: names in lower case.
Headers = Iterable[tuple[bytes, bytes]]

#: A longer `Accept-Encoding` gets the answer as it is, which is always right.
ACCEPT_ENCODING_BYTES_MAX = 500
#: Different ones whose meaning is kept at hand. Browsers and libraries have a few dozen.
ACCEPT_ENCODINGS_KEPT = 256
IDENTITY = b"identity"
#: What has no weight of its own comes after everything that has one (RFC 9110, 12.5.3).
UNLISTED = 0.0001
ELEMENT = re.compile(
    rb"([!#$%&'*+.^_`|~0-9a-z-]+)(?:[ \t]*;[ \t]*q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?"
)
#: Old names of codings (RFC 9110, 8.4.1.3).
ALIASES = {b"x-gzip": b"gzip"}


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that goes out. Frozen, and the same object each time."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class Coded:
    """One content coding of an answer, and what is said instead of it. Frozen."""

    #: As `Accept-Encoding` names it.
    name: bytes
    etag: bytes
    whole: Answer
    #: To HEAD.
    head: Answer
    #: To whoever has it already; None where the answer is a refusal, to which no condition holds.
    unchanged: Answer | None


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything that one address can be answered with. Frozen."""

    #: The smallest first.
    codings: tuple[Coded, ...]
    #: The one without a coding; it is among them.
    plain: Coded


#: With one of these a request goes the ordinary way: it waits, or its key is looked at.
ELSEWHERE = (b"min-content-seq", b"authorization")


def decide(
    table: Mapping[bytes, Entry], method: str, target: bytes, headers: Headers
) -> Answer | None:
    """The answer to a request; None where it is not for here and goes the ordinary way.

    `target` is the path as it was sent, with the query if there is one.
    """
    entry = table.get(target)
    if entry is None or method not in ("GET", "HEAD"):
        return None
    accepted = held = None
    for name, value in headers:
        if name == b"accept-encoding":
            accepted = value if accepted is None else accepted + b"," + value
        elif name == b"if-none-match":
            held = value if held is None else held + b"," + value
        elif name in ELSEWHERE:
            return None
    chosen = entry.plain if accepted is None else _choose(entry, accepted)
    if held is not None and chosen.unchanged is not None and has_it(held, chosen.etag):
        return chosen.unchanged
    return chosen.whole if method == "GET" else chosen.head


def _choose(entry: Entry, accepted: bytes) -> Coded:
    """What the client likes best, the smallest of these.

    The answer as it is where nothing else will do, even to a client that refuses it: codings come
    some seconds after an answer, and a refusal for so long would help nobody (RFC 9110, 12.5.3).
    """
    weights = _weights(accepted) if len(accepted) <= ACCEPT_ENCODING_BYTES_MAX else {}
    chosen, best = entry.plain, 0.0
    for coded in entry.codings:
        weight = weights.get(coded.name, 0.0)
        if weight > best:
            chosen, best = coded, weight
    return chosen


@lru_cache(maxsize=ACCEPT_ENCODINGS_KEPT)
def _weights(accepted: bytes) -> Mapping[bytes, float]:
    """How much each coding is liked, 0 for not at all. What cannot be read is left out."""
    listed: dict[bytes, float] = {}
    for element in accepted.lower().split(b","):
        found = ELEMENT.fullmatch(element.strip(b" \t"))
        if found:
            name = ALIASES.get(found[1], found[1])
            listed[name] = 1.0 if found[2] is None else float(found[2])
    others = listed.pop(b"*", None)
    if IDENTITY not in listed:
        listed[IDENTITY] = 0.0 if others == 0 else UNLISTED
    if others:
        for name in (b"br", b"zstd", b"gzip"):
            listed.setdefault(name, others)
    return listed


def has_it(held: bytes, tag: bytes) -> bool:
    """Weak comparison (RFC 9110, 13.1.2): `W/` does not count. Lines of one header are one list."""
    if held == tag:
        return True
    listed = [one.strip(b" \t").removeprefix(b"W/") for one in held.split(b",")]
    return listed == [b"*"] or tag in listed
