"""The units of numbers: signs and words right behind them, and what they share."""

import re

from content.translation.checks.language import Language
from content.translation.checks.reading import (
    BLANK,
    HYPHEN,
    NO_UNITS,
    Amount,
    Reading,
    after_blanks,
)
from content.translation.checks.units import BEFORE, SYMBOLS
from content.translation.checks.words import NONE

#: A number between two units of which only the second is written is at most this far before it.
SHARED_UNIT_CHARACTERS_MAX = 25
#: Words behind a number in which its unit may stand.
NEAR_WORDS_MAX = 5

_LETTERS = re.compile(r"[^\W\d_]{1,12}")
_SENTENCE_END = re.compile(r"[.;!?](?:\s|$)")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_LONGEST_BEFORE = 5
_SIGN_BEFORE = re.compile(
    f"[{''.join({re.escape(sign[-1]) for sign in BEFORE})}][{re.escape(BLANK)}]{{0,4}}\\d"
)


def with_unit(amount: Amount, reading: Reading) -> Amount:
    if amount.month or amount.strength == NONE:
        return amount
    units = units_behind(after_blanks(reading.plain, amount.end), reading)
    if amount.in_digits:
        units |= units_before(amount.start, reading.plain)
    return amount._replace(units=units) if units else amount


def has_unit_before(plain: str) -> bool:
    """Whether a number of a text may have its unit before it."""
    return bool(_SIGN_BEFORE.search(plain))


def units_before(start: int, plain: str) -> frozenset[str]:
    """The unit before a number."""
    before = plain[max(0, start - _LONGEST_BEFORE) : start].rstrip(BLANK)
    found = frozenset(unit for sign, unit in BEFORE.items() if before.endswith(sign))
    if "%" in found and before[:-1].rstrip(BLANK)[-1:].isdigit():
        return NO_UNITS  # `95 % 0,4`: the sign belongs to the number before it
    return found


def units_behind(place: int, reading: Reading) -> frozenset[str]:
    """The unit at a place right behind a number and its blank."""
    plain, language = reading.plain, reading.language
    if sign := language.unit.match(plain, place):
        unit = SYMBOLS.get(sign[0]) or language.words[sign[0]].unit
        return frozenset({unit + _denominator(sign.end(), reading)})
    word = reading.word_at(place)
    unit = unit_of(word[0].lower(), language) if word else ""
    if not word or not unit:
        return NO_UNITS
    return frozenset({unit + _denominator(word.end(), reading)})


def may_be_unit(behind: str, language: Language) -> bool:
    """Whether a word or the one sign behind a number may be its unit, or begin it."""
    begins = HYPHEN.split(behind, 1)[0] in language.unit_beginnings
    return begins or bool(unit_of(behind.lower(), language))


def unit_of(word: str, language: Language) -> str:
    """The unit that a word stands for, also as a part of it: `Jahres-Studie`, `zehnjährig`."""
    known = language.words.get(word)
    if known and known.unit:
        return known.unit
    if "-" in word:
        pieces = word.split("-")
        units = (unit_of(piece, language) for piece in (pieces[0], pieces[-1]))
        return next(filter(None, units), "")
    if language.compounds and len(word) > 3 and language.any_stem.search(word):
        return next((unit for unit, stem in language.stems.items() if stem.search(word)), "")
    return ""


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


def wide_units(reading: Reading) -> list[frozenset[str]]:
    """Every unit that each number may have: its own, one a little further on, the next number's.

    `5 to 10 mg`: the unit of the second number may be that of the first.
    """
    amounts = reading.amounts
    found = [amount.units | _near(amount, reading) for amount in amounts]
    for index in range(len(amounts) - 2, -1, -1):
        one, other = amounts[index], amounts[index + 1]
        if _YEAR.fullmatch(other.value) and not other.units:
            continue  # `1.4% between 2001 and 2010`
        gap = reading.plain[one.end : other.start]
        if len(gap) <= SHARED_UNIT_CHARACTERS_MAX and not _SENTENCE_END.search(gap):
            found[index] |= found[index + 1]
    return found


def _near(amount: Amount, reading: Reading) -> set[str]:
    """Units in a number and in the words behind it."""
    if amount.month or amount.strength == NONE:
        return set()
    plain = reading.plain
    place = after_blanks(plain, amount.end)
    words = [] if amount.in_digits else [plain[amount.start : amount.end].lower()]
    if reading.word_at(place):
        words += reading.words_from(place, NEAR_WORDS_MAX)
    return {unit for word in words if (unit := unit_of(word, reading.language))}
