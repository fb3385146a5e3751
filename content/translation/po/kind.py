"""What a file is that is no .po file: people send what their tool gave them, and are told so."""

import re

from content.errors import CatalogueRefused
from content.translation.po.refusal import refused

#: Bytes that are looked at. A licence in a comment may stand before the first element of XML.
HEAD_BYTES = 16_384

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
    (b"Rar!", "a RAR archive"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an office document of the old kind"),
    (b"<?php", "a PHP program"),
)
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
#: (step, place): where the letters of Latin text stand among its bytes, without a mark:
#: UTF-16 little and big endian, UTF-32 little and big endian.
WIDE_LETTERS = ((2, 0), (2, 1), (4, 0), (4, 3))
#: Bytes that no text has. Text that is not UTF-8 is no binary file: it is told its line.
BINARY = re.compile(rb"[\0-\x08\x0e-\x1f\x7f]")

#: Everything before the first element of XML or HTML. Atomic: never tried a second way.
PROLOGUE = re.compile(rb"(?>(?:<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*>)\s*)*+", re.DOTALL)
NAME = re.compile(rb"<(?:[\w.-]+:)?([\w.-]+)")
ELEMENTS = {
    b"xliff": "XLIFF",
    b"tmx": "TMX",
    **dict.fromkeys(
        (
            *(b"html", b"head", b"body", b"title", b"meta", b"div", b"p", b"br", b"b", b"h1"),
            *(b"h2", b"center", b"pre", b"script", b"style", b"table", b"span", b"font"),
        ),
        "an HTML page, perhaps of a login",
    ),
}
CELL = rb'(?:"(?>[^"\n]|"")*+"|[^",;\t\r\n]*+)'
TABLE_ROW = re.compile(CELL + rb"(?:[,;\t]" + CELL + rb")+\s*")
#: A keyword with a comma, a semicolon or another word behind a tab is the name of a column.
STARTS_LIKE_PO = re.compile(rb'#|domain|msg\w*(?![\w,;]|\t[ \t]*[^"\s])|"[^"]*"\s*$')
JSON = re.compile(rb'\{\s*["}]|\[\s*["{\[\]]')


def require_po(source: bytes) -> None:
    """Refuse what is plainly another kind of file. Raises CatalogueRefused.

    What passes need not be a .po file; the reader finds that out.
    """
    head = source[:HEAD_BYTES]
    for magic, name in MAGIC:
        if head.startswith(magic):
            raise _other(name)
    if head.startswith(WIDE_MARKS) or _is_wide(head):
        raise refused(1, "encoding", "the file is UTF-16 or UTF-32; save it as UTF-8.")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise refused(1, "empty", "the file is empty; export the catalogue again.")
    if name_of_text := _markup(start.lower()) or _table_or_json(start):
        raise _other(name_of_text)
    # One may have slipped into a text; that many have not.
    if len(BINARY.findall(head)) * 16 > len(head):
        raise _other("not text at all")


def _other(name: str) -> CatalogueRefused:
    return refused(1, "other-format", f"the file is {name}, not a .po file; send the .po file.")


def _is_wide(head: bytes) -> bool:
    """Whether letters stand at regular places, and most of what is between them is zero."""
    for step, place in WIDE_LETTERS:
        letters = head[place::step]
        zeros = head.count(0) - letters.count(0)
        few_here, between = letters.count(0) * 50 <= len(letters), len(head) - len(letters)
        if letters and few_here and zeros * 2 > between:
            return True
    return False


def _markup(start: bytes) -> str | None:
    if not start.startswith(b"<") or start.startswith(b"<<<<<<<"):
        return None
    before = PROLOGUE.match(start)
    assert before is not None  # noqa: S101 (it matches nothing, too)
    element = NAME.match(start, before.end())
    if b"<!doctype html" in before[0]:
        return ELEMENTS[b"html"]
    return ELEMENTS.get(element[1], "XML") if element else "XML"


def _table_or_json(start: bytes) -> str | None:
    first = start.splitlines()[0]
    if JSON.match(start):
        return "JSON"
    if not STARTS_LIKE_PO.match(first) and TABLE_ROW.fullmatch(first) and not BINARY.search(first):
        return "a table (CSV)"
    return None
