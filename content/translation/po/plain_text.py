"""From bytes to lines that mean the same to everybody who reads them."""

import re

from content.errors import CatalogueRefused, InputTooLarge
from content.translation.po import limits
from content.translation.po.kind import require_po
from content.translation.po.refusal import refused, too_large

#: C0 but for tab and line feed, DEL, C1 (with U+0085), line and paragraph separator, what turns
#: the direction of text, and code points that are no characters.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")
#: gettext 0.22 and later puts these around a file name with spaces, in a `#:` line.
AROUND_FILE_NAME = "\u2068\u2069"


def plain_text(source: bytes) -> str:
    """The file with `\\n` after each line, the last one too.

    Line ends may be LF, CR LF or CR, also mixed; a byte order mark is taken off.
    Raises CatalogueRefused, InputTooLarge.
    """
    if len(source) > limits.PO_BYTES_MAX:
        raise InputTooLarge(
            f"A .po file has at most {limits.PO_BYTES_MAX:,} bytes; this one has {len(source):,}.",
            line=1,
            code="file-size",
        )
    require_po(source)
    text = _one_line_end(_decoded(source))
    if text.count("\n") > limits.LINES_MAX:
        raise too_large(
            limits.LINES_MAX + 1, "line-count", f"a file has at most {limits.LINES_MAX:,} lines."
        )
    for found in CONTROL.finditer(text):
        _require_harmless(text, found.start())
    return text


def _one_line_end(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.endswith("\n") else text + "\n"


def _decoded(source: bytes) -> str:
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = source[: error.start]
    raise _not_utf_8(before)


def _not_utf_8(before: bytes) -> CatalogueRefused:
    # Two bytes may be one line end.
    number = before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1
    return refused(number, "encoding", "this is not UTF-8; save the file as UTF-8.")


def _require_harmless(text: str, place: int) -> None:
    begin = text.rfind("\n", 0, place) + 1
    character = text[place]
    if character in AROUND_FILE_NAME and text.startswith("#:", begin):
        return
    raise refused(
        text.count("\n", 0, begin) + 1,
        "control-character",
        f"U+{ord(character):04X} is a control character that cannot be seen; take it out.",
    )
