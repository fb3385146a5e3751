"""What an element of a page is to a draft: told by its name and attributes alone."""

from collections.abc import Iterator
from itertools import islice

from bs4.element import (
    CData,
    NavigableString,
    PageElement,
    PreformattedString,
    Script,
    Stylesheet,
    Tag,
)

PLACE_LOOK_UP_MAX = 100
LINE = "data-msif-line"
WHAT = "data-msif-what"
SLUG = "data-msif-slug"

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "header",
        "hgroup",
        "html",
        "legend",
        "li",
        "main",
        "p",
        "section",
        "summary",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "search",
        "optgroup",
        "option",
    ]
)
WITHOUT_TEXT = frozenset({"script", "style", "link", "meta", "base"})
_NO_PLACE = {
    "area": "image map",
    "audio": "audio",
    "button": "button",
    "canvas": "drawing",
    "datalist": "form field",
    "dialog": "dialog",
    "del": "struck-out text",
    "embed": "embedded object",
    "form": "form",
    "frameset": "frames",
    "head": "head of the page",
    "hr": "horizontal rule",
    "iframe": "embedded page",
    "input": "form field",
    "map": "image map",
    "math": "formula",
    "meter": "gauge",
    "nav": "navigation",
    "noscript": "text for browsers without scripts",
    "object": "embedded object",
    "output": "form field",
    "pre": "preformatted text",
    "progress": "gauge",
    "rp": "reading aid",
    "rt": "reading aid",
    "s": "struck-out text",
    "script": "script",
    "select": "form field",
    "strike": "struck-out text",
    "style": "style sheet",
    "svg": "drawing",
    "template": "template",
    "textarea": "form field",
    "video": "video",
}
_ROLES = {
    "navigation": "navigation",
    "doc-endnotes": "footnotes",
    "doc-footnote": "footnote",
    "doc-noteref": "footnote reference",
}
_CLASSES = {
    "footnotes": "footnotes",
    "footnote-ref": "footnote reference",
    "sr-only": "text for screen readers",
    "screen-reader-text": "text for screen readers",
    "visually-hidden": "text for screen readers",
}
_FOOTER_OWNERS = ["article", "aside", "blockquote", "figure", "main", "section"]
_SHOWN_ATTRIBUTES = {
    "img": ("alt",),
    "input": ("value", "placeholder"),
    "iframe": ("title", "src"),
    "video": ("src",),
    "audio": ("src",),
    "source": ("src",),
    "embed": ("src",),
    "object": ("data",),
}


def attribute(tag: Tag, name: str) -> str | None:
    """The value of an attribute as one text; None where the element has it not."""
    value = tag.get(name)
    return value if value is None or isinstance(value, str) else " ".join(value)


def classes(tag: Tag) -> frozenset[str]:
    """The element's classes in lower case."""
    return frozenset((attribute(tag, "class") or "").lower().split())


def no_place(tag: Tag) -> str | None:
    """What an element is that a draft cannot hold; None where it can."""
    if what := attribute(tag, WHAT):
        return what
    if _is_hidden(tag):
        return "hidden text"
    if tag.name == "footer" and tag.find_parent(_FOOTER_OWNERS) is None:
        return "footer of the page"
    for name in sorted(classes(tag) & _CLASSES.keys()):
        return _CLASSES[name]
    return _NO_PLACE.get(tag.name) or _ROLES.get(attribute(tag, "role") or "")


def heading_level(tag: Tag) -> int | None:
    """1 to 6 for a heading, also one made with `role`; None for everything else."""
    if tag.name in HEADINGS:
        return int(tag.name[1])
    if attribute(tag, "role") != "heading":
        return None
    level = attribute(tag, "aria-level") or ""
    return int(level) if level in "123456" and len(level) == 1 else 2


def is_text(node: PageElement) -> bool:
    """Whether it is text, and no comment, declaration or instruction."""
    if not isinstance(node, NavigableString) or isinstance(node, (Script, Stylesheet)):
        return False
    return isinstance(node, CData) or not isinstance(node, PreformattedString)


def text_of(tag: Tag) -> str:
    """All text of an element, with what its pictures and fields show, for the list."""
    nodes = (tag, *tag.descendants)
    return " ".join(part for node in nodes for part in _shown(node))


def place_of(tag: Tag) -> str:
    """Where an element stands in the source its author gave."""
    for element in islice((tag, *tag.parents), PLACE_LOOK_UP_MAX):
        if line := attribute(element, LINE):
            return f"line {line}"
    if tag.sourceline is None or tag.sourcepos is None:
        return "the whole file"
    return f"line {tag.sourceline}, column {tag.sourcepos + 1}"


def _shown(node: PageElement) -> Iterator[str]:
    if isinstance(node, Tag):
        for name in _SHOWN_ATTRIBUTES.get(node.name, ()):
            yield (attribute(node, name) or "").strip()
    elif is_text(node):
        yield str(node).strip()


def _is_hidden(tag: Tag) -> bool:
    style = "".join((attribute(tag, "style") or "").lower().split())
    hidden = "display:none" in style or "visibility:hidden" in style
    return hidden or tag.has_attr("hidden")
