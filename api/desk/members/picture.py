"""How each member stands, as bars: which share of its texts is in which state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from content.syndication.overview import URGENCY
from content.syndication.standing import State

#: What is there is seen: no part of a bar is narrower, in percent.
PART_MIN = 4.0


@dataclass(frozen=True)
class Part:
    """A part of a bar: where it begins, how wide it is, in percent, and for how many. Frozen."""

    state: State
    x: float
    width: float
    count: int


def bar(counts: Mapping[State, int]) -> Sequence[Part]:
    """The most urgent first; nothing where there is nothing."""
    held = [(state, counts[state]) for state in URGENCY if counts[state]]
    total = sum(count for _, count in held)
    wide = [max(PART_MIN, 100 * count / total) for _, count in held]
    parts, x = [], 0.0
    for (state, count), share in zip(held, wide, strict=True):
        width = 100 * share / sum(wide)
        parts.append(Part(state, round(x, 2), round(width, 2), count))
        x += width
    return parts
