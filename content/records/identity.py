"""Which unit of a changed text is which unit of the text before.

A unit's id outlives changes of its words, so that its translation can be found again:

1. Same kind and same text: the same unit, wherever it stands now.
2. Same kind and same words, other links or other formatting: the same unit.
3. Same kind, same place and the same words but for numbers: the same unit.
4. Otherwise the closest unit of the same kind that is left over, if it is that one edited
   (likeness.py). Of several that are equally close, the one that stood in the same place. What is
   closer to a text that stood elsewhere, though not close enough, is not given to a third one.
5. Otherwise a new unit, with an id that was never used in this section.

Matching stays within one section: across a page, "What are the benefits?" is closest to "What are
the risks?". What places are is told by the units that stayed: two places with the same ones
before and behind are the same.
"""

from base64 import b32encode
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from heapq import heapify, heappop, heappush
from itertools import islice
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from content.records import likeness
from content.records.likeness import ALIKE_MIN, Place, Reading
from content.records.message import Message, bare

#: Characters of a unit id.
UNIT_ID_LENGTH = 8
#: Changed units of its kind, the nearest ones, that a changed unit is compared with. One that was
#: edited and carried farther, past more changed ones, is a new unit.
NEAREST_MAX = 64
#: The closest of those that are looked at word by word.
CLOSEST_MAX = 5


@dataclass
class _Text:
    """A text while its partner is looked for. It is told where it stands once others are found."""

    place: int
    kind: str
    text: str
    #: How many of the units that stayed stand before it, and how far behind the last one it is.
    stayed_before: int = 0
    behind: int = 0

    @cached_property
    def plain(self) -> str:
        return bare(self.kind, self.text)

    @cached_property
    def reading(self) -> Reading:
        return likeness.read(self.kind, self.plain)

    @property
    def step(self) -> tuple[int, int]:
        return self.stayed_before, self.behind

    @property
    def gap(self) -> tuple[str, int]:
        return self.kind, self.stayed_before


#: Closest first; then what stands in its place, and keeps the order.
_Rank = tuple[float, bool, int, int, int]


class _Pair(NamedTuple):
    """A text that went and one that came, perhaps the same one."""

    rank: _Rank
    old: int
    new: int
    edited: bool


def assign(
    section: str, number: int, before: Sequence[Message], now: Sequence[tuple[str, str]]
) -> list[str]:
    """A unit id for each (kind, text) of `now`, given the messages of the version before.

    The same section, number and texts give the same ids, on every machine.
    """
    old = [_Text(place, one.kind, one.text) for place, one in enumerate(before)]
    new = [_Text(place, kind, text) for place, (kind, text) in enumerate(now)]
    found: dict[int, int] = {}
    _take_equal(old, new, found, lambda one: one.text)  # rule 1
    old, new = _left(old, new, found)
    _take_equal(old, new, found, lambda one: one.plain)  # rule 2
    old, new = _in_their_places(*_left(old, new, found), found)
    _take_equal(old, new, found, lambda one: (one.gap, one.reading.shape))  # rule 3
    old, new = _in_their_places(*_left(old, new, found), found)
    _take_edited(old, new, found)  # rule 4
    used = {message.unit for message in before}
    return [
        before[found[place]].unit if place in found else _mint(section, number, kind, text, used)
        for place, (kind, text) in enumerate(now)
    ]


def shared_unit(kind: str, text: str) -> str:
    """The id of a fact that many sections of a page share, so that it is translated once."""
    return _name("page", kind, text)


def _left(
    old: Sequence[_Text], new: Sequence[_Text], found: Mapping[int, int]
) -> tuple[list[_Text], list[_Text]]:
    """What has no partner yet, on both sides."""
    taken = set(found.values())
    return (
        [one for one in old if one.place not in taken],
        [one for one in new if one.place not in found],
    )


