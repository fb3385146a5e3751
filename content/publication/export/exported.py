"""One answer on its way out of the hub."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from content.publication.answer import JSON_TYPE, as_json, etag

#: Compression is left to whoever serves the file, so caches keep the codings apart.
VARY = {"Vary": "Accept-Encoding"}


@dataclass
class Exported:
    """What one address is answered with. Its bytes are read when they are asked for, and kept."""

    url: str
    #: Without its ETag. `Content-Type` and `Cache-Control` are always there.
    told: Mapping[str, str]
    #: Raises NotSignedOff where the bytes are not what was stored.
    load: Callable[[], bytes]
    status: int = 200
    #: The ETag, where it is known without the bytes.
    tag: str = ""

    @cached_property
    def body(self) -> bytes:
        return self.load()

    @property
    def headers(self) -> dict[str, str]:
        return VARY | {"ETag": self.tag or etag(self.body)} | dict(self.told)

    @property
    def mark(self) -> bytes:
        """What tells two answers of one address apart."""
        return mark(self.status, self.headers)


def mark(status: int, headers: Mapping[str, str]) -> bytes:
    return sha256(json.dumps([status, sorted(headers.items())]).encode()).digest()[:16]


def of_value(url: str, cache: str, make: Callable[[], Any], **headers: str) -> Exported:
    """An answer in JSON that is made from a value."""
    told = {"Content-Type": JSON_TYPE, "Cache-Control": cache, **headers}
    return Exported(url, told, lambda: as_json(make()))
