"""Which unit of a changed text is which unit of the text before.

A unit's id outlives changes of its words, so that its translation can be found again:

1. Same kind and same text: the same unit, wherever it stands now.
2. Otherwise the closest unit of the same kind that is left over, if it is close enough.
3. Otherwise a new unit, with an id that was never used in this section.

Matching stays within one section: across a page, "What are the benefits?" is closest to "What are
the risks?".
"""

from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from rapidfuzz.fuzz import ratio

from content.records.message import Message

#: Characters of a unit id.
UNIT_ID_LENGTH = 8
#: How alike two texts must be, 0 to 100, to count as one unit that was edited.
ALIKE_MIN = 60.0


@dataclass(frozen=True)
class _Pair:
    score: float
    distance: int
    old: int
    new: int


def assign(
    section: str, number: int, before: Sequence[Message], now: Sequence[tuple[str, str]]
) -> list[str]:
    """A unit id for each (kind, text) of `now`, given the messages of the version before.

    The same section, number and texts give the same ids, on every machine.
    """
    ids: list[str | None] = [None] * len(now)
    left = _take_equal(before, now, ids)
    _take_close(before, left, now, ids)
    used = {message.unit for message in before} | {unit for unit in ids if unit}
    for place, (kind, text) in enumerate(now):
        if ids[place] is None:
            ids[place] = _mint(section, number, kind, text, used)
    return [unit for unit in ids if unit is not None]


def shared_unit(kind: str, text: str) -> str:
    """The id of a fact that many sections of a page share, so that it is translated once."""
    return _name("page", kind, text)


def _take_equal(
    before: Sequence[Message], now: Sequence[tuple[str, str]], ids: list[str | None]
) -> list[int]:
    waiting: dict[tuple[str, str], list[int]] = {}
    for place, message in enumerate(before):
        waiting.setdefault((message.kind, message.text), []).append(place)
    for place, key in enumerate(now):
        if waiting.get(key):
            ids[place] = before[waiting[key].pop(0)].unit
    return sorted(place for places in waiting.values() for place in places)


def _take_close(
    before: Sequence[Message],
    left: Sequence[int],
    now: Sequence[tuple[str, str]],
    ids: list[str | None],
) -> None:
    pairs = [
        _Pair(ratio(before[old].text, text), abs(old - new), old, new)
        for new, (kind, text) in enumerate(now)
        if ids[new] is None
        for old in left
        if before[old].kind == kind
    ]
    taken: set[int] = set()
    for pair in sorted(pairs, key=lambda pair: (-pair.score, pair.distance)):
        if pair.score < ALIKE_MIN:
            break
        if ids[pair.new] is None and pair.old not in taken:
            ids[pair.new] = before[pair.old].unit
            taken.add(pair.old)


def _mint(section: str, number: int, kind: str, text: str, used: set[str]) -> str:
    turn = 0
    while (unit := _name(section, str(number), kind, text, str(turn))) in used:
        turn += 1
    used.add(unit)
    return unit


def _name(*parts: str) -> str:
    digest = sha256("\0".join(parts).encode()).digest()
    return b32encode(digest).decode().lower()[:UNIT_ID_LENGTH]
