"""What stands inside a text in XLIFF and TMX, back as the text it was.

A tool shows `{1}` as a thing that cannot be typed into. What tools call it is listed here; an
element that is not is refused by name, for nobody knows what it stood for.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from content.translation.exchange.hardened_xml import name_of, refuse

#: A link's address, taken out of the text.
PLACEHOLDER = re.compile(r"\{(\d{1,3})\}")
#: Elements around text whose own marks, if they have any, are in attributes.
AROUND = frozenset({"g", "mrk", "pc", "hi"})
#: Elements that stand for something: their text, or what an attribute tells of it.
STANDS_FOR = frozenset({"ph", "x", "bx", "ex", "bpt", "ept", "it", "sc", "ec", "ut"})
#: Elements that mark a place and are no text.
MARKS_ONLY = frozenset({"sm", "em"})
#: How tools name bold and italic, and how Markdown writes them.
MARKS: Mapping[str, str] = {
    "bold": "**",
    "italic": "*",
    "xlf:b": "**",
    "xlf:i": "*",
    "xlf:lb": "\n",
}

#: The data of a unit by its id (XLIFF 2, 4.2.2.12).
OriginalText = Mapping[str, str]


def split_placeholders(text: str) -> Iterator[tuple[str, str, str]]:
    """(text before, id, placeholder) of each placeholder; the rest comes last with an empty id.

    An id that was there before gets a number behind it: it is there once in a text.
    """
    place = 0
    seen: dict[str, int] = {}
    for found in PLACEHOLDER.finditer(text):
        number = found[1]
        seen[number] = seen.get(number, 0) + 1
        name = number if seen[number] == 1 else f"{number}-{seen[number]}"
        yield text[place : found.start()], name, found[0]
        place = found.end()
    yield text[place:], "", ""


def fill(
    element: etree._Element, text: str, make: Callable[[etree._Element, str, str], etree._Element]
) -> None:
    """Put a text into an element; `make` adds the element of one placeholder."""
    last: etree._Element | None = None
    for before, name, placeholder in split_placeholders(text):
        if last is None:
            element.text = before
        else:
            last.tail = before
        if name:
            last = make(element, name, placeholder)


def text_of(
    element: etree._Element, originals: OriginalText, known: Mapping[str, str] | None = None
) -> str:
    """The text of a source, a target or a segment. Raises ExchangeRefused for the unknown.

    `known` has what elements of the source with the same id stood for.
    """
    inside = [element.text or ""]
    for child in element:
        if _namespace(child) != _namespace(element):
            raise refuse(child, f"the hub does not know the element `{child.tag}` inside a text.")
        inside += [_told(child, originals, known or {}), child.tail or ""]
    return "".join(inside)


def stood_for(element: etree._Element, originals: OriginalText) -> dict[str, str]:
    """What each element of a source stands for, by its id."""
    found = {}
    for child in element.iter():
        if name_of(child) in STANDS_FOR and child.get("id"):
            found[str(child.get("id"))] = _own_text(child, originals)
    return {name: text for name, text in found.items() if text}


def _namespace(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[0]


def _told(child: etree._Element, originals: OriginalText, known: Mapping[str, str]) -> str:
    name = name_of(child)
    if name in AROUND:
        before, behind = _around(child, originals)
        return before + text_of(child, originals, known) + behind
    if name in STANDS_FOR:
        return _own_text(child, originals) or _as_known(child, known)
    if name in MARKS_ONLY:
        return ""
    raise refuse(child, f"the hub does not know the element `{name}` inside a text.")


def _around(child: etree._Element, originals: OriginalText) -> tuple[str, str]:
    mark = _mark(child)
    begins = originals.get(child.get("dataRefStart", ""), child.get("equivStart", ""))
    ends = originals.get(child.get("dataRefEnd", ""), child.get("equivEnd", ""))
    return begins or mark, ends or mark


def _mark(child: etree._Element) -> str:
    return MARKS.get(child.get("ctype") or child.get("subType") or child.get("type") or "", "")


def _own_text(child: etree._Element, originals: OriginalText) -> str:
    for inner in child:
        raise refuse(inner, f"the hub does not know the element `{name_of(inner)}` in `ph`.")
    named = originals.get(child.get("dataRef", ""), "")
    told = child.text or named or child.get("equiv-text") or child.get("equiv") or ""
    return told or child.get("disp") or _mark(child)


def _as_known(child: etree._Element, known: Mapping[str, str]) -> str:
    """What stands for nothing by itself is its source's, or the placeholder of that number."""
    name = child.get("id") or child.get("x") or child.get("i") or ""
    if name in known:
        return known[name]
    if child.get("ctype") == "lb":
        return "\n"
    if name.isascii() and name.isdigit() and name_of(child) in {"ph", "x"}:
        return f"{{{name}}}"
    raise refuse(child, f"nobody knows what `{name_of(child)}` {name} stands for; put it back.")
