"""Two texts beside each other, unit by unit, for people to read. Pure: values in, values out.

Units are aligned by their ids. Of two versions in one language it is told which words went and
which came; of a translation and its source, whose words are all different, only what turns a
sentence round in few letters: numbers and negations.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from content.records.diff import longest_rise
from content.records.word_diff import What as How
from content.records.word_diff import is_critical, marked, runs

#: Unit to its kind and its words as a reader sees them, in reading order.
Words = Mapping[str, tuple[str, str]]
What = Literal["same", "changed", "moved", "added", "removed"]


class Piece(NamedTuple):
    """A stretch of one side: whether it stayed, came or went, and whether to look twice. Frozen."""

    text: str
    how: How
    critical: bool


@dataclass(frozen=True)
class Row:
    """One unit on both sides; a side is empty where it has none. Frozen."""

    unit: str
    kind: str
    what: What
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    #: A number or a negation changed.
    critical: bool = False


def versions(before: Words, after: Words, locale: str) -> list[Row]:
    """Two versions in one language, in the order of the newer; what went stands where it stood."""
    return list(_aligned(before, after, locale))


def _aligned(before: Words, after: Words, locale: str) -> Iterator[Row]:
    place = {unit: number for number, unit in enumerate(before)}
    stayed = longest_rise([place[unit] for unit in after if unit in place])
    gone = [unit for unit in before if unit not in after]
    for unit, (kind, text) in after.items():
        while place.get(unit) in stayed and gone and place[gone[0]] < place[unit]:
            yield _removed(gone[0], before, locale)
            gone.pop(0)
        if unit not in before:
            yield Row(unit, kind, "added", (), _whole(text, "insert", locale))
        else:
            was = before[unit][1]
            yield _kept(unit, kind, (was, text), locale, place[unit] not in stayed)
    yield from (_removed(unit, before, locale) for unit in gone)


def _removed(unit: str, before: Words, locale: str) -> Row:
    kind, text = before[unit]
    return Row(unit, kind, "removed", _whole(text, "delete", locale), ())


def _kept(unit: str, kind: str, texts: tuple[str, str], locale: str, moved: bool) -> Row:
    was, now = texts
    if was == now:
        plain = (Piece(now, "equal", False),)
        return Row(unit, kind, "moved" if moved else "same", plain, plain)
    found = [
        Piece(piece, run.what, critical and run.what != "equal")
        for run in runs(was, now)
        for piece, critical in marked(run.text, locale)
    ]
    return Row(
        unit,
        kind,
        "changed",
        _joined(piece for piece in found if piece.how != "insert"),
        _joined(piece for piece in found if piece.how != "delete"),
        is_critical(was, now, locale),
    )


def _joined(pieces: Iterator[Piece]) -> tuple[Piece, ...]:
    """Neighbours that are shown alike as one."""
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1][1:] == piece[1:]:
            piece = piece._replace(text=found.pop().text + piece.text)
        found.append(piece)
    return tuple(found)


def _whole(text: str, how: How, locale: str) -> tuple[Piece, ...]:
    return tuple(Piece(piece, how, critical) for piece, critical in marked(text, locale))


def translation(source: Words, target: Words, locales: tuple[str, str]) -> list[Row]:
    """A source text and its translation; numbers and negations are marked on both sides.

    `locales` are those of the source and of the translation.
    """
    return [
        Row(
            unit,
            kind,
            "changed",
            _whole(text, "equal", locales[0]),
            _whole(target[unit][1], "equal", locales[1]) if unit in target else (),
        )
        for unit, (kind, text) in source.items()
    ]


def folded(rows: Sequence[Row]) -> list[tuple[bool, list[Row]]]:
    """Rows in stretches: whether nothing changed in one, and its rows."""
    found: list[tuple[bool, list[Row]]] = []
    for row in rows:
        is_same = row.what == "same"
        if not found or found[-1][0] != is_same:
            found.append((is_same, []))
        found[-1][1].append(row)
    return found
