"""Text as it stands in a source, made fit for one line of Markdown."""

import re
import unicodedata

from content.records.existing_page.findings import Findings

# HTML, 13.1 "ASCII whitespace"; the separators after it would end a line of the file.
_SPACES = re.compile("[ \t\n\r\f\v\x85\u2028\u2029]+")
_SOFT_HYPHEN = "\u00ad"
_WITHOUT_WIDTH = re.compile("[\u200b\u2060\ufeff]")
# Control characters, bidi overrides and isolates, and what is no character at all (Unicode 15, 23).
_CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 65536))
    + "]"
)
_MARKS_IN_A_ROW_MAX = 30  # UAX #15, D4


def readable(text: str, place: str, findings: Findings) -> str:
    """The text with single spaces, without what nobody sees. U+00A0 stays."""
    if _SOFT_HYPHEN in text:
        findings.note("Soft hyphens are left out", place)
        text = text.replace(_SOFT_HYPHEN, "")
    if _WITHOUT_WIDTH.search(text):
        findings.note("Characters without width are left out", place)
        text = _WITHOUT_WIDTH.sub("", text)
    if _CONTROL.search(text):
        findings.note("Control characters are left out", place)
        text = _CONTROL.sub("", text)
    text = _with_few_marks(text, place, findings)
    if "\ufffd" in text:
        findings.note("A character could not be read (\ufffd): look it up in the page", place)
    return _SPACES.sub(" ", text)


def _with_few_marks(text: str, place: str, findings: Findings) -> str:
    """The text with at most 30 combining marks on one letter."""
    if text.isascii():
        return text
    kept, row = [], 0
    for letter in text:
        row = row + 1 if unicodedata.combining(letter) else 0
        if row <= _MARKS_IN_A_ROW_MAX:
            kept.append(letter)
    if len(kept) < len(text):
        findings.note("Marks heaped on one letter are left out", place)
    return "".join(kept)
