"""Which characters a text may hold, and its one spelling (Unicode NFC, newlines as \\n)."""

import re
import unicodedata

from content.records.markdown.mistakes import Problem

#: Control characters but newline and tab, bidi overrides and isolates (Unicode 15, 23.2), line and
#: paragraph separators, the byte order mark inside a text, and what is no character at all.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
    "\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 65536))
    + "]"
)
TAB = "\t"

#: UAX #15, D4 (Stream-Safe): more marks than this on one letter make normalising quadratic.
MARKS_IN_A_ROW_MAX = 30
_MARKS = "".join(chr(code) for code in range(0x300, 0x1E950) if unicodedata.combining(chr(code)))
MARKS_IN_A_ROW = re.compile(f"[{_MARKS}]{{{MARKS_IN_A_ROW_MAX + 1}}}")


def with_newlines(text: str) -> str:
    """The text with every line end written as \\n."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def character_problem(text: str) -> Problem | None:
    """The first character that no text may hold. A tab is one: it means nothing inside a text."""
    if found := FORBIDDEN.search(text.replace(TAB, "\x01")):
        code = ord(text[found.start()])
        line = text.count("\n", 0, found.start())
        return Problem("control-character", f"take out the character U+{code:04X}", line)
    if found := MARKS_IN_A_ROW.search(text):
        line = text.count("\n", 0, found.start())
        message = f"more than {MARKS_IN_A_ROW_MAX} marks stand on one letter"
        return Problem("control-character", message, line)
    return None


def normal(text: str) -> str:
    """The text in Unicode NFC. Call `character_problem` first: it keeps this linear."""
    return unicodedata.normalize("NFC", text)
