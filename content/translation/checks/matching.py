"""Which numbers of two texts say the same."""

from collections import defaultdict
from collections.abc import Sequence
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
    if _same_in_order(source, target):
        return Match(tuple(zip(source, target, strict=True)), (), ())
    lost, added = [*source], [*target]
    pairs: list[tuple[Amount, Amount]] = []
    if lost and added:
        _pair(lost, added, pairs, strict=True)
        _pair(lost, added, pairs, strict=False)
        if any(amount.parts for amount in (*lost, *added)):
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


def _same_in_order(source: Sequence[Amount], target: Sequence[Amount]) -> bool:
    """Whether both say the same numbers in digits, each once: then there is nothing to choose."""
    if len(source) != len(target):
        return False
    values = [one.value for one in source]
    return (
        values == [other.value for other in target]
        and len(set(values)) == len(values)
        and all(amount.in_digits for amount in (*source, *target))
    )


def _pair(
    lost: list[Amount], added: list[Amount], pairs: list[tuple[Amount, Amount]], *, strict: bool
) -> None:
    """Take from both lists what has the same value; numbers in digits choose first."""
    waiting: dict[str, list[Amount]] = defaultdict(list)
    for amount in sorted(added, key=_weakest_first):
        for value in _values(amount, strict):
            waiting[value].append(amount)
    gone: set[int] = set()
    taken: set[int] = set()
    for one in sorted(lost, key=_weakest_first, reverse=True):
        for value in _values(one, strict):
            found = waiting.get(value, [])
            while found and id(found[-1]) in taken:
                found.pop()
            if found:
                other = found.pop()
                taken.add(id(other))
                gone.add(id(one))
                pairs.append((one, other))
                break
    lost[:] = [amount for amount in lost if id(amount) not in gone]
    added[:] = [amount for amount in added if id(amount) not in taken]


def _weakest_first(amount: Amount) -> tuple[int, int]:
    return amount.strength, -amount.start


def _values(amount: Amount, strict: bool) -> tuple[str, ...]:
    return (amount.value,) if strict else (amount.value, *amount.others)


def _pair_parts(whole: list[Amount], others: list[Amount]) -> None:
    """Take out what is one number on one side and several on the other: `01.03.2025`."""
    waiting: dict[str, list[Amount]] = defaultdict(list)
    for other in others:
        for value in _values(other, strict=False):
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
