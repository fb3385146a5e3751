"""Units of a translation against those of its source: behind the same number, and in rates."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from content.translation.checks.finding import Finding, error
from content.translation.checks.reading import Amount, Reading
from content.translation.checks.units import SYMBOLS, TIMES
from content.translation.checks.words import HINT

_BELOW = re.compile(r"(?<=[^\W\d_])/\s?([^\W\d_]{1,4}[²³]?)(?![^\W\d_])")


def unit_findings(source: Reading, target: Reading) -> Iterator[Finding]:
    """Units that are not those of the source: behind the same number, and in `once a day`."""
    here, there = _by_value(source.amounts), _by_value(target.amounts)
    for value, ours in here.items():
        theirs = there.get(value)
        if theirs:
            yield from _units_of_a_value(ours, theirs, source, target)
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


def _by_value(amounts: Sequence[Amount]) -> dict[str, list[Amount]]:
    found: dict[str, list[Amount]] = defaultdict(list)
    for amount in amounts:
        if not amount.month:
            found[amount.value].append(amount)
    return found


def _units_of_a_value(
    ours: list[Amount], theirs: list[Amount], source: Reading, target: Reading
) -> Iterator[Finding]:
    said = frozenset().union(*(amount.units for amount in ours))
    said_there = frozenset().union(*(amount.units for amount in theirs))
    if said == said_there:
        return
    wide = frozenset().union(*(amount.wide for amount in ours))
    wide_there = frozenset().union(*(amount.wide for amount in theirs))
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
    stems = target.language.stems
    return all(unit in stems and not stems[unit].search(target.lower) for unit in lost)


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
    lost, added = ours - _times_named(target), theirs - _times_named(source)
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


def _times_named(reading: Reading) -> set[str]:
    stems = reading.language.stems
    return {unit for unit, stem in stems.items() if stem.search(reading.lower)}
