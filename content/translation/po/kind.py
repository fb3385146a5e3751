"""What a file is that is no .po file: people send what their tool gave them, and are told so."""

import re

from content.errors import CatalogueRefused
from content.translation.po.refusal import refused

#: Bytes that are looked at.
HEAD_BYTES = 2_048

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xde\x12\x04\x95", "a compiled .mo file"),
    (b"\x95\x04\x12\xde", "a compiled .mo file"),
    (b"\x1f\x8b", "packed with gzip"),
    (b"PK\x03\x04", "a zip archive, or an office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"BZh", "packed with bzip2"),
    (b"\xfd7zXZ\0", "packed with xz"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"%PDF", "a PDF"),
)
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
#: Text of the first 128 characters in two or four bytes each, without a mark.
WIDE = re.compile(rb"(?:\0{1,3}[\t\n\r -~])+|(?:[\t\n\r -~]\0{1,3})+")

MARKUP: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"<xliff\b"), "XLIFF"),
    (re.compile(rb"<tmx\b"), "TMX"),
    (re.compile(rb"<!doctype html|<html\b|<head\b|<body\b"), "an HTML page, perhaps of a login"),
)
CELL = rb'(?:"(?:[^"\n]|"")*+"|[^",;\t\r\n]*+)'
TABLE_ROW = re.compile(CELL + rb"(?:[,;\t]" + CELL + rb")+\s*")
STARTS_LIKE_PO = re.compile(rb'#|msg|domain|"[^"]*"\s*$')


def require_po(source: bytes) -> None:
    """Refuse what is plainly another kind of file. Raises CatalogueRefused.

    What passes need not be a .po file; the reader finds that out.
    """
    head = source[:HEAD_BYTES]
    for magic, name in MAGIC:
        if head.startswith(magic):
            raise _other(name)
    if head.startswith(WIDE_MARKS) or WIDE.fullmatch(head[:128]):
        raise refused(1, "encoding", "the file is UTF-16 or UTF-32; save it as UTF-8.")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise refused(1, "empty", "the file is empty; export the catalogue again.")
    if name_of_text := _markup(start.lower()) or _table_or_json(start):
        raise _other(name_of_text)


def _other(name: str) -> CatalogueRefused:
    return refused(1, "other-format", f"the file is {name}, not a .po file; send the .po file.")


def _markup(start: bytes) -> str | None:
    if not start.startswith(b"<") or start.startswith(b"<<<<<<<"):
        return None
    return next((name for pattern, name in MARKUP if pattern.search(start)), "XML")


def _table_or_json(start: bytes) -> str | None:
    first = start.splitlines()[0]
    if start.startswith((b"{", b"[")):
        return "JSON"
    if not STARTS_LIKE_PO.match(first) and TABLE_ROW.fullmatch(first):
        return "a table (CSV)"
    return None
