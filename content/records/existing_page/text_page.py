"""Plain text as HTML, by rules that would rather miss a heading than invent one.

1. Blank lines part paragraphs; other line ends are spaces.
2. A line with a line of only = (level 1) or only - (level 2) under it, three or more, is a heading.
3. A line alone between blank lines, in capital letters throughout, with at least two letters and
   at most 80 characters, is a heading of level 2.
4. The first line of the text, when it stands alone, has at most 80 characters and does not end
   like a sentence, is the title.
5. Lines that begin with -, *, + or • are a list. Lines numbered 1, 2, 3 ... are one too, when the
   first is 1 and begins its paragraph. Lines below an item without a mark continue it.
Everything else is a paragraph.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from content.records.existing_page.elements import LINE

HEADING_CHARACTERS_MAX = 80

_UNDERLINE = re.compile(r"[ \t]*(={3,}|-{3,})[ \t]*")
_RULE = re.compile(r"[ \t]*([-=_*~#])\1{2,}[ \t]*")
_BULLET = re.compile(r"[ \t]*[-*+•][ \t]+(?=\S)")
_NUMBER = re.compile(r"[ \t]*(\d{1,3})[.)][ \t]+(?=\S)")


@dataclass(frozen=True)
class _Lines:
    """Lines between two blank ones. Frozen. `number` is the first one's, from 1."""

    number: int
    lines: tuple[str, ...]


def text_html(text: str) -> str:
    """An HTML page with the text; elements name their lines."""
    blocks = list(_blocks(text.split("\n")))
    body: list[str] = []
    for block in blocks:
        body += _html(block, is_first=block is blocks[0])
    return f"<html><body>{''.join(body)}</body></html>"


def _blocks(lines: Sequence[str]) -> Iterator[_Lines]:
    start = 0
    for number, line in enumerate([*lines, ""]):
        if not line.strip():
            if start < number:
                yield _Lines(start + 1, tuple(lines[start:number]))
            start = number + 1


def _html(block: _Lines, *, is_first: bool) -> Iterator[str]:
    """The elements of one block of lines."""
    number, lines = block.number, block.lines
    if len(lines) == 1 and _RULE.fullmatch(lines[0]):
        yield f'<hr {LINE}="{number}">'
    elif len(lines) == 1 and (level := _level_of(lines[0], is_first)):
        yield _element(f"h{level}", number, lines[0])
    elif len(lines) > 1 and (underline := _UNDERLINE.fullmatch(lines[1])):
        yield _element("h1" if underline[1].startswith("=") else "h2", number, lines[0])
        yield from _text(number + 2, lines[2:])
    else:
        yield from _text(number, lines)


def _level_of(line: str, is_first: bool) -> int | None:
    """The level of a heading that stands alone; None for other lines."""
    line = line.strip()
    if len(line) > HEADING_CHARACTERS_MAX or _BULLET.match(line) or _NUMBER.match(line):
        return None
    if is_first and not line.endswith((".", ",", ";", ":", "!")):
        return 1
    letters = sum(letter.isalpha() for letter in line)
    return 2 if line.isupper() and letters > 1 else None


def _text(number: int, lines: Sequence[str]) -> Iterator[str]:
    """Paragraphs and lists of the lines, which have no blank one between them."""
    numbered = _numbered(lines)
    marker, name = (_NUMBER, "ol") if numbered else (_BULLET, "ul")
    begins = numbered or [n for n, line in enumerate(lines) if _BULLET.match(line)]
    before = lines[: begins[0]] if begins else lines
    if before:
        yield _element("p", number, " ".join(before))
    if begins:
        items = (
            _element("li", number + begin, _unmarked(lines[begin:end], marker))
            for begin, end in zip(begins, [*begins[1:], len(lines)], strict=True)
        )
        yield f"<{name}>{''.join(items)}</{name}>"


def _numbered(lines: Sequence[str]) -> list[int]:
    """Where the items 1, 2, 3 ... begin; nothing when the first line is not number 1."""
    begins: list[int] = []
    for position, line in enumerate(lines):
        match = _NUMBER.match(line)
        if match and int(match[1]) == len(begins) + 1:
            begins.append(position)
        elif not begins:
            return []
    return begins


def _unmarked(lines: Sequence[str], marker: re.Pattern[str]) -> str:
    return marker.sub("", " ".join(lines), count=1)


def _element(name: str, number: int, text: str) -> str:
    return f'<{name} {LINE}="{number}">{escape(text.strip())}</{name}>\n'
