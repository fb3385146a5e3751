"""Texts of a section while their partners in the other version are looked for. Pure."""

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from content.records.likeness import Reading


@dataclass(slots=True)
class Loose:
    """A text without a partner yet. It is told where it stands once others are found."""

    place: int
    reading: Reading
    #: How many of the units that stayed stand before it, and how far behind the last one it is.
    stayed_before: int = 0
    behind: int = 0

    @property
    def kind(self) -> str:
        return self.reading.kind

    @property
    def step(self) -> tuple[int, int]:
        return self.stayed_before, self.behind


def take_equal(
    old: Iterable[tuple[int, Hashable]],
    new: Iterable[tuple[int, Hashable]],
    found: dict[int, int],
) -> None:
    """Partners of (place, what must be equal); of several the first for the first."""
    waiting: dict[Hashable, list[int]] = {}
    for place, what in old:
        waiting.setdefault(what, []).append(place)
    for places in waiting.values():
        places.reverse()
    for place, what in new:
        if ours := waiting.get(what):
            found[place] = ours.pop()


def tell_places(old: Sequence[Loose], new: Sequence[Loose], found: Mapping[int, int]) -> None:
    """Tell all of them where they stand among the units that stayed: those found so far."""
    new_stayed, old_stayed = _stayed(found)
    for texts, stayed in ((old, old_stayed), (new, new_stayed)):
        for one in texts:
            one.stayed_before = bisect_left(stayed, one.place)
            last = stayed[one.stayed_before - 1] if one.stayed_before else -1
            one.behind = one.place - last


def _stayed(found: Mapping[int, int]) -> tuple[list[int], list[int]]:
    """Places now and before of the most units that kept their order."""
    # The longest growing row, by patience sorting: `ends` has the last place of each length.
    ends: list[int] = []
    ends_at: list[int] = []
    follows: dict[int, int] = {}
    for new in sorted(found):
        length = bisect_left(ends, found[new])
        if length:
            follows[new] = ends_at[length - 1]
        ends[length : length + 1] = [found[new]]
        ends_at[length : length + 1] = [new]
    row = ends_at[-1:]
    while row and row[-1] in follows:
        row.append(follows[row[-1]])
    row.reverse()
    return row, [found[new] for new in row]
