"""What is shown of a hit: the part of the text that has most of what was looked for, marked."""

from dataclasses import dataclass
from html import escape

from content.publication.search import words
from content.publication.search.query import Query

#: Characters of a text that are shown.
SNIPPET_MAX = 200
#: Characters before the first word that was found.
BEFORE = 40
ELLIPSIS = "…"


@dataclass(frozen=True)
class Mark:
    """Where a word that was found stands, and which one it is. Frozen."""

    start: int
    end: int
    term: int


def snippet(query: Query, summary: str, body: str) -> str:
    """Safe HTML: a part of the body, or of the summary where the body has nothing to show."""
    for shown in (body, summary):
        marks = _marks(query, shown)
        if marks:
            return _marked(shown, marks, _best(marks))
    return _marked(summary or body, [], 0)


def _marks(query: Query, shown: str) -> list[Mark]:
    looked_for = [term.begins(n) for term in query.wanted for n in range(len(term.words))]
    found = []
    for start, end in words.written(shown):
        folded = words.fold(shown[start:end])
        for number, (letters, begins) in enumerate(looked_for):
            if any(one.startswith(letters) if begins else one == letters for one in folded):
                found.append(Mark(start, end, number))
                break
    return found


def _best(marks: list[Mark]) -> int:
    """Where the part begins that has the most different words, and most of them; the first such."""
    best, most, first = marks[0].start, (0, 0), 0
    for last, mark in enumerate(marks):
        while mark.end - marks[first].start > SNIPPET_MAX - BEFORE and first < last:
            first += 1
        within = marks[first : last + 1]
        worth = (len({one.term for one in within}), len(within))
        if worth > most:
            best, most = marks[first].start, worth
    return best


def _marked(shown: str, marks: list[Mark], found: int) -> str:
    start, end = _window(shown, found)
    parts = [ELLIPSIS if start else ""]
    at = start
    for mark in marks:
        if start <= mark.start and mark.end <= end:
            parts.append(escape(shown[at : mark.start]))
            parts.append(f"<mark>{escape(shown[mark.start : mark.end])}</mark>")
            at = mark.end
    parts += [escape(shown[at:end]), ELLIPSIS if end < len(shown) else ""]
    return "".join(parts)


def _window(shown: str, found: int) -> tuple[int, int]:
    """Whole words around what was found; a word longer than all of it is cut."""
    start = 0
    if found > BEFORE:
        start = shown.find(" ", found - BEFORE, found) + 1 or found
    end = start + SNIPPET_MAX
    if end >= len(shown):
        return start, len(shown)
    blank = shown.rfind(" ", start + 1, end + 1)
    return start, (blank if blank > found else end)
