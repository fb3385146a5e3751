"""Words read from a text, and shown again as Markdown, HTML or plain text."""

import re
from collections.abc import Callable, Sequence

from markdown_it.common.utils import mdTrim

from content.records.markdown.canonical import canonical, escaped
from content.records.markdown.characters import character_problem, normal, with_newlines
from content.records.markdown.grammar import (
    html_attribute,
    inline_html,
    inline_tokens_of_file,
    inline_tokens_of_unit,
)
from content.records.markdown.mistakes import Problem, WordsRefused
from content.records.markdown.pieces import (
    Break,
    Code,
    LinkEnd,
    LinkStart,
    Piece,
    Text,
    numbered,
    pieces_of,
    pieces_of_text,
)
from content.records.markdown.refusals import (
    file_problems,
    placeholder_problems,
    target_problems,
    text_problems,
    too_long,
)
from content.records.markdown.simple import simple_shown, simple_words
from content.records.markdown.targets import link_target, written_target
from content.records.markdown.words import WRITTEN_MAX, Kind, Words

SOURCE_CHARACTERS_MAX = 100_000  # of one unit with all its markup, before it is parsed

_NOTHING_ACTIVE = re.compile(r"[^\n\\`*_\[\]<&!]*")


def read_words(kind: Kind, text: str, links: Sequence[str] = ()) -> Words:
    """The words a person sent, in canonical form; `links` are the targets of {1}, {2} ...

    The text is read as inline Markdown alone: `1. March` is no list. Placeholders keep their
    numbers, so a translation may turn their order round. Text alternatives are plain text.
    Raises WordsRefused with every problem found.
    """
    text = mdTrim(with_newlines(text))
    _refuse([problem] if (problem := character_problem(text)) else [])
    _refuse([too_long(kind)] if len(text) > SOURCE_CHARACTERS_MAX else [])
    if kind == "alt":
        return _read_alt(normal(text).replace("\n", " "), len(links))
    text = normal(text)
    simple = simple_words(kind, text, links)
    return simple or _read_markdown(kind, text, links)


def _read_markdown(kind: Kind, text: str, links: Sequence[str]) -> Words:
    pieces = _unit_pieces(text)
    placeholders = placeholder_problems(pieces, len(links))
    _refuse([*text_problems(kind, pieces), *placeholders, *target_problems(links)])
    return _words(kind, pieces, links)


def file_pieces(kind: Kind, source: str) -> tuple[Piece, ...]:
    """The pieces of inline text out of a file. Raises WordsRefused: it is far too long."""
    _refuse([too_long(kind)] if len(source) > SOURCE_CHARACTERS_MAX else [])
    if not _marked(source):
        return pieces_of_text(source)
    return numbered(pieces_of(inline_tokens_of_file(source)))


def words_of_pieces(kind: Kind, pieces: Sequence[Piece]) -> Words:
    """The words of inline text out of a file. Raises WordsRefused with every problem found."""
    _refuse([*text_problems(kind, pieces), *file_problems(pieces)])
    if kind == "alt":
        return Words("alt", mdTrim(normal(_plain(pieces))))
    starts = [piece for piece in pieces if isinstance(piece, LinkStart)]
    return _words(kind, pieces, [start.target for start in starts])


def words_markdown(words: Words) -> str:
    """The words as inline Markdown with their link targets put back."""
    if words.kind == "alt":
        return escaped(words.text)
    return _replaced(words.text, lambda number: f"({written_target(words.links[number - 1])})")


def words_html(words: Words) -> str:
    """The words as inline HTML; a text alternative as the value of its attribute."""
    if words.kind == "alt":
        return html_attribute(words.text)
    return inline_html(words.text, words.links)


def plain_text(words: Words) -> str:
    """The words without markup; a line break is a newline."""
    return words.text if words.kind == "alt" else shown_text(words.text)


def text_with_targets(words: Words, shown: Callable[[str], str]) -> str:
    """The words without markup, behind the text of each link what `shown` makes of its target."""
    if not words.links:
        return plain_text(words)
    parts, target = [], ""
    for piece in _unit_pieces(words.text):
        if isinstance(piece, LinkStart):
            target = words.links[piece.number - 1]
        parts.append(shown(target) if isinstance(piece, LinkEnd) else _shown(piece))
    return "".join(parts)


def shown_text(text: str) -> str:
    """The same of the text of words that are no text alternative."""
    shown = simple_shown(text)
    return _plain(_unit_pieces(text)) if shown is None else shown


def links_shown(words: Words) -> tuple[tuple[str, str], ...]:
    """(text without markup, target) of every link, in reading order."""
    found: list[tuple[str, str]] = []
    inside: list[Piece] = []
    target = ""
    for piece in _unit_pieces(words.text):
        if isinstance(piece, LinkStart):
            target, inside = words.links[piece.number - 1], []
        elif isinstance(piece, LinkEnd):
            found.append((_plain(inside), target))
        else:
            inside.append(piece)
    return tuple(found)


def in_reading_order(words: Words) -> Words:
    """The same words, their placeholders numbered as they appear: what a file reads back as."""
    order: list[int] = []

    def renumbered(number: int) -> str:
        order.append(number)
        return f"{{{len(order)}}}"

    text = _replaced(words.text, renumbered) if words.links else words.text
    return Words(words.kind, text, tuple(words.links[number - 1] for number in order))


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise WordsRefused(tuple(problems))


def _words(kind: Kind, pieces: Sequence[Piece], links: Sequence[str]) -> Words:
    """Words that passed all rules but this: they must fit in one line of a file."""
    text = canonical(pieces)
    targets = tuple(target for link in links if (target := link_target(link)))
    _refuse([too_long(kind)] if len(text) + sum(map(len, targets)) > WRITTEN_MAX else [])
    return Words(kind, text, targets)


def _read_alt(text: str, links: int) -> Words:
    _refuse([*text_problems("alt", pieces_of_text(text)), *placeholder_problems((), links)])
    return Words("alt", text)


def _marked(source: str) -> bool:
    return not _NOTHING_ACTIVE.fullmatch(source)


def _unit_pieces(text: str) -> tuple[Piece, ...]:
    return pieces_of(inline_tokens_of_unit(text)) if _marked(text) else pieces_of_text(text)


def _plain(pieces: Sequence[Piece]) -> str:
    return "".join(_shown(piece) for piece in pieces)


def _shown(piece: Piece) -> str:
    match piece:
        case Text() | Code():
            return piece.text
        case Break():
            return "\n"
    return ""


def _replaced(text: str, written: Callable[[int], str]) -> str:
    """The text with something else for each placeholder, in the order in which they appear."""
    metas = [token.meta for token in inline_tokens_of_unit(text) if "span" in token.meta]
    result, done = [], 0
    for meta in sorted(metas, key=lambda meta: meta["span"]):
        start, end = meta["span"]
        result += [text[done:start], written(meta["number"])]
        done = end
    return "".join([*result, text[done:]])
