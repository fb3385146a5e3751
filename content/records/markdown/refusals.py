"""Why a text is not taken: the rules on words, each a function from pieces to problems."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from markdown_it.common.utils import mdTrim

from content.records.markdown.characters import character_problem
from content.records.markdown.mistakes import Problem
from content.records.markdown.pieces import (
    Break,
    Code,
    Html,
    LinkEnd,
    LinkStart,
    Picture,
    Piece,
    Text,
)
from content.records.markdown.targets import TARGET_CHARACTERS_MAX, link_target
from content.records.markdown.words import TEXT_CHARACTERS_MAX, TITLE_CHARACTERS_MAX, Kind

_ONE_LINE: tuple[Kind, ...] = ("title", "cell")
_BAD_TARGET = (
    "a link leads to an https:, http: or mailto: address of at most "
    f"{TARGET_CHARACTERS_MAX} characters"
)

#: Text that looks like markup of a file and is none; each with its code and what to do.
_SUSPECTS = (
    (
        re.compile(r"\[@"),
        "citation-misplaced",
        "a citation, [@id] or [@id; @id], stands at the end of a block; write \\[@ if it is text",
    ),
    (re.compile(r"\[\^"), "block-not-supported", "there are no footnotes; write \\[^ for text"),
    (
        re.compile(r"\]\("),
        "link-target",
        "this link has no address that can be read; write \\]( if it is text",
    ),
)


def too_long(kind: Kind) -> Problem:
    """The problem of a text over its limit."""
    limit = TITLE_CHARACTERS_MAX if kind == "title" else TEXT_CHARACTERS_MAX
    return Problem("text-too-long", f"shorten the text to {limit:,} characters")


def text_problems(kind: Kind, pieces: Sequence[Piece]) -> Iterator[Problem]:
    """What holds for words wherever they come from."""
    shown = "".join(piece.text for piece in pieces if isinstance(piece, Text | Code))
    if not mdTrim(shown) and not any(isinstance(piece, Html | Picture) for piece in pieces):
        yield Problem("blank", "there is no text")
    if len(shown) > (TITLE_CHARACTERS_MAX if kind == "title" else TEXT_CHARACTERS_MAX):
        yield too_long(kind)
    if problem := character_problem(shown):
        yield Problem(problem.code, problem.message)
    if kind in _ONE_LINE and any(isinstance(piece, Break) for piece in pieces):
        yield Problem("line-break", f"a {kind} has no line breaks")
    if kind == "alt" and any(not isinstance(piece, Text) for piece in pieces):
        yield Problem("markup", "a text alternative is plain text")
    yield from _html_and_images(pieces)
    yield from _links_without_text(pieces)


def file_problems(pieces: Sequence[Piece]) -> Iterator[Problem]:
    """What holds for words out of a file: real links, and no text that was meant as markup."""
    for piece in pieces:
        if isinstance(piece, LinkStart) and link_target(piece.target) is None:
            yield Problem("link-target", _BAD_TARGET, piece.line)
        if isinstance(piece, LinkStart) and piece.titled:
            yield Problem("link-target", "a link has no title; take it out", piece.line)
        if isinstance(piece, Text):
            yield from _suspects(piece)


def placeholder_problems(pieces: Sequence[Piece], links: int) -> Iterator[Problem]:
    """Whether the text holds the placeholders {1} to {links}, each once, and no other link."""
    starts = [piece for piece in pieces if isinstance(piece, LinkStart)]
    found = Counter(start.number for start in starts if start.number)
    if any(not start.number for start in starts) or _has_unread_link(pieces):
        message = "write a link as [text]{1}; its address is kept apart from the text"
        yield Problem("link-not-placeholder", message)
    for number in range(1, links + 1):
        if not found[number]:
            yield Problem("placeholder-missing", f"the link [text]{{{number}}} is missing")
    for number, times in sorted(found.items()):
        if number > links:
            yield Problem("placeholder-unknown", f"there is no link {{{number}}}")
        elif times > 1:
            yield Problem("placeholder-doubled", f"the link {{{number}}} is there {times} times")


def target_problems(links: Sequence[str]) -> Iterator[Problem]:
    """Which targets beside a text are none."""
    for number, link in enumerate(links, start=1):
        if link_target(link) is None:
            yield Problem("link-target", f"{{{number}}}: {_BAD_TARGET}")


def _html_and_images(pieces: Sequence[Piece]) -> Iterator[Problem]:
    for piece in pieces:
        if isinstance(piece, Html):
            yield Problem("html", "there is no HTML; write \\< if it is text", piece.line)
        if isinstance(piece, Picture):
            message = "an image stands alone in a paragraph, not in a text"
            yield Problem("image", message, piece.line)


def _links_without_text(pieces: Sequence[Piece]) -> Iterator[Problem]:
    """Links with nothing to click on, and an address (`<https://...>`) inside a link."""
    start, shown = None, False
    for piece in pieces:
        if isinstance(piece, LinkStart):
            if start:
                yield Problem("link-target", "a link does not stand inside a link", piece.line)
            start, shown = piece, False
        elif isinstance(piece, LinkEnd):
            if start and not shown:
                yield Problem("link-target", "a link needs a text", start.line)
            start = None
        shown = shown or (isinstance(piece, Text | Code) and bool(mdTrim(piece.text)))


def _suspects(piece: Text) -> Iterator[Problem]:
    for run in piece.runs:
        for pattern, code, message in _SUSPECTS:
            if run.origin == "raw" and pattern.search(run.text):
                yield Problem(code, message, run.line)


def _has_unread_link(pieces: Sequence[Piece]) -> bool:
    runs = (run for piece in pieces if isinstance(piece, Text) for run in piece.runs)
    return any(run.origin == "raw" and "](" in run.text for run in runs)
