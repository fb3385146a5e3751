"""How elements inside a text are read."""

from dataclasses import replace
from typing import Literal

from bs4.element import Tag

from content.records.existing_page.address import resolved
from content.records.existing_page.elements import attribute, place_of, text_of
from content.records.existing_page.flow import Flow
from content.records.existing_page.walk import Reader, Style, Walk

_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def read_strong(walk: Walk, tag: Tag, flow: Flow, style: Style) -> None:
    """Text that stands out."""
    walk.read_children(tag, flow, replace(style, strong=True))


def read_emphasis(walk: Walk, tag: Tag, flow: Flow, style: Style) -> None:
    """Text that is stressed."""
    walk.read_children(tag, flow, replace(style, em=True))


def read_code(walk: Walk, tag: Tag, flow: Flow, style: Style) -> None:
    """What is typed or shown by a machine."""
    walk.read_children(tag, flow, replace(style, code=True))


def read_break(walk: Walk, tag: Tag, flow: Flow, style: Style) -> None:
    """A line break."""
    flow.break_line(place_of(tag))


def read_short_quote(walk: Walk, tag: Tag, flow: Flow, style: Style) -> None:
    """A quotation in a sentence; browsers show its marks, so they are written."""
    place = place_of(tag)
    walk.write("“", flow, style, place)
    walk.read_children(tag, flow, style)
    walk.write("”", flow, style, place)


def read_abbreviation(walk: Walk, tag: Tag, flow: Flow, style: Style) -> None:
    """An abbreviation; what it stands for is shown on pointing at it, so it is listed."""
    if title := (attribute(tag, "title") or "").strip():
        text = f"{text_of(tag)}: {title}"
        walk.findings.leave_out(place_of(tag), "what an abbreviation stands for", text)
    walk.read_children(tag, flow, style)


def read_link(walk: Walk, tag: Tag, flow: Flow, style: Style) -> None:
    """A link; its text is kept also where its address cannot be."""
    href = attribute(tag, "href")
    if href is None:
        walk.read_children(tag, flow, style)
        return
    words = " ".join(text_of(tag).split())
    target, linked = resolved(href, walk.base), walk.linked
    walk.read_children(tag, flow, replace(style, href=target.href))
    if target.href is None:
        walk.findings.leave_out(place_of(tag), target.why, f"{words} → {href}")
    elif walk.linked == linked:
        name = attribute(tag, "aria-label") or attribute(tag, "title") or words
        walk.findings.leave_out(place_of(tag), "link without a text", f"{name} → {href}")
    else:
        _say_tooltip(walk, tag, words)


def read_raised(walk: Walk, tag: Tag, flow: Flow, style: Style) -> None:
    """Superscript: a reference to a footnote is listed, 10<sup>9</sup> becomes 10⁹."""
    link = tag.find("a")
    if isinstance(link, Tag) and (attribute(link, "href") or "").startswith("#"):
        walk.leave_out(tag, "footnote reference")
        return
    _read_shifted(walk, tag, flow, style, "^")


def read_lowered(walk: Walk, tag: Tag, flow: Flow, style: Style) -> None:
    """Subscript: H<sub>2</sub>O becomes H₂O."""
    _read_shifted(walk, tag, flow, style, "_")


def _read_shifted(walk: Walk, tag: Tag, flow: Flow, style: Style, sign: Literal["^", "_"]) -> None:
    table, place, text = (_RAISED if sign == "^" else _LOWERED), place_of(tag), text_of(tag).strip()
    if not any(letter.isdigit() for letter in text):
        walk.findings.note("Raised or lowered letters stand on the line", place)
        walk.read_children(tag, flow, style)
    elif tag.find(True) is None and all(ord(letter) in table for letter in text):
        walk.findings.note("Raised or lowered digits are characters of their own", place)
        walk.write(text.translate(table), flow, style, place)
    else:
        walk.findings.note(f"Raised or lowered text stands in {sign}( )", place)
        walk.write(f"{sign}(", flow, style, place)
        walk.read_children(tag, flow, style)
        walk.write(")", flow, style, place)


def _say_tooltip(walk: Walk, tag: Tag, words: str) -> None:
    title = " ".join((attribute(tag, "title") or "").split())
    if title and title.casefold() != words.casefold():
        walk.findings.leave_out(place_of(tag), "title of a link", f"{words}: {title}")


INLINE_READERS: dict[str, Reader] = {
    **dict.fromkeys(("strong", "b"), read_strong),
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), read_emphasis),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), read_code),
    "a": read_link,
    "abbr": read_abbreviation,
    "br": read_break,
    "q": read_short_quote,
    "sub": read_lowered,
    "sup": read_raised,
}
