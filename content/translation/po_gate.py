"""A first look at a .po file, before polib reads it.

polib drops the last letter of a string whose closing quote is missing ("2000 becomes 200), so a
line that is not whole must not reach it.
"""

import re

from content.errors import CatalogueRefused, InputTooLarge

PO_BYTES_MAX = 8_000_000
STRING = r'"(?:[^"\\]|\\.)*"'
#: A comment, a keyword with a whole string, or a whole string.
WHOLE_LINE = re.compile(
    rf"\s*(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d{{1,2}}\])?)\s*)?{STRING})?\s*\Z"
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
    for count, line in enumerate(text.split("\n"), start=1):
        if CONTROL.search(line):
            raise CatalogueRefused(f"Line {count} has a control character.", line=count)
        if not WHOLE_LINE.match(line):
            raise CatalogueRefused(
                f"Line {count} is not a whole .po line; look at its quotes.", line=count
            )
    return text
