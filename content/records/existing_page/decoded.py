"""Bytes of a Markdown or plain text file as text."""

import codecs

from content.records.existing_page.refusal import DraftRefused

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decoded(source: bytes) -> str:
    """The text, with \\n at its line ends. UTF-8, or UTF-16 with a mark. Raises DraftRefused."""
    encoding = "utf-16" if source.startswith(_UTF_16) else "utf-8-sig"
    try:
        text = source.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        reason = f"Byte {error.start + 1:,} of the file is not {name}: save it as UTF-8."
        raise DraftRefused(reason) from error
    if "\0" in text:
        raise DraftRefused("The file is not text.")
    return text.replace("\r\n", "\n").replace("\r", "\n")
