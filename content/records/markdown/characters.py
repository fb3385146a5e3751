"""Which characters a text may hold, and its one spelling (Unicode NFC, newlines as \\n)."""

import re
import unicodedata

from content.records.markdown.mistakes import Problem

#: Control characters but newline and tab, bidi overrides and isolates (Unicode 15, 23.2), line and
#: paragraph separators, the byte order mark inside a text, and what is no character at all.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
TAB = "\t"

#: Letters and signs of Latin languages: there is nothing among them that has to be looked for.
_ORDINARY = re.compile("[\n -~\u00a0-\u02ff\u2010-\u2027\u202f-\u205e]*")

#: UAX #15, D4 (Stream-Safe): more marks than this on one letter make normalising quadratic.
MARKS_IN_A_ROW_MAX = 30
_TOO_MANY = f"{{{MARKS_IN_A_ROW_MAX + 1}}}"
_MARKS = [chr(code) for code in range(0x300, 0x1E950) if unicodedata.combining(chr(code))]
_MARKS_IN_A_ROW = re.compile(f"[{''.join(_MARKS)}]{_TOO_MANY}")
#: The same and a little more. Fifty times faster, because it names few characters beyond U+FFFF.
_PERHAPS_MARKS_IN_A_ROW = re.compile(
    f"[{''.join(mark for mark in _MARKS if mark <= chr(0xFFFF))}\U00010000-\U0001e950]{_TOO_MANY}"
)


def with_newlines(text: str) -> str:
    """The text with every line end written as \\n."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def character_problem(text: str, *, tabs: bool = False) -> Problem | None:
    """The first character that no text may hold. A tab means nothing inside a text."""
    if (text.isascii() and text.isprintable()) or _ORDINARY.fullmatch(text):
        return None
    found = FORBIDDEN.search(text)
    place = found.start() if found else (-1 if tabs else text.find(TAB))
    if place >= 0:
        message = f"take out the character U+{ord(text[place]):04X}"
        return Problem("control-character", message, text.count("\n", 0, place))
    if _PERHAPS_MARKS_IN_A_ROW.search(text) and (found := _MARKS_IN_A_ROW.search(text)):
        message = f"more than {MARKS_IN_A_ROW_MAX} marks stand on one letter"
        return Problem("control-character", message, text.count("\n", 0, found.start()))
    return None


def normal(text: str) -> str:
    """The text in Unicode NFC. Call `character_problem` first: it keeps this linear."""
    return unicodedata.normalize("NFC", text)
