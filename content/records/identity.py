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
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

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


@dataclass(frozen=True)
class _Pair:
    score: float
    edited: bool
    moved: bool
    distance: int
    old: int
    new: int

    @property
    def rank(self) -> tuple[float, bool, int, int, int]:
        """Closest first; then what stands in its place, and keeps the order."""
        return -self.score, self.moved, self.distance, self.new, self.old


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
    gone: set[int] = set()
    come: set[int] = set()
    for pair in sorted(_pairs(old, new), key=lambda pair: pair.rank):
        if pair.new not in come and pair.old not in gone:
            come.add(pair.new)
            gone.add(pair.old)
            if pair.edited:
                found[pair.new] = pair.old


def _pairs(old: Sequence[_Text], new: Sequence[_Text]) -> Iterator[_Pair]:
    crowd = Counter(one.gap for one in old), Counter(one.gap for one in new)
    alone = {gap for gap in crowd[0] if crowd[0][gap] == crowd[1][gap] == 1}
    for kind in sorted({one.kind for one in old}):
        left = [one for one in old if one.kind == kind]
        steps = [one.step for one in left]
        shapes = [one.reading.shape for one in left]
        for one in new:
            if one.kind == kind:
                near = _nearest(bisect_left(steps, one.step), len(left))
                for index in _closest(one.reading.shape, shapes, near):
                    pair = _pair(left[index], one, alone)
                    if pair.edited or pair.moved:
                        yield pair


def _nearest(middle: int, end: int) -> list[int]:
    """The numbers up to `end` around the middle, the nearest first."""
    behind = range(middle, min(end, middle + NEAREST_MAX // 2))
    before = range(middle - 1, max(-1, middle - 1 - NEAREST_MAX // 2), -1)
    both = [index for two in zip(behind, before, strict=False) for index in two]
    return [*both, *behind[len(before) :], *before[len(behind) :]]


def _closest(shape: str, shapes: Sequence[str], near: Sequence[int]) -> Iterator[int]:
    found = process.extract(
        shape,
        [shapes[index] for index in near],
        scorer=ratio,
        score_cutoff=ALIKE_MIN,
        limit=CLOSEST_MAX,
    )
    return (near[index] for _, _, index in found)


def _pair(old: _Text, new: _Text, alone: set[tuple[str, int]]) -> _Pair:
    place = Place.ELSEWHERE
    if old.gap == new.gap:
        place = Place.ALONE if old.gap in alone else Place.AMONG
    return _Pair(
        score=ratio(old.reading.shape, new.reading.shape),
        edited=likeness.is_edited(old.reading, new.reading, place),
        moved=place is Place.ELSEWHERE,
        distance=_distance(old, new),
        old=old.place,
        new=new.place,
    )


def _distance(old: _Text, new: _Text) -> int:
    if old.gap == new.gap:
        return abs(old.behind - new.behind)
    return abs(old.stayed_before - new.stayed_before)


def _mint(section: str, number: int, kind: str, text: str, used: set[str]) -> str:
    turn = 0
    while (unit := _name(section, str(number), kind, text, str(turn))) in used:
        turn += 1
    used.add(unit)
    return unit


def _name(*parts: str) -> str:
    digest = sha256("\0".join(parts).encode()).digest()
    return b32encode(digest).decode().lower()[:UNIT_ID_LENGTH]
