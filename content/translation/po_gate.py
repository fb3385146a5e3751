"""A first look at a .po file, before polib reads it.

polib drops the last letter of a string whose closing quote is missing ("2000 becomes 200), so a
line that is not whole must not reach it. It also takes time with the square of some lengths, so
those have limits here. This look itself is linear.
"""

import re

from content.errors import CatalogueRefused, InputTooLarge

PO_BYTES_MAX = 8_000_000
#: Messages in one file.
ENTRIES_MAX = 20_000
#: Lines of one string, or comments of one message.
LINES_TOGETHER_MAX = 2_000
# Possessive (`*+`): never tried a second way, so a long line costs neither time nor memory.
STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
#: A comment, a keyword with a whole string, or a whole string; white space around it is off.
WHOLE_LINE = re.compile(
    rf"(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d{{1,2}}\])?)\s*+)?{STRING})?"
)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def require_whole(source: bytes) -> str:
    """The text of the file. Raises CatalogueRefused with the line, or InputTooLarge."""
    if len(source) > PO_BYTES_MAX:
        raise InputTooLarge(f"A .po file has at most {PO_BYTES_MAX:,} bytes.")
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = source[: error.start].count(b"\n") + 1
        raise CatalogueRefused(f"Line {number} is not UTF-8.", line=number) from None
    text = text.replace("\r\n", "\n")
    together = entries = 0
    for count, line in enumerate(map(str.strip, text.split("\n")), start=1):
        _require_whole_line(count, line)
        begins = line.removeprefix("#~").lstrip().startswith("msg")
        together = 0 if begins else together + bool(line)
        entries += begins and "msgid" in line[:10]
        if together > LINES_TOGETHER_MAX or entries > ENTRIES_MAX:
            raise InputTooLarge(
                f"Line {count}: a .po file has at most {ENTRIES_MAX:,} messages, each with at "
                f"most {LINES_TOGETHER_MAX:,} lines together.",
                line=count,
            )
    return text


def _require_whole_line(count: int, line: str) -> None:
    if CONTROL.search(line):
        raise CatalogueRefused(f"Line {count} has a control character.", line=count)
    if not WHOLE_LINE.fullmatch(line):
        raise CatalogueRefused(
            f"Line {count} is not a whole .po line; look at its quotes.", line=count
        )
