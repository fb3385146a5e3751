"""Everything that a stored answer can be sent as: its header blocks, whole, for each coding."""

import json
from collections.abc import Iterable, Mapping

from api.conditional import CONTENT_SEQ, IN_FORCE, KEPT_ON_304, PRIVATE
from api.decide import IDENTITY, Answer, Coded, Entry
from api.open_reading import OPEN
from content.publication.representation import Representation

#: From this status on an answer holds for a moment: a text that is refused may pass again.
NOT_NOW = 500


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
        "Cache-Control": IN_FORCE if status < NOT_NOW else PRIVATE,
        "Vary": "Accept-Encoding",
        CONTENT_SEQ: str(seq),
        **OPEN,
    }
    plain = _coded("", headers, status, body, tag)
    others = [
        _coded(name, headers, status, made, f'{tag[:-1]}-{name}"') for name, made in codings.items()
    ]
    smallest_first = sorted([plain, *others], key=lambda one: len(one.whole.body))
    return Entry(tuple(smallest_first), plain)


def _coded(name: str, told: Mapping[str, str], status: int, body: bytes, tag: str) -> Coded:
    encoding = {"Content-Encoding": name} if name else {}
    headers = {**told, **encoding, "ETag": tag, "Content-Length": str(len(body))}
    kept = {one: value for one, value in headers.items() if one.lower() in KEPT_ON_304}
    block = _block(headers.items())
    return Coded(
        name=name.encode() or IDENTITY,
        etag=tag.encode(),
        whole=Answer(status, block, body),
        head=Answer(status, block, b""),
        unchanged=Answer(304, _block(kept.items()), b"") if status == 200 else None,
    )


def _block(headers: Iterable[tuple[str, str]]) -> tuple[tuple[bytes, bytes], ...]:
    return tuple(
        (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
    )
