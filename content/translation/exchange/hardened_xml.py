"""Reading XML that anybody may have sent.

1. The bytes are UTF-8, or UTF-16 with a byte order mark, whatever they say of themselves.
2. A document type may be named, as old TMX and TBX files do; the parser never sees it, so nothing
   is declared, expanded or fetched. One that declares anything is refused.
3. Size and number of tags are limited before anything is parsed.
"""

import re
from typing import Any

from lxml import etree

from content.errors import ExchangeRefused, InputTooLarge

#: Bytes of a file.
XML_BYTES_MAX = 8_000_000
#: Tags, comments and the like in a file.
TAGS_MAX = 300_000

BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
ENCODING = re.compile(r"""encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
#: A document type that names a place and declares nothing. Possessive: never tried a second way.
DOCTYPE = re.compile(
    r"""<!DOCTYPE\s++[\w:.-]{1,100}\s*+"""
    r"""(?:(?:SYSTEM|PUBLIC\s++(?:"[^"<>]*+"|'[^'<>]*+'))\s*+(?:"[^"<>]*+"|'[^'<>]*+')?\s*+)?>"""
)
SPACE = re.compile(r"\s*")
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_xml(source: bytes, *, what: str) -> etree._Element:
    """The root element. Raises ExchangeRefused with the line, or InputTooLarge.

    `what` is the name of the format, for messages.
    """
    if len(source) > XML_BYTES_MAX:
        raise InputTooLarge(f"A {what} file has at most {XML_BYTES_MAX:,} bytes.")
    text = _bare(_decode(source, what))
    if text.count("<") > TAGS_MAX:
        raise InputTooLarge(f"A {what} file has at most {TAGS_MAX:,} tags.")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        reason = (error.msg or "it is not whole").partition(", line ")[0]
        raise ExchangeRefused(
            f"Line {line}: the file is not well-formed XML ({reason}).", line=line
        ) from None


def require_root(root: etree._Element, known: dict[str, str], what: str) -> str:
    """What the root element means by `known`. Raises ExchangeRefused."""
    found = known.get(str(root.tag))
    if found is None:
        name = etree.QName(root)
        raise ExchangeRefused(
            f"Line {line_of(root)}: this is no {what} file that the hub reads; its root is "
            f"`{name.localname}` of `{name.namespace or 'no namespace'}`.",
            line=line_of(root),
        )
    return found


def refuse(element: etree._Element, why: str) -> ExchangeRefused:
    """The refusal of an element, with its line; the caller raises it."""
    line = line_of(element)
    return ExchangeRefused(f"Line {line}: {why}", line=line)


def line_of(element: etree._Element) -> int:
    line: Any = element.sourceline
    return int(line or 1)


def name_of(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def write_xml(root: etree._Element, verbatim: frozenset[str]) -> bytes:
    """The same bytes for the same tree; the inside of `verbatim` elements is left as it is."""
    _indent(root, verbatim, "\n")
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def _indent(element: etree._Element, verbatim: frozenset[str], before: str) -> None:
    children = list(element)
    if name_of(element) in verbatim or not children:
        return
    element.text = before + " "
    for child in children:
        _indent(child, verbatim, before + " ")
        child.tail = before + " "
    children[-1].tail = before


def _decode(source: bytes, what: str) -> str:
    encoding, begin = "utf-8", 0
    for mark, name in BYTE_ORDER_MARKS:
        if source.startswith(mark):
            encoding, begin = name, len(mark)
    try:
        text = source[begin:].decode(encoding)
    except UnicodeDecodeError as error:
        line = source[: begin + error.start].count(b"\n") + 1
        raise ExchangeRefused(f"Line {line} is not {encoding.upper()}.", line=line) from None
    if not text.lstrip().startswith("<"):
        raise ExchangeRefused(f"Line 1: this is no XML, so it is no {what} file.", line=1)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _bare(text: str) -> str:
    """The text with nothing but spaces in the place of its declaration and document type."""
    place, typed = 0, False
    while True:
        place = _after_space(text, place)
        if text.startswith("<?xml", place) and place == _after_space(text, 0):
            end = _after(text, "?>", place)
            _require_unicode(text[place:end])
            text = _blanked(text, place, end)
        elif text.startswith("<!DOCTYPE", place):
            found = DOCTYPE.match(text, place)
            if found is None or typed:
                line = text.count("\n", 0, place) + 1
                raise ExchangeRefused(
                    f"Line {line}: the document type of a file may name a place and declares "
                    "nothing (no entities, no DTD).",
                    line=line,
                )
            text, end, typed = _blanked(text, place, found.end()), found.end(), True
        elif text.startswith("<!--", place):
            end = _after(text, "-->", place)
        elif text.startswith("<?", place):
            end = _after(text, "?>", place)
        else:
            return text
        place = end


def _after_space(text: str, place: int) -> int:
    found = SPACE.match(text, place)
    assert found is not None  # noqa: S101 (it matches nothing, too)
    return found.end()


def _after(text: str, ending: str, place: int) -> int:
    found = text.find(ending, place)
    return len(text) if found < 0 else found + len(ending)


def _blanked(text: str, begin: int, end: int) -> str:
    lines = text.count("\n", begin, end)
    return text[:begin] + "\n" * lines + " " * (end - begin - lines) + text[end:]


def _require_unicode(declaration: str) -> None:
    named = ENCODING.search(declaration)
    if named and named[1].lower() not in {"utf-8", "utf8", "utf-16", "us-ascii"}:
        raise ExchangeRefused(
            f"Line 1: the file says it is {named[1]}; save it as UTF-8.", line=1, encoding=named[1]
        )
