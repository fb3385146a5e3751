"""polib reads the file too, and has to find the same in every field of every entry.

A letter that one of two readers loses is seen; so is a text that only one takes for fuzzy.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polib

from content.errors import CatalogueRefused
from content.translation.po.canonical import canonical
from content.translation.po.entry import FLAG, FUZZY, PoEntry, PoFile
from content.translation.po.plain_text import read_again
from content.translation.po.refusal import refused

FIELDS = (
    "context",
    "source",
    "plural source",
    "targets",
    "flags",
    "previous context",
    "previous source",
    "previous plural source",
    "comments",
    "notes",
    "references",
    "obsolete",
)
Fields = tuple[Any, ...]


def require_second_opinion(source: bytes, read: PoFile) -> None:
    """Raises CatalogueRefused, code `second-opinion`, where polib reads anything else.

    `source` is what `read` was read from.
    """
    other = _polib_reading(source)
    for ours, theirs in zip(read.entries, other, strict=False):
        if _ours(ours) != _theirs(theirs):
            raise _differs(ours.line, ", ".join(_differences(ours, theirs)))
    if len(read.entries) != len(other):
        raise _differs(read.header_line, "number of messages")
    if _header(read.header.items()) != _header(other.metadata.items()):
        raise _differs(read.header_line, "header")
    if read.header_fuzzy != (FUZZY in _flags(other.metadata_is_fuzzy or [])):
        raise _differs(read.header_line, "fuzzy mark of the header")


def _polib_reading(source: bytes) -> Any:
    # It opens a file when the text it is given is a path, and parts lines at U+2028 when it is
    # given a text, so it gets a file, which nobody else can read.
    with TemporaryDirectory() as folder:
        path = Path(folder) / "upload.po"
        _write(path, canonical(read_again(source)))
        try:
            # The bytes are UTF-8, whatever charset the header claims.
            return polib.pofile(str(path), encoding="utf-8")
        except (OSError, ValueError) as error:
            reason = str(error).replace(f" {path}", "")
    raise _differs(1, f"everything: {reason}")


def _write(path: Path, text: str) -> None:
    """Readable for nobody else, and never into a file that is there already."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _differs(line: int, what: str) -> CatalogueRefused:
    return refused(
        line, "second-opinion", f"two readers of the file do not agree on this message ({what})."
    )


def _ours(entry: PoEntry) -> Fields:
    return (
        entry.context,
        entry.source,
        entry.plural_source or "",
        entry.targets,
        entry.flags,
        entry.previous_context,
        entry.previous_source,
        entry.previous_plural_source,
        # polib begins a new line only when something is there already.
        "\n".join(entry.comments).lstrip("\n"),
        # polib knows no empty ones.
        "\n".join(filter(None, entry.notes)),
        entry.references,
        entry.obsolete,
    )


def _theirs(entry: Any) -> Fields:
    forms = entry.msgstr_plural
    return (
        entry.msgctxt,
        entry.msgid,
        entry.msgid_plural,
        tuple(forms[form] for form in sorted(forms)) if forms else (entry.msgstr,),
        _flags(entry.flags) if entry.flags else (),
        entry.previous_msgctxt,
        entry.previous_msgid,
        entry.previous_msgid_plural,
        entry.tcomment,
        entry.comment,
        tuple([f"{path}:{line}" if line else path for path, line in entry.occurrences]),
        bool(entry.obsolete),
    )


def _flags(flags: list[str]) -> tuple[str, ...]:
    """polib parts them at commas alone, and keeps their case."""
    return tuple(FLAG.findall(",".join(flags).lower()))


def _header(fields: Any) -> dict[str, str]:
    return {name.strip().lower(): value.strip() for name, value in fields}


def _differences(ours: PoEntry, theirs: Any) -> Iterator[str]:
    pairs = zip(FIELDS, _ours(ours), _theirs(theirs), strict=True)
    return (name for name, one, other in pairs if one != other)
