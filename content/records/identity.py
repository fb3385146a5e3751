"""Which unit of a changed text is which unit of the text before.

A unit's id outlives changes of its words, so that its translation can be found again:

1. Same kind and same text: the same unit, wherever it stands now.
2. Same kind and same words, other links or other formatting: the same unit.
3. Same kind, same place and the same words but for numbers: the same unit.
4. Otherwise the closest unit of the same kind that is left over, if it is that one edited
   (pairing.py). Of several that are equally close, the one that stood in the same place. What is
   closer to a text that stood elsewhere, though not close enough, is not given to a third one.
5. Otherwise a new unit, with an id that was never used in this section.

Matching stays within one section: across a page, "What are the benefits?" is closest to "What are
the risks?". What places are is told by the units that stayed: two places with the same ones
before and behind are the same.
"""

from base64 import b32encode
from collections.abc import Hashable, Iterable, Sequence
from hashlib import sha256

from content.records import likeness
from content.records.loose import Loose, take_equal, tell_places
from content.records.message import Message, bare
from content.records.pairing import take_edited

#: Characters of a unit id, of five bits each.
UNIT_ID_LENGTH = 8


def assign(
    section: str, number: int, before: Sequence[Message], now: Sequence[tuple[str, str]]
) -> list[str]:
    """A unit id for each (kind, text) of `now`, given the messages of the version before.

    The same section, number and texts give the same ids, on every machine.
    """
    found = _found(before, now)
    mint = _Mint(section, number, {message.unit for message in before})
    return [
        before[found[place]].unit if place in found else mint.unit(kind, text)
        for place, (kind, text) in enumerate(now)
    ]


def shared_unit(kind: str, text: str) -> str:
    """The id of a fact that many sections of a page share, so that it is translated once."""
    return _name("page", kind, text)


def _found(before: Sequence[Message], now: Sequence[tuple[str, str]]) -> dict[int, int]:
    """The places of units in `now`, and where each of them stood."""
    found: dict[int, int] = {}
    told = [(one.kind, one.text) for one in before]
    take_equal(enumerate(told), enumerate(now), found)  # rule 1
    taken = set(found.values())
    went = [(at, (one.kind, one.plain)) for at, one in enumerate(before) if at not in taken]
    came = [
        (at, (kind, bare(kind, text))) for at, (kind, text) in enumerate(now) if at not in found
    ]
    take_equal(went, came, found)  # rule 2
    taken = set(found.values())
    old = [Loose(at, likeness.read(*plain)) for at, plain in went if at not in taken]
    new = [Loose(at, likeness.read(*plain)) for at, plain in came if at not in found]
    tell_places(old, new, found)
    take_equal(_shapes(old), _shapes(new), found)  # rule 3
    taken = set(found.values())
    old = [one for one in old if one.place not in taken]
    new = [one for one in new if one.place not in found]
    if old and new:
        tell_places(old, new, found)
        take_edited(old, new, found)  # rule 4
    return found


def _shapes(texts: Iterable[Loose]) -> list[tuple[int, Hashable]]:
    return [(one.place, (one.kind, one.stayed_before, one.reading.shape)) for one in texts]


class _Mint:
    """New ids, made from the texts. An equal text takes the next turn."""

    def __init__(self, section: str, number: int, used: set[str]) -> None:
        self._version = section, str(number)
        self._used = used
        #: The turn of the next text that is equal: all before it are used.
        self._turns: dict[tuple[str, str], int] = {}

    def unit(self, kind: str, text: str) -> str:
        turn = self._turns.get((kind, text), 0)
        while (unit := _name(*self._version, kind, text, str(turn))) in self._used:
            turn += 1
        self._turns[kind, text] = turn + 1
        self._used.add(unit)
        return unit


def _name(*parts: str) -> str:
    digest = sha256("\0".join(parts).encode()).digest()
    told = digest[: (UNIT_ID_LENGTH * 5 + 7) // 8]  # what the id says of it
    return b32encode(told).decode().lower()[:UNIT_ID_LENGTH]
