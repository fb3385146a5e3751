"""What an SVG has to be to be taken: it runs nothing, fetches nothing and links nowhere.

1. It is UTF-8 and says nothing else, so that no browser reads other characters than we did.
2. It has no document type, hence no entities, and no processing instruction, not even on top.
3. Its root is SVG's, no element is HTML's, and none is one that acts or animates.
4. No `on...` attribute, no `xml:base`; every `href` names a place in the file itself.
5. Its CSS fetches nothing: url() names a place in the file, and nothing is written as an escape.
"""

import re

from lxml import etree

from content.errors import FigureRefused

SVG = "http://www.w3.org/2000/svg"
HTML = "http://www.w3.org/1999/xhtml"
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
ACTING = frozenset({"script", "foreignobject", "iframe", "object", "embed", "handler", "listener"})
#: An animation can give an `href` another value than the one that was checked.
ANIMATING = frozenset(
    {"set", "animate", "animatecolor", "animatemotion", "animatetransform", "discard"}
)
REFUSED = ACTING | ANIMATING | {"image"}
OUTWARD_CSS = re.compile(r"url\(\s*+['\"]?+(?!#)|@import|image-set|\bsrc\(|\\", re.IGNORECASE)
_DECLARED = re.compile(rb"\A[^<]*<\?xml[^>]*?encoding\s*=\s*['\"]([^'\"]*)")


def require_still_svg(body: bytes) -> None:
    """Raises FigureRefused, naming what the SVG may not have."""
    root = _parsed(body)
    _require_alone(root)
    if root.tag != f"{{{SVG}}}svg":
        raise FigureRefused(f'The file is no SVG: its root is not <svg xmlns="{SVG}">.')
    for element in root.iter():
        _require_still(element)


def _parsed(body: bytes) -> "etree._Element":
    declared = _DECLARED.match(body)
    if declared and declared[1].lower() != b"utf-8":
        raise FigureRefused("An SVG is written in UTF-8; save it so.")
    # Without its comments, text has what a browser's CSS parser gets to see, in one piece.
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
    )
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        raise FigureRefused from None


def _require_alone(root: "etree._Element") -> None:
    """Guarantee 2, around the root: comments are not in the tree, so whatever is there acts."""
    typed = getattr(root.getroottree().docinfo, "doctype", "")
    if typed or root.getprevious() is not None or root.getnext() is not None:
        raise FigureRefused("An SVG may not have a document type or processing instructions.")


def _require_still(element: "etree._Element") -> None:
    if not isinstance(element.tag, str):
        raise FigureRefused("An SVG may not have a document type or processing instructions.")
    name = etree.QName(element)
    local = name.localname.lower()
    if name.namespace == HTML or local in REFUSED:
        raise FigureRefused(f"An SVG may not have <{name.localname}>.")
    if local == "style" and OUTWARD_CSS.search(_own_text(element)):
        raise FigureRefused("An SVG may not fetch anything, nor have escapes in its CSS.")
    for attribute, value in element.attrib.items():
        if _acts(str(attribute), str(value)):
            shown = etree.QName(attribute).localname
            raise FigureRefused(f"An SVG may not have {shown}={str(value)[:40]!r}.")


def _own_text(element: "etree._Element") -> str:
    """The text of a style element: what stands between its children, without theirs."""
    return "".join([element.text or "", *(child.tail or "" for child in element)])


def _acts(attribute: str, value: str) -> bool:
    name = etree.QName(attribute)
    local = name.localname.lower()
    if local == "href":
        return not value.startswith("#")
    if name.namespace:
        return attribute == XML_BASE
    return local.startswith("on") or bool(OUTWARD_CSS.search(value))
