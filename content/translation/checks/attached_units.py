"""The units of numbers: signs and words right behind them, and what they share."""

import re

from content.translation.checks.reading import BLANK, Amount, Reading, after_blanks
from content.translation.checks.units import BEFORE, SYMBOLS
from content.translation.checks.words import DIGITS, NONE

#: A number between two units of which only the second is written is at most this far before it.
SHARED_UNIT_CHARACTERS_MAX = 25
#: Words behind a number in which its unit may stand.
NEAR_WORDS_MAX = 5

_LETTERS = re.compile(r"[^\W\d_]{1,12}")
_SENTENCE_END = re.compile(r"[.;!?](?:\s|$)")
_BEFORE_ENDS = frozenset(sign[-1] for sign in BEFORE)
_YEAR = re.compile("(?:19|20)[0-9]{2}")


def with_unit(amount: Amount, reading: Reading) -> Amount:
    plain, language = reading.plain, reading.language
    if amount.month or amount.strength == NONE:
        return amount
    units = _before(amount, plain)
    place = after_blanks(plain, amount.end)
    match = None
    if plain[place : place + 1] in language.unit_beginnings:
        match = language.unit.match(plain, place)
    if match:
        units.add(_composed(match, reading))
    index = reading.starts.get(place)
    near: set[str] = set()
    if index is not None and reading.units:
        unit = reading.units.get(index)
        if unit and not match:
            units.add(unit + _denominator(reading.spans[index][1], reading))
        following = range(index, index + NEAR_WORDS_MAX)
        near = {reading.units[one] for one in following if one in reading.units}
    if amount.strength != DIGITS:
        own = language.unit_of(plain[amount.start : amount.end].lower())
        near |= {own} if own else set()
    if not units and not near:
        return amount
    return amount._replace(units=frozenset(units), near=frozenset(near))


def _before(amount: Amount, plain: str) -> set[str]:
    if not amount.in_digits:
        return set()
    before = plain[max(0, amount.start - 5) : amount.start].rstrip(BLANK)
    if not before or before[-1] not in _BEFORE_ENDS:
        return set()
    found = {unit for sign, unit in BEFORE.items() if before.endswith(sign)}
    if "%" in found and before[:-1].rstrip(BLANK)[-1:].isdigit():
        return set()  # `95 % 0,4`: the sign belongs to the number before it
    return found


def _composed(match: "re.Match[str]", reading: Reading) -> str:
    unit = SYMBOLS.get(match[0]) or reading.language.words[match[0]].unit
    return unit + _denominator(match.end(), reading)


def _denominator(end: int, reading: Reading) -> str:
    """`/kg` after `5 mg`, written in any way; time is no part of a unit here."""
    per = reading.language.per.match(reading.plain, end)
    if not per:
        return ""
    sign = reading.language.unit.match(reading.plain, per.end())
    if sign and (unit := SYMBOLS.get(sign[0])):
        return f"/{unit}"
    word = _LETTERS.match(reading.plain, per.end())
    said = reading.language.words.get(word[0].lower()) if word else None
    return f"/{said.unit}" if said and said.unit in ("kg", "l", "ml", "g") else ""


def with_shared_units(found: list[Amount], reading: Reading) -> list[Amount]:
    """`5 to 10 mg`: the unit of the second number may be that of the first."""
    for index in range(len(found) - 2, -1, -1):
        one, other = found[index], found[index + 1]
        if not other.units and (not other.near or _YEAR.fullmatch(other.value)):
            continue  # `1.4% between 2001 and 2010`
        gap = reading.plain[one.end : other.start]
        if len(gap) <= SHARED_UNIT_CHARACTERS_MAX and not _SENTENCE_END.search(gap):
            found[index] = one._replace(near=one.near | other.wide)
    return found
