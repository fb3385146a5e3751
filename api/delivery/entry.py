"""Everything that a stored answer can be sent as: its header blocks, whole, for each coding."""

import json
from collections.abc import Mapping
from functools import cache

from api.conditional import CONTENT_SEQ, KEPT_ON_304
from api.decide import IDENTITY, Answer, Coded, Entry
from api.open_reading import OPEN
from content.publication import caching
from content.publication.representation import Representation

Block = tuple[tuple[bytes, bytes], ...]

_OPEN = tuple((name.lower().encode(), value.encode()) for name, value in OPEN.items())
_KEPT = frozenset(name.encode() for name in KEPT_ON_304)


def of(found: Representation, codings: Mapping[str, bytes], seq: int) -> Entry:
    """The entry of a stored answer, as it is at this number of the feed."""
    told = json.loads(found.headers)
    return build(found.status, told, found.body, found.etag, codings, seq)


def build(
    status: int,
    told: Mapping[str, str],
    body: bytes,
    tag: str,
    codings: Mapping[str, bytes],
    seq: int,
) -> Entry:
    """`told` are the headers of a 200, `tag` the validator of the body as it is."""
    headers = {
        **told,
        "Cache-Control": caching.of_stored(status),
        "Vary": "Accept-Encoding",
        CONTENT_SEQ: str(seq),
    }
    block = (*(_pair(name, value) for name, value in headers.items()), *_OPEN)
    plain = _coded("", block, status, body, tag)
    others = [
        _coded(name, block, status, made, f'{tag[:-1]}-{name}"') for name, made in codings.items()
    ]
    smallest_first = sorted([plain, *others], key=lambda one: len(one.whole.body))
    return Entry(tuple(smallest_first), plain)


def _coded(name: str, shared: Block, status: int, body: bytes, tag: str) -> Coded:
    encoding = (_pair("Content-Encoding", name),) if name else ()
    validator = _pair("ETag", tag)
    block = (*shared, *encoding, validator, _pair("Content-Length", str(len(body))))
    kept = (*(pair for pair in shared if pair[0] in _KEPT), validator)
    return Coded(
        name=name.encode() or IDENTITY,
        etag=validator[1],
        whole=Answer(status, block, body),
        head=Answer(status, block, b""),
        unchanged=Answer(304, kept, b"") if status == 200 else None,
    )


def _pair(name: str, value: str) -> tuple[bytes, bytes]:
    return _lower(name), value.encode("latin-1")


@cache
def _lower(name: str) -> bytes:
    """There are a dozen names, of which one object each will do."""
    return name.lower().encode()
