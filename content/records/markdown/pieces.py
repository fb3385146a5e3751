"""Inline text taken apart: text, emphasis, code, breaks and links, as values in a row.

Text remembers how each part of it was written (as it is, escaped, as an entity), because emphasis
depends on the characters beside it (CommonMark 0.31, 6.2).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import count
from typing import Literal

from markdown_it.token import Token

Origin = Literal["raw", "escape", "entity"]


@dataclass(frozen=True)
class Run:
    """Text written in one way. Frozen. `line` counts the lines above it in its unit."""

    text: str
    origin: Origin
    line: int


@dataclass(frozen=True)
class Text:
    """Text between two marks. Frozen."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """What is read."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Mark:
    """Where emphasis begins or ends. Frozen. `marker` is the character it was written with."""

    strong: bool
    opens: bool
    marker: str


@dataclass(frozen=True)
class Code:
    """A code span. Frozen."""

    text: str


@dataclass(frozen=True)
class Break:
    """A hard line break. Frozen. `by_spaces`: written as two spaces, not as a backslash."""

    by_spaces: bool = False


@dataclass(frozen=True)
class LinkStart:
    """Where a link begins. Frozen. `number` is its placeholder's, 0 for a link with a target."""

    number: int
    target: str
    titled: bool
    line: int


@dataclass(frozen=True)
class LinkEnd:
    """Where a link ends. Frozen."""


@dataclass(frozen=True)
class Html:
    """An HTML tag, comment or the like. Frozen. Never taken."""

    line: int


@dataclass(frozen=True)
class Picture:
    """An image. Frozen. Taken only when it is alone in its paragraph."""

    target: str
    alt: "tuple[Piece, ...]"
    title: str
    line: int


Piece = Text | Mark | Code | Break | LinkStart | LinkEnd | Html | Picture


def pieces_of(tokens: Iterable[Token]) -> tuple[Piece, ...]:
    """The pieces of inline tokens. Two texts never stand side by side; a soft break is a space."""
    pieces: list[Piece] = []
    runs: list[Run] = []
    line = 0
    after_break = False
    for token in tokens:
        if token.type == "text" and not token.content:
            continue  # what a pair of `**` leaves behind
        breaks = token.type in ("softbreak", "hardbreak")
        line += breaks
        if run := _run(token, line, after_break):
            runs.append(run)
        elif token.type != "softbreak":
            if breaks and after_break and runs:
                runs.pop()  # the space of a soft break just before
            _close(runs, pieces)
            pieces.append(_piece(token, line))
        after_break = breaks
    _close(runs, pieces)
    return tuple(pieces)


def numbered(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces with their links counted from 1."""
    numbers = count(1)
    return tuple(
        replace(piece, number=next(numbers)) if isinstance(piece, LinkStart) else piece
        for piece in pieces
    )


def pieces_of_text(text: str) -> tuple[Piece, ...]:
    """The pieces of a text in which nothing is markup, without asking a parser."""
    return (Text((Run(text, "raw", 0),)),) if text else ()


def _close(runs: list[Run], pieces: list[Piece]) -> None:
    if runs:
        pieces.append(Text(tuple(runs)))
        runs.clear()


def _run(token: Token, line: int, after_break: bool) -> Run | None:
    match token.type:
        case "text":
            return Run(token.content, "raw", line)
        case "text_special":
            return Run(token.content, _origin(token), line)
        case "softbreak":
            return None if after_break else Run(" ", "raw", line)
    return None


def _origin(token: Token) -> Origin:
    if token.info == "entity":
        return "entity"
    # A backslash before a letter escapes nothing: both are text.
    return "escape" if len(token.content) == 1 else "raw"


def _piece(token: Token, line: int) -> Piece:
    match token.type:
        case "hardbreak":
            return Break(by_spaces=bool(token.markup))
        case "code_inline":
            return Code(token.content)
        case "link_open":
            number = int(token.meta.get("number", 0))
            return LinkStart(number, str(token.attrGet("href") or ""), "title" in token.attrs, line)
        case "link_close":
            return LinkEnd()
        case "html_inline":
            return Html(line)
        case "image":
            alt = pieces_of(token.children or [])
            title = str(token.attrGet("title") or "")
            return Picture(str(token.attrGet("src") or ""), alt, title, line)
    return Mark(token.tag == "strong", token.nesting > 0, token.markup[0])
