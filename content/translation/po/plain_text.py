"""From bytes to lines that mean the same to everybody who reads them."""

import re

from content.errors import CatalogueRefused, InputTooLarge
from content.translation.po import limits
from content.translation.po.kind import require_po
from content.translation.po.refusal import refused, too_large

#: C0 but for tab and line feed, DEL, C1 (with U+0085), line and paragraph separator, what turns
#: the direction of text, and code points that are no characters.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")
#: The same without U+2068 and U+2069: gettext 0.22 and later puts them around a file name with
#: spaces, in a `#:` line.
CONTROL_IN_REFERENCE = re.compile(CONTROL.pattern.replace(r"\u2066-\u2069", r"\u2066\u2067"))


def plain_text(source: bytes) -> str:
    """The file with `\\n` after each line, the last one too.

    Line ends may be LF, CR LF or CR, also mixed; a byte order mark is taken off.
    Raises CatalogueRefused, InputTooLarge.
    """
    if len(source) > limits.PO_BYTES_MAX:
        raise InputTooLarge(
            f"A .po file has at most {limits.PO_BYTES_MAX:,} bytes; this one has {len(source):,}.",
            line=1,
            mistake="file-size",
        )
    require_po(source)
    text = read_again(source)
    _require_limits(text)
    _require_visible(text)
    return text


def read_again(source: bytes) -> str:
    """The same of bytes that were looked at already."""
    return _one_line_end(_decoded(source))


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


def _require_limits(text: str) -> None:
    if text.count("\n") > limits.LINES_MAX:
        raise too_large(
            limits.LINES_MAX + 1, "line-count", f"a file has at most {limits.LINES_MAX:,} lines."
        )
    if text.count("\\") > limits.BACKSLASHES_MAX:
        raise too_large(
            1, "backslash-count", f"a file has at most {limits.BACKSLASHES_MAX:,} backslashes."
        )


def _require_visible(text: str) -> None:
    found = CONTROL.search(text)
    while found:
        begin = text.rfind("\n", 0, found.start()) + 1
        end = text.index("\n", begin)
        if not text.startswith("#:", begin) or CONTROL_IN_REFERENCE.search(text, begin, end):
            raise _unseen(text, found.start())
        # A line once, however many of them it has.
        found = CONTROL.search(text, end)


def _unseen(text: str, place: int) -> CatalogueRefused:
    return refused(
        text.count("\n", 0, place) + 1,
        "control-character",
        f"U+{ord(text[place]):04X} is a control character that cannot be seen; take it out.",
    )
