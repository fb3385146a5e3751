"""Which numbers of two texts say the same."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from content.translation.checks.reading import Amount


class Match(NamedTuple):
    """What of two texts belongs together, and what is left over on either side. Frozen."""

    pairs: tuple[tuple[Amount, Amount], ...]
    lost: tuple[Amount, ...]
    added: tuple[Amount, ...]


def matched(source: Sequence[Amount], target: Sequence[Amount]) -> Match:
    """Which numbers say the same: by value, by what else they may mean, by their parts."""
    lost, added = [*source], [*target]
    pairs: list[tuple[Amount, Amount]] = []
    if lost and added:
        _pair(lost, added, pairs, strict=True)
        _pair(lost, added, pairs, strict=False)
        if any(amount.parts for amount in (*lost, *added)):
            _pair_parts(lost, added)
            _pair_parts(added, lost)
    said_there = {amount.value for _, amount in pairs}
    said_here = {amount.value for amount, _ in pairs}
    return Match(
        tuple(pairs),
        tuple(amount for amount in lost if amount.value not in said_there),
        tuple(amount for amount in added if amount.value not in said_here),
    )


def _pair(
    lost: list[Amount], added: list[Amount], pairs: list[tuple[Amount, Amount]], *, strict: bool
) -> None:
    """Take from both lists what has the same value; numbers in digits choose first."""
    waiting: dict[str, list[Amount]] = defaultdict(list)
    for amount in sorted(added, key=_weakest_first):
        for value in _values(amount, strict):
            waiting[value].append(amount)
    taken: set[int] = set()
    for one in sorted(lost, key=_weakest_first, reverse=True):
        for value in _values(one, strict):
            found = waiting.get(value, [])
            while found and found[-1].start in taken:
                found.pop()
            if found:
                other = found.pop()
                taken.add(other.start)
                pairs.append((one, other))
                lost.remove(one)
                break
    added[:] = [amount for amount in added if amount.start not in taken]


def _weakest_first(amount: Amount) -> tuple[int, int]:
    return amount.strength, -amount.start


def _values(amount: Amount, strict: bool) -> tuple[str, ...]:
    return (amount.value,) if strict else (amount.value, *amount.others)


def _pair_parts(whole: list[Amount], others: list[Amount]) -> None:
    """Take out what is one number on one side and several on the other: `01.03.2025`."""
    for amount in [*whole]:
        if not amount.parts:
            continue
        found: list[Amount] = []
        for part in amount.parts:
            other = next(
                (o for o in others if part in (o.value, *o.others) and o not in found), None
            )
            if other:
                found.append(other)
        if len(found) == len(amount.parts):
            whole.remove(amount)
            for other in found:
                others.remove(other)
