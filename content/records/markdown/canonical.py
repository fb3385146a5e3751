"""Pieces written as canonical inline Markdown: one spelling for one meaning.

Emphasis is `*` and `**` where that reads back the same. Where it does not (`*a*_b_`, or a mark
beside an entity), the next of five styles is tried; the last keeps all that emphasis depends on as
it was written, so it always reads back the same.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Literal

from markdown_it.common.utils import MD_TRIM_CHARS

from content.records.markdown.characters import normal
from content.records.markdown.grammar import inline_tokens_of_unit
from content.records.markdown.pieces import (
    Break,
    Code,
    LinkEnd,
    LinkStart,
    Mark,
    Origin,
    Piece,
    Text,
    pieces_of,
)

#: What stands beside a text. At an edge (start, end, after a break) white space is taken away;
#: inside emphasis, beside its mark, it would undo the emphasis.
Beside = Literal["edge", "inside", "link", "other"]

#: What could be read as markup. `!` only matters at the end, before a link.
_MARKUP = re.compile(r"[\\`\[\]]|\*+|_+|<|&(?=#?[A-Za-z0-9]{1,32};)|!\Z")


@dataclass(frozen=True)
class Style:
    """How emphasis is written. Frozen.

    `kept_markers` takes `_` where the author did, `spaces` writes white space beside a mark as an
    entity, `verbatim` escapes a `*` only where the author did and keeps entities and breaks.
    """

    kept_markers: bool = False
    spaces: bool = False
    verbatim: bool = False


STYLES = (
    Style(),
    Style(spaces=True),
    Style(kept_markers=True),
    Style(kept_markers=True, spaces=True),
)
VERBATIM = Style(kept_markers=True, verbatim=True)


def canonical(pieces: Sequence[Piece]) -> str:
    """The pieces as canonical inline Markdown, links as numbered placeholders."""
    if not any(isinstance(piece, Mark) for piece in pieces):
        return _written(pieces, Style())
    wanted = _meaning(pieces)
    for style in STYLES:
        text = _written(pieces, style)
        if _meaning(pieces_of(inline_tokens_of_unit(text))) == wanted:
            return text
    return _written(pieces, VERBATIM)


def escaped(text: str) -> str:
    """Plain text as inline Markdown that reads as this text wherever it is put."""
    return _escaped(text, ["escape"] * len(text), "link", "link", mail=True)


def _meaning(pieces: Sequence[Piece]) -> list[object]:
    """What is read, without how it was written."""
    return [_read(piece) for piece in pieces]


def _read(piece: Piece) -> object:
    match piece:
        case Text():
            return normal(piece.text)
        case Mark(strong, opens):
            return (strong, opens)
        case LinkStart(number):
            return number
        case Break():
            return Break
    return piece


def _written(pieces: Sequence[Piece], style: Style) -> str:
    mail = any("@" in piece.text for piece in pieces if isinstance(piece, Text))
    befores = chain([None], pieces)
    afters = chain(pieces[1:], repeat(None))
    open_links: list[int] = []
    written = []
    for before, piece, after in zip(befores, pieces, afters, strict=False):
        if isinstance(piece, Text):
            written.append(_text(piece, style, _left(before), _right(after), mail=mail))
        else:
            written.append(_mark(piece, style, open_links))
    return "".join(written)


def _mark(piece: Piece, style: Style, open_links: list[int]) -> str:
    """A piece that is not text. `open_links` are the numbers of the links not yet ended."""
    match piece:
        case Mark(strong, _, marker):
            return (marker if style.kept_markers else "*") * (2 if strong else 1)
        case Code(text):
            return code_span(text)
        case LinkStart(number):
            open_links.append(number)
            return "["
        case LinkEnd():
            return f"]{{{open_links.pop()}}}"
        case Break(by_spaces=True) if style.verbatim:
            return "  \n"
    return "\\\n"


def code_span(text: str) -> str:
    """A code span, with the shortest fence that its text does not hold."""
    inside = {len(run) for run in re.findall("`+", text)}
    fence = "`" * next(length for length in range(1, len(text) + 2) if length not in inside)
    touching = text.startswith("`") or text.endswith("`")
    stripped = text.startswith(" ") and text.endswith(" ") and text.strip(" ")
    padding = " " if touching or stripped else ""
    return f"{fence}{padding}{text}{padding}{fence}"


def _left(piece: Piece | None) -> Beside:
    match piece:
        case None | Break():
            return "edge"
        case Mark(opens=True):
            return "inside"
    return "other"


def _right(piece: Piece | None) -> Beside:
    match piece:
        case None:
            return "edge"
        case Mark(opens=False):
            return "inside"
        case LinkStart():
            return "link"
    return "other"


def _text(piece: Text, style: Style, before: Beside, after: Beside, *, mail: bool) -> str:
    text, origins = _characters(piece, style)
    around = ("edge", "inside") if style.spaces else ("edge",)
    start = end = ""
    if before in around and text[0] in MD_TRIM_CHARS:
        start, text, origins, before = _entity(text[0]), text[1:], origins[1:], "other"
    if text and after in around and text[-1] in MD_TRIM_CHARS:
        end, text, origins, after = _entity(text[-1]), text[:-1], origins[:-1], "other"
    return start + _escaped(text, origins, before, after, mail=mail) + end


def _characters(piece: Text, style: Style) -> tuple[str, list[Origin]]:
    """The text and, for each character, how it is to be written."""
    if style.verbatim:
        return piece.text, [run.origin for run in piece.runs for _ in run.text]
    text = normal(piece.text)
    return text, ["escape"] * len(text)


def _escaped(text: str, origins: list[Origin], before: Beside, after: Beside, *, mail: bool) -> str:
    written: list[str] = []
    done = 0
    for found in _MARKUP.finditer(text):
        left = _neighbour(text, origins, found.start() - 1, before)
        right = _neighbour(text, origins, found.end(), after)
        written.append(_plain(text[done : found.start()], origins[done : found.start()]))
        if _is_text(found[0], left, right, link_next=after == "link", mail=mail):
            written.append(found[0])
        else:
            written += map(_character, found[0], origins[found.start() : found.end()])
        done = found.end()
    return "".join([*written, _plain(text[done:], origins[done:])])


def _neighbour(text: str, origins: list[Origin], place: int, beside: Beside) -> str:
    """The character a parser will see there: an entity shows its punctuation, an edge a space."""
    if 0 <= place < len(text):
        return ";" if origins[place] == "entity" else text[place]
    return " " if beside == "edge" else "*"


def _is_text(markup: str, left: str, right: str, *, link_next: bool, mail: bool) -> bool:
    """Whether these characters mean nothing here and can stand as they are."""
    left_space, right_space = left in MD_TRIM_CHARS, right in MD_TRIM_CHARS
    match markup[0]:
        case "*":
            return left_space and right_space
        case "_":
            return (left_space and right_space) or (left.isalnum() and right.isalnum())
        case "<":
            return right_space or (right.isdecimal() and right.isascii() and not mail)
        case "!":
            return not link_next
    return False


def _character(character: str, origin: Origin) -> str:
    if origin == "entity":
        return _entity(character)
    return character if origin == "raw" and character in "*_" else f"\\{character}"


def _plain(text: str, origins: list[Origin]) -> str:
    if "entity" not in origins:
        return text
    return "".join(
        _entity(character) if origin == "entity" else character
        for character, origin in zip(text, origins, strict=True)
    )


def _entity(character: str) -> str:
    return f"&#{ord(character)};"
