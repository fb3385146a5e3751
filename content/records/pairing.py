"""Which of the texts that came is which of those that went, edited: the closest pairs first. Pure.

A text is compared with those near its place alone, so that a section of thousands of changed texts
costs in proportion to them. What is asked most often is asked cheaply: whether the text that stood
in the very same place is closest is known without telling the others apart.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from content.records import likeness
from content.records.likeness import ALIKE_MIN, Place
from content.records.loose import Loose

#: Changed units of its kind, the nearest ones, that a changed unit is compared with. One that was
#: edited and carried farther, past more changed ones, is a new unit.
NEAREST_MAX = 64
#: The closest of those that are looked at word by word.
CLOSEST_MAX = 5

#: Closest first; then what stands in its place, and keeps the order.
_Rank = tuple[float, bool, int, int, int]


class _Pair(NamedTuple):
    """A text that went and one that came, perhaps the same one."""

    rank: _Rank
    old: int
    new: int
    edited: bool


def take_edited(old: Sequence[Loose], new: Sequence[Loose], found: dict[int, int]) -> None:
    """The best pair of all first; then the best of what is left."""
    gone: set[int] = set()
    # The best pair of each new text, and where its next ones come from: most are never asked for.
    waiting = []
    for others in _offers(old, new):
        if (pair := next(others, None)) is not None:
            waiting.append((pair, others))
    heapify(waiting)  # ranks differ, so nothing but they is compared
    while waiting:
        pair, others = heappop(waiting)
        if pair.old not in gone:
            gone.add(pair.old)
            if pair.edited:
                found[pair.new] = pair.old
        elif (following := next(others, None)) is not None:
            heappush(waiting, (following, others))


def _offers(old: Sequence[Loose], new: Sequence[Loose]) -> Iterator[Iterator[_Pair]]:
    """The pairs of each new text, the best first."""
    crowd = Counter([one.gap for one in old]), Counter([one.gap for one in new])
    # Places where one text alone went and one alone came.
    alone = {gap for gap in crowd[0] if crowd[0][gap] == crowd[1][gap] == 1}
    for kind in sorted({one.kind for one in old}):
        went = _Went([one for one in old if one.kind == kind], alone)
        for one in new:
            if one.kind == kind:
                yield went.pairs(one)


class _Went:
    """The texts of one kind that went, in their order."""

    def __init__(self, texts: Sequence[Loose], alone: Set[tuple[str, int]]) -> None:
        self._texts = texts
        self._alone = alone
        self._steps = [one.step for one in texts]
        self._shapes = [one.reading.shape for one in texts]

    def pairs(self, new: Loose) -> Iterator[_Pair]:
        """The best first. Compared only as far as somebody goes on asking."""
        middle = bisect_left(self._steps, new.step)
        first = self._in_place(middle, new)
        if first is not None:
            yield first
        for pair in self._closest(middle, new):
            if first is None or pair.old != first.old:
                yield pair

    def _in_place(self, middle: int, new: Loose) -> _Pair | None:
        """The text that stood in the same place, where it is this one edited and none is closer."""
        if self._steps[middle : middle + 1] != [new.step]:
            return None
        old, shape = self._texts[middle], new.reading.shape
        score = ratio(shape, old.reading.shape)
        if score < ALIKE_MIN or not likeness.is_edited(
            old.reading, new.reading, self._place(old, new)
        ):
            return None
        near = self._shapes[max(0, middle - NEAREST_MAX // 2) : middle + NEAREST_MAX // 2]
        # One of just that score comes or not, as it is rounded.
        best = process.extractOne(shape, near, scorer=ratio, score_cutoff=score)
        if best is not None and best[1] > score:
            return None
        return _Pair(_rank(score, old, new), old.place, new.place, edited=True)

    def _closest(self, middle: int, new: Loose) -> Iterator[_Pair]:
        near = [self._texts[index] for index in _nearest(middle, len(self._texts))]
        close = process.extract(
            new.reading.shape,
            [one.reading.shape for one in near],
            scorer=ratio,
            score_cutoff=ALIKE_MIN,
            limit=CLOSEST_MAX,
        )
        ranked = sorted((_rank(score, near[index], new), index) for _, score, index in close)
        for rank, index in ranked:
            old = near[index]
            place = self._place(old, new)
            edited = likeness.is_edited(old.reading, new.reading, place)
            if edited or place is Place.ELSEWHERE:
                yield _Pair(rank, old.place, new.place, edited)

    def _place(self, old: Loose, new: Loose) -> Place:
        if old.stayed_before != new.stayed_before:
            return Place.ELSEWHERE
        return Place.ALONE if old.gap in self._alone else Place.AMONG


def _rank(score: float, old: Loose, new: Loose) -> _Rank:
    if old.stayed_before == new.stayed_before:
        return -score, False, abs(old.behind - new.behind), new.place, old.place
    return -score, True, abs(old.stayed_before - new.stayed_before), new.place, old.place


def _nearest(middle: int, end: int) -> list[int]:
    """The numbers up to `end` around the middle, the nearest first."""
    behind = range(middle, min(end, middle + NEAREST_MAX // 2))
    before = range(middle - 1, max(-1, middle - 1 - NEAREST_MAX // 2), -1)
    both = [index for two in zip(behind, before, strict=False) for index in two]
    return [*both, *behind[len(before) :], *before[len(behind) :]]
