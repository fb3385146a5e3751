"""The manifest: every address of the export, with its file, status, headers, digest and size.

One JSON value of kind `msif.export/1`. Each address has a line of its own, so that it is written
and read without having all of it in memory.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from content.publication.export.exported import mark

KIND = "msif.export/1"
LAST = "}}\n"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the last export wrote for one address. Frozen, and small: there is one for each."""

    #: Of its status and its headers, and so of its file too.
    mark: bytes
    sha256: bytes
    size: int


def first_line(seq: int, at: str) -> str:
    told = {"kind": KIND, "seq": seq, "at": at}
    return f'{_compact(told)[:-1]},"answers":{{\n'


def line(url: str, file: str, status: int, headers: dict[str, str], entry: Entry) -> str:
    """One address. A comma has to stand before the next."""
    told = {
        "file": file,
        "status": status,
        "headers": headers,
        "sha256": entry.sha256.hex(),
        "size": entry.size,
    }
    return f"{_compact(url)}:{_compact(told)}"


def read(lines: Iterable[str]) -> dict[str, Entry]:
    """By address. A manifest that is not whole, or not ours, says nothing: {}."""
    try:
        return dict(_entries(iter(lines)))
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _entries(lines: Iterator[str]) -> Iterator[tuple[str, Entry]]:
    first = next(lines, "")
    if json.loads(first + LAST)["kind"] != KIND:
        raise ValueError
    for text in lines:
        if text == LAST:
            return
        ((url, told),) = json.loads(f"{{{text.rstrip().removesuffix(',')}}}").items()
        known = mark(told["status"], told["headers"])
        yield url, Entry(known, bytes.fromhex(told["sha256"]), told["size"])
    raise ValueError


def _compact(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
