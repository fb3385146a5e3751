"""Which numbers of two texts say the same."""

from collections import defaultdict
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from content.translation.checks.reading import Amount

#: Of equal numbers, how many are looked at for the part of another.
PARTS_LOOKED_AT_MAX = 8


class Match(NamedTuple):
    """What of two texts belongs together, and what is left over on either side. Frozen."""

    pairs: tuple[tuple[Amount, Amount], ...]
    lost: tuple[Amount, ...]
    added: tuple[Amount, ...]


def matched(source: Sequence[Amount], target: Sequence[Amount]) -> Match:
    """Which numbers say the same: by value, by what else they may mean, by their parts.

    A number said once more or less than in the source is no mistake, unless another one is too:
    then one of them stands where the other should.
    """
    pairs = _equal(source, target)
    if len(pairs) == len(source) == len(target):
        return Match(tuple(pairs), (), ())
    ours, theirs = {id(one) for one, _ in pairs}, {id(other) for _, other in pairs}
    lost = [one for one in source if id(one) not in ours]
    added = [other for other in target if id(other) not in theirs]
    if lost and added:
        _pair_meant(lost, added, pairs)
    if lost and added:
        _pair_parts(lost, added)
        _pair_parts(added, lost)
    if any(one.in_digits for one in lost) and any(other.in_digits for other in added):
        return Match(tuple(pairs), tuple(lost), tuple(added))
    said_there = {amount.value for _, amount in pairs}
    said_here = {amount.value for amount, _ in pairs}
    return Match(
        tuple(pairs),
        tuple(amount for amount in lost if amount.value not in said_there),
        tuple(amount for amount in added if amount.value not in said_here),
    )


def _equal(source: Sequence[Amount], target: Sequence[Amount]) -> list[tuple[Amount, Amount]]:
    """Pairs of the same value; numbers in digits choose first."""
    waiting: dict[str, list[Amount]] = defaultdict(list)
    for amount in reversed(_strongest_first(target)):
        waiting[amount.value].append(amount)
    return [
        (one, found.pop()) for one in _strongest_first(source) if (found := waiting.get(one.value))
    ]


def _pair_meant(
    lost: list[Amount], added: list[Amount], pairs: list[tuple[Amount, Amount]]
) -> None:
    """Take from both lists what may have the same value."""
    waiting: dict[str, list[Amount]] = defaultdict(list)
    for amount in reversed(_strongest_first(added)):
        for value in _meant(amount):
            waiting[value].append(amount)
    gone: set[int] = set()
    for one in _strongest_first(lost):
        for value in _meant(one):
            found = waiting.get(value, [])
            while found and id(found[-1]) in gone:
                found.pop()
            if found:
                other = found.pop()
                gone.update((id(one), id(other)))
                pairs.append((one, other))
                break
    lost[:] = [amount for amount in lost if id(amount) not in gone]
    added[:] = [amount for amount in added if id(amount) not in gone]


def _strongest_first(amounts: Sequence[Amount]) -> list[Amount]:
    """And among equals in the order of the text, in which they come."""
    return sorted(amounts, key=attrgetter("strength"), reverse=True)


def _meant(amount: Amount) -> tuple[str, ...]:
    return (amount.value, *amount.others)


def _pair_parts(whole: list[Amount], others: list[Amount]) -> None:
    """Take out what is one number on one side and several on the other: `01.03.2025`."""
    waiting: dict[str, list[Amount]] = defaultdict(list)
    for other in others:
        for value in _meant(other):
            waiting[value].append(other)
    gone: set[int] = set()
    for amount in whole:
        found: list[Amount] = []
        for part in amount.parts:
            free = [o for o in waiting.get(part, [])[:PARTS_LOOKED_AT_MAX] if id(o) not in gone]
            found += [other for other in free if other not in found][:1]
        if amount.parts and len(found) == len(amount.parts):
            gone.update(map(id, (amount, *found)))
    whole[:] = [amount for amount in whole if id(amount) not in gone]
    others[:] = [other for other in others if id(other) not in gone]
