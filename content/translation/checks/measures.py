"""Units of a translation against those of its source: behind the same number, and in rates."""

import re
from collections import defaultdict
from collections.abc import Iterator

from content.translation.checks.attached_units import wide_units
from content.translation.checks.finding import Finding, error
from content.translation.checks.reading import NO_UNITS, Amount, Reading
from content.translation.checks.units import SYMBOLS, TIMES
from content.translation.checks.words import HINT

#: A number with every unit that it may have.
Measured = tuple[Amount, frozenset[str]]

_BELOW = re.compile(r"(?<=[^\W\d_])/\s?([^\W\d_]{1,4}[²³]?)(?![^\W\d_])")


def unit_findings(source: Reading, target: Reading) -> Iterator[Finding]:
    """Units that are not those of the source: behind the same number, and in `once a day`."""
    here, there = source.units_by_value, target.units_by_value
    differing = [value for value, units in here.items() if there.get(value, units) != units]
    if differing:
        ours, theirs = _by_value(source), _by_value(target)
        for value in differing:
            yield from _units_of_a_value(ours[value], theirs[value], source, target)
    ours_below, theirs_below = _denominators(source), _denominators(target)
    if ours_below - theirs_below and theirs_below - ours_below:
        yield error(
            "unit-changed",
            f"The translation counts per {_listed(theirs_below - ours_below)} and the source per"
            f" {_listed(ours_below - theirs_below)}; write the unit of the source.",
        )


def _denominators(reading: Reading) -> set[str]:
    """Units behind a stroke, as in `cells/kg`."""
    if "/" not in reading.plain:
        return set()
    return {SYMBOLS[sign] for sign in _BELOW.findall(reading.plain) if sign in SYMBOLS}


def _by_value(reading: Reading) -> dict[str, list[Measured]]:
    found: dict[str, list[Measured]] = defaultdict(list)
    for amount, wide in zip(reading.amounts, wide_units(reading), strict=True):
        if not amount.month:
            found[amount.value].append((amount, wide))
    return found


def _units_of_a_value(
    here: list[Measured], there: list[Measured], source: Reading, target: Reading
) -> Iterator[Finding]:
    ours, theirs = [amount for amount, _ in here], [amount for amount, _ in there]
    said = NO_UNITS.union(*(amount.units for amount in ours))
    said_there = NO_UNITS.union(*(amount.units for amount in theirs))
    wide = NO_UNITS.union(*(units for _, units in here))
    wide_there = NO_UNITS.union(*(units for _, units in there))
    lost = {unit for unit in said if not _is_among(unit, wide_there, target)}
    added = {unit for unit in said_there if not _is_among(unit, wide, source)}
    last = next((amount for amount in theirs if amount.units & added), theirs[-1])
    span, number = (last.start, last.end), target.text[last.start : last.end]
    if lost and added:
        yield error(
            "unit-changed",
            f"{number} is in {_listed(added)} in the translation and in {_listed(lost)} in the"
            " source; write the unit of the source.",
            span,
        )
    elif _is_asked_for(lost, ours) and _is_missed(lost, target):
        yield error(
            "unit-missing",
            f"The unit of {number}, {_listed(lost)} in the source, is missing; add it.",
            span,
        )
    elif added - TIMES and source.language.known:
        yield error(
            "unit-added",
            f"{number} has the unit {_listed(added - TIMES)} in the translation and none in the"
            " source; take it out or correct it.",
            span,
        )


def _is_asked_for(lost: set[str], ours: list[Amount]) -> bool:
    """Of `a year` and `one year` the unit may go, of `1 year` it may not."""
    return any(one.strength > HINT and one.units & lost for one in ours)


def _is_among(unit: str, units: frozenset[str], reading: Reading) -> bool:
    """Whether a unit is one of these; where only `5 mg` is written, `/kg` may be in words."""
    if unit in units:
        return True
    head, _, below = unit.partition("/")
    return bool(below) and head in units and "ilo" in reading.lower and below == "kg"


def _is_missed(lost: set[str], target: Reading) -> bool:
    """Signs have to stand behind their number; time has to be named somewhere."""
    if lost - TIMES:
        return target.language.known
    return lost <= target.language.stems.keys() and lost.isdisjoint(target.times_named)


def _listed(units: "set[str] | frozenset[str]") -> str:
    return " or ".join(f"{unit}s" if unit in TIMES else unit for unit in sorted(units))


def rate_findings(source: Reading, target: Reading) -> Iterator[Finding]:
    """`once a day` against `once a week`, `for a few months` against `a few years`."""
    if not (source.language.rates and target.language.rates):
        return
    ours = _rates(source)
    if not ours:
        return
    theirs = _rates(target)
    lost, added = ours - target.times_named, theirs - source.times_named
    if lost and added:
        yield error(
            "unit-changed",
            f"The translation speaks of {_listed(added)} where the source speaks of"
            f" {_listed(lost)}; write the unit of the source.",
        )


def _rates(reading: Reading) -> set[str]:
    words, language = reading.words, reading.language
    found = set()
    for index in reading.known:
        unit = reading.meaning(index).unit
        if unit in TIMES and (
            words[index] in language.adverbs or (index and words[index - 1] in language.rates)
        ):
            found.add(unit)
    return found
