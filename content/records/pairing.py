"""Which of the texts that came is which of those that went, edited: the closest pairs first. Pure.

A text is compared with those near its place alone, so that a section of thousands of changed texts
costs in proportion to them. What is asked most often is asked cheaply: whether the text that stood
in the very same place is closest is known without telling the others apart.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cached_property
from heapq import heapify, heappop, heappush
from itertools import islice
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from content.records import likeness
from content.records.likeness import ALIKE_MIN, Place
from content.records.loose import Loose
from content.records.reach import Reach
from content.records.renaming import renamed

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
    """Add to `found` which of the new texts is which of the old ones."""
    for kind in {one.kind for one in old}:
        came = [one for one in new if one.kind == kind]
        if came:
            _take_of_kind([one for one in old if one.kind == kind], came, found)


def _take_of_kind(old: Sequence[Loose], new: Sequence[Loose], found: dict[int, int]) -> None:
    went = _Went(old, _alone(old, new))
    for one, other in renamed(old, new):
        if likeness.is_edited(one.reading, other.reading, went.place(one, other)):
            found[other.place] = one.place
    left = [one for one in new if one.place not in found]
    found.update(_closest_first([went.pairs(one) for one in left], set(found.values())))


def _closest_first(offers: Iterable[Iterator[_Pair]], gone: set[int]) -> Iterator[tuple[int, int]]:
    """The best pair of all first; then the best of what is left."""
    # The best pair of each new text, and where its next ones come from: most are never asked for.
    waiting = [(pair, pairs) for pairs in offers for pair in islice(pairs, 1)]
    heapify(waiting)  # ranks differ, so nothing but they is compared
    while waiting:
        pair, pairs = heappop(waiting)
        if pair.old not in gone:
            gone.add(pair.old)
            if pair.edited:
                yield pair.new, pair.old
        elif (following := next(pairs, None)) is not None:
            heappush(waiting, (following, pairs))


def _alone(old: Sequence[Loose], new: Sequence[Loose]) -> set[int]:
    """How many units stayed before the places where one text alone went and one alone came."""
    went, came = (Counter([one.stayed_before for one in texts]) for texts in (old, new))
    return {place for place, many in went.items() if many == came[place] == 1}


class _Went:
    """The texts of one kind that went, in their order."""

    def __init__(self, texts: Sequence[Loose], alone: Set[int]) -> None:
        self._texts = texts
        self._alone = alone
        self._steps = [one.step for one in texts]
        self._shapes = [one.reading.shape for one in texts]

    def place(self, old: Loose, new: Loose) -> Place:
        """Where the one stands, seen from the other."""
        if old.stayed_before != new.stayed_before:
            return Place.ELSEWHERE
        return Place.ALONE if old.stayed_before in self._alone else Place.AMONG

    def pairs(self, new: Loose) -> Iterator[_Pair]:
        """The best first. Compared only as far as somebody goes on asking."""
        middle = bisect_left(self._steps, new.step)
        first = self._in_place(middle, new)
        if first is not None:
            yield first
        elif self._all_in_gap(middle, new) and not self._reach.has(new.reading):
            return
        for pair in self._closest(middle, new):
            if first is None or pair.old != first.old:
                yield pair

    @cached_property
    def _reach(self) -> Reach:
        return Reach(self._shapes)

    def _all_in_gap(self, middle: int, new: Loose) -> bool:
        """Whether all that are near stand where this one does: what is not edited is nothing."""
        near = self._steps[_near(middle)]
        return near[0][0] == near[-1][0] == new.stayed_before

    def _in_place(self, middle: int, new: Loose) -> _Pair | None:
        """The text that stood in the same place, where it is this one edited and none is closer."""
        if self._steps[middle : middle + 1] != [new.step]:
            return None
        old, shape = self._texts[middle], new.reading.shape
        score = ratio(shape, old.reading.shape)
        if score < ALIKE_MIN or not likeness.is_edited(
            old.reading, new.reading, self.place(old, new)
        ):
            return None
        near = self._shapes[_near(middle)]
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
            place = self.place(old, new)
            edited = likeness.is_edited(old.reading, new.reading, place)
            if edited or place is Place.ELSEWHERE:
                yield _Pair(rank, old.place, new.place, edited)


def _rank(score: float, old: Loose, new: Loose) -> _Rank:
    if old.stayed_before == new.stayed_before:
        return -score, False, abs(old.behind - new.behind), new.place, old.place
    return -score, True, abs(old.stayed_before - new.stayed_before), new.place, old.place


def _near(middle: int) -> slice:
    """Where those are that a text is compared with."""
    return slice(max(0, middle - NEAREST_MAX // 2), middle + NEAREST_MAX // 2)


def _nearest(middle: int, end: int) -> list[int]:
    """The numbers up to `end` around the middle, the nearest first."""
    behind = range(middle, min(end, middle + NEAREST_MAX // 2))
    before = range(middle - 1, max(-1, middle - 1 - NEAREST_MAX // 2), -1)
    both = [index for two in zip(behind, before, strict=False) for index in two]
    return [*both, *behind[len(before) :], *before[len(behind) :]]