def _in_their_places(
    old: list[_Text], new: list[_Text], found: Mapping[int, int]
) -> tuple[list[_Text], list[_Text]]:
    """The same texts, each told where it stands among those that stayed."""
    new_stayed, old_stayed = _stayed(found)
    for texts, stayed in ((old, old_stayed), (new, new_stayed)):
        for one in texts:
            one.stayed_before = bisect_left(stayed, one.place)
            last = stayed[one.stayed_before - 1] if one.stayed_before else -1
            one.behind = one.place - last
    return old, new


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


def _take_equal(
    old: Sequence[_Text],
    new: Sequence[_Text],
    found: dict[int, int],
    what: Callable[[_Text], Hashable],
) -> None:
    waiting: dict[tuple[str, Hashable], list[int]] = {}
    for one in reversed(old):
        waiting.setdefault((one.kind, what(one)), []).append(one.place)
    for one in new:
        if places := waiting.get((one.kind, what(one))):
            found[one.place] = places.pop()


def _take_edited(old: Sequence[_Text], new: Sequence[_Text], found: dict[int, int]) -> None:
    """The best pair of all first; then the best of what is left."""
    gone: set[int] = set()
    # The best pair of each new text, and where its next ones come from: most are never asked for.
    waiting = [(pair, others) for others in _offers(old, new) for pair in _next(others)]
    heapify(waiting)  # ranks differ, so nothing but they is compared
    while waiting:
        pair, others = heappop(waiting)
        if pair.old not in gone:
            gone.add(pair.old)
            if pair.edited:
                found[pair.new] = pair.old
        else:
            for following in _next(others):
                heappush(waiting, (following, others))


def _next(pairs: Iterator[_Pair]) -> list[_Pair]:
    """One more of them, if there is one."""
    return list(islice(pairs, 1))


def _offers(old: Sequence[_Text], new: Sequence[_Text]) -> Iterator[Iterator[_Pair]]:
    """The pairs of each new text, the best first."""
    crowd = Counter(one.gap for one in old), Counter(one.gap for one in new)
    # Places where one text alone went and one alone came.
    alone = {gap for gap in crowd[0] if crowd[0][gap] == crowd[1][gap] == 1}
    for kind in sorted({one.kind for one in old}):
        left = [one for one in old if one.kind == kind]
        steps = [one.step for one in left]
        for one in new:
            if one.kind == kind:
                middle = bisect_left(steps, one.step)
                near = [left[index] for index in _nearest(middle, len(left))]
                yield _pairs(near, one, alone)


def _pairs(near: Sequence[_Text], new: _Text, alone: Set[tuple[str, int]]) -> Iterator[_Pair]:
    """The best first. Compared word by word only as far as somebody goes on asking."""
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
        place = Place.ELSEWHERE
        if old.gap == new.gap:
            place = Place.ALONE if old.gap in alone else Place.AMONG
        edited = likeness.is_edited(old.reading, new.reading, place)
        if edited or place is Place.ELSEWHERE:
            yield _Pair(rank, old.place, new.place, edited)


def _rank(score: float, old: _Text, new: _Text) -> _Rank:
    if old.gap == new.gap:
        return -score, False, abs(old.behind - new.behind), new.place, old.place
    return -score, True, abs(old.stayed_before - new.stayed_before), new.place, old.place


def _nearest(middle: int, end: int) -> list[int]:
    """The numbers up to `end` around the middle, the nearest first."""
    behind = range(middle, min(end, middle + NEAREST_MAX // 2))
    before = range(middle - 1, max(-1, middle - 1 - NEAREST_MAX // 2), -1)
    both = [index for two in zip(behind, before, strict=False) for index in two]
    return [*both, *behind[len(before) :], *before[len(behind) :]]


def _mint(section: str, number: int, kind: str, text: str, used: set[str]) -> str:
    turn = 0
    while (unit := _name(section, str(number), kind, text, str(turn))) in used:
        turn += 1
    used.add(unit)
    return unit


def _name(*parts: str) -> str:
    digest = sha256("\0".join(parts).encode()).digest()
    return b32encode(digest).decode().lower()[:UNIT_ID_LENGTH]
