"""Numbers in digits, with what follows and changes them: `1a`, `1990s`, `2 million`, `8 pm`."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from content.translation.checks.attached_units import (
    has_unit_before,
    may_be_unit,
    units_before,
    units_behind,
    with_unit,
)
from content.translation.checks.kept import Kept
from content.translation.checks.language import KEPT_MAX as LANGUAGES_MAX
from content.translation.checks.language import Language
from content.translation.checks.literals import LITERAL, literals
from content.translation.checks.reading import (
    BLANK,
    GAP,
    HYPHEN,
    NO_UNITS,
    WORD,
    Amount,
    Reading,
    after_blanks,
)
from content.translation.checks.words import DIGITS, HALF_WORDS_MAX, spelled

#: Longer ones are compared as they are, and not computed with.
COMPUTED_DIGITS_MAX = 30
#: Words of which it is known what they are behind a number, of each language.
KEPT_MAX = 16_384

_VULGAR = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5",
    "⅗": "3/5", "⅘": "4/5", "⅙": "1/6", "⅚": "5/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8",
    "⅞": "7/8", "⅒": "1/10",
}  # fmt: skip
_FRACTION = re.compile(f"[{''.join(_VULGAR)}]")
#: With the blank and the word or the one sign behind it.
_NUMBER = re.compile(rf"{LITERAL}(?=({GAP}(?:{WORD}|[^\w\s])?))")
_LETTERS = re.compile(r"[^\W\d_]{1,12}")
_LETTERED = frozenset("abc")
_ENDINGS = frozenset({"s", "er", "ern"})
_MINUS = frozenset("-−–")
_APOSTROPHES = frozenset("'’")
#: What has to stand right before or right behind a number to change it; `00` is changed by more.
_CHANGING_BEFORE = _MINUS | _APOSTROPHES | {"."}
_CHANGING_BEHIND = _LETTERED | {ending[0] for ending in _ENDINGS} | _VULGAR.keys()
_NOUGHTS = "00"
#: `pm`, `p.m.`: what may be written behind a time.
_CLOCK_WORD = re.compile(r"[^\W\d_]{1,12}(?:\.[^\W\d_])?")
_MINUTES = re.compile(r":[0-5][0-9](?![0-9])")
#: What stands before the minutes of `9:00` and `9 h 00`.
_HOUR = re.compile(r"[0-9](?::|[ \u00a0\u202f]?h[ \u00a0\u202f]?)$")
#: What stands before `.38`, which is 0.38.
_BARE_POINT = re.compile(r"(?:^|[\s=<>≤≥~(\[])\.$")


class Behind(NamedTuple):
    """What a word or the one sign behind a number may do, with the blank before it. Frozen."""

    changes: bool
    measures: bool


def in_digits(reading: Reading) -> Iterator[Amount]:
    """Numbers in digits with their units."""
    plain, language = reading.plain, reading.language
    meanings, behinds = literals(language), _behinds(language)
    halves = not language.halves.isdisjoint(reading.words)
    units_may_be_before = has_unit_before(plain)
    for match in _outside_names(reading) if reading.mixed else _NUMBER.finditer(plain):
        raw, behind = match.group(0, 1)
        start, end = match.span()
        changes, measures = behinds[behind]
        if changes or halves or plain[start - 1 : start] in _CHANGING_BEFORE or raw == _NOUGHTS:
            for one in _changed(match, reading):
                yield with_unit(one, reading)
            continue
        value, others, parts, good = meanings[raw]
        units = units_behind(after_blanks(plain, end), reading) if measures else NO_UNITS
        if units_may_be_before:
            units |= units_before(start, plain)
        yield Amount(value, DIGITS, start, end, others, parts, good, False, units)
    if not plain.isascii():
        for one in _fractions(plain):
            yield with_unit(one, reading)


def _outside_names(reading: Reading) -> Iterator["re.Match[str]"]:
    """Every number but those in names: the 2 of IL-2."""
    inside = 0
    for begin, (end, _) in sorted(reading.mixed.items()):
        while (match := _NUMBER.search(reading.plain, inside)) and match.start() < begin:
            yield match
            inside = match.end()
        inside = end
    yield from _NUMBER.finditer(reading.plain, inside)


@lru_cache(LANGUAGES_MAX)
def _behinds(language: Language) -> Kept[Behind]:
    """What each word or sign behind a number may do in a language."""

    def of(behind: str) -> Behind:
        word = behind[after_blanks(behind, 0) :]
        changes = behind[:1] in _CHANGING_BEHIND or _may_change(word, language)
        return Behind(changes, may_be_unit(word, language))

    return Kept(of, KEPT_MAX)


def _may_change(behind: str, language: Language) -> bool:
    """Whether a word or the one sign behind a number may change it: `million`, `pm`, `:30 pm`."""
    if behind == ":":
        return bool(language.clock)
    word = behind.lower()
    meaning = language.words.get(word)
    if meaning and meaning.power:
        return True
    first = HYPHEN.split(word, 1)[0]
    return any(said.split(".")[0] == first for said in language.clock)


def _changed(match: "re.Match[str]", reading: Reading) -> Iterator[Amount]:
    """What a number is with all that stands around it; several numbers, or none."""
    plain, raw = reading.plain, match[0]
    start, end = match.span()
    if raw == _NOUGHTS and _HOUR.search(plain, max(0, start - 4), start):
        return  # `9:00` is nine
    value, others, parts, good = literals(reading.language)[raw]
    if _lacks_a_nought(raw, start, reading):
        value = spelled(Decimal(f"0.{raw}"))
    negative = plain[start - 1 : start] in _MINUS and _is_negative(plain, start)
    if negative:
        value, others = f"-{value}", (value, *others)
    amount = Amount(value, DIGITS, start, end, others, parts, good, negative)
    amount = _with_ending(_with_fraction(amount, plain), reading)
    if len(amount.parts) == 2:
        yield from _at_the_clock(amount, reading)
    else:
        yield amount


def _fractions(plain: str) -> Iterator[Amount]:
    for match in _FRACTION.finditer(plain):
        if _is_mixed_fraction(plain, match.start()):
            continue
        above, below = _VULGAR[match[0]].split("/")
        value = _decimal_of(match[0]) or match[0]
        yield Amount(value, DIGITS, match.start(), match.end(), (), (above, below))


def _decimal_of(fraction: str) -> str:
    """½ as 0.5; nothing for thirds, sixths and the like."""
    above, below = _VULGAR[fraction].split("/")
    return "" if below in "369" else spelled(Decimal(above) / Decimal(below))


def _is_mixed_fraction(plain: str, start: int) -> bool:
    """`1½` is one number; thirds have no decimal, and stay by themselves."""
    return plain[max(0, start - 1) : start].isdigit() and bool(_decimal_of(plain[start]))


def _lacks_a_nought(digits: str, start: int, reading: Reading) -> bool:
    """`.38`, as English statistics are written."""
    if not (digits.isdecimal() and "." in reading.language.decimals):
        return False
    return bool(_BARE_POINT.search(reading.plain, max(0, start - 2), start))


def _with_fraction(amount: Amount, plain: str) -> Amount:
    """`1½` is 1.5."""
    if not plain[amount.end : amount.end + 1] or not _FRACTION.match(plain, amount.end):
        return amount
    fraction = _decimal_of(plain[amount.end])
    if not (fraction and amount.value.isdigit()):
        return amount
    value = spelled(Decimal(amount.value) + Decimal(fraction))
    return amount._replace(value=value, parts=(amount.value, fraction), end=amount.end + 1)


def is_at_the_clock(end: int, reading: Reading) -> bool:
    """Whether `pm`, `p.m.` or `Uhr` stands behind a number, perhaps with minutes between."""
    if not reading.language.clock:
        return False
    minutes = _MINUTES.match(reading.plain, end)
    end = minutes.end() if minutes else end
    said = _CLOCK_WORD.match(reading.plain, after_blanks(reading.plain, end))
    return said is not None and said[0].lower() in reading.language.clock


def _at_the_clock(amount: Amount, reading: Reading) -> Iterator[Amount]:
    """`7.30 pm` is seven and thirty."""
    if not is_at_the_clock(amount.end, reading):
        yield amount
        return
    hour, minute = amount.parts
    later = (str(int(hour) + 12),) if len(hour) < 3 else ()
    yield amount._replace(value=hour, others=later, parts=(), good=True)
    if minute == "0":
        return  # `9.00 Uhr` is nine
    yield amount._replace(value=minute, others=(), parts=(), start=amount.end - 1, good=True)


def _is_negative(plain: str, start: int) -> bool:
    """Whether the minus or dash before a number is a minus, and not a dash between two."""
    before = plain[max(0, start - 4) : start - 1]
    if plain[start - 1] == "−" or not before or before[-1] in "([":
        return not before[-1:].isdigit()
    return before[-1] in BLANK and not before.rstrip(BLANK)[-1:].isdigit()


def _with_ending(amount: Amount, reading: Reading) -> Amount:
    """What follows changes the number: `1a`, `1990s`, `2 million`, `2 ans et demi`, `8 pm`."""
    plain, value = reading.plain, amount.value
    glued = (
        _LETTERS.match(plain, amount.end) if plain[amount.end : amount.end + 1].isalpha() else None
    )
    if glued and glued[0] in _LETTERED and plain[glued.end() : glued.end() + 1] != "-":
        return amount._replace(value=value + glued[0], end=glued.end())
    if glued and glued[0] in _ENDINGS and value.endswith("0"):
        return amount._replace(others=(value[-2:], *amount.others))
    if amount.start and plain[amount.start - 1] in _APOSTROPHES:
        return amount._replace(others=(f"19{value}", f"20{value}", *amount.others))
    if is_at_the_clock(amount.end, reading):
        return _in_the_afternoon(amount)
    word = reading.word_at(after_blanks(plain, amount.end))
    if not word or len(value) > COMPUTED_DIGITS_MAX:
        return amount
    return _multiplied(amount, word, reading)


def _in_the_afternoon(amount: Amount) -> Amount:
    if not amount.value.isdigit() or len(amount.value) > 2:
        return amount
    return amount._replace(others=(str(int(amount.value) + 12), *amount.others))


def _multiplied(amount: Amount, match: "re.Match[str]", reading: Reading) -> Amount:
    language = reading.language
    said = language.words.get(match[0].lower())
    if said and said.power and amount.value.replace(".", "", 1).isdigit():
        product = spelled(Decimal(amount.value).scaleb(said.power))
        return amount._replace(value=product, parts=(amount.value,), end=match.end())
    if not amount.value.isdigit():
        return amount
    if not language.halves.isdisjoint(reading.words_from(match.start(), HALF_WORDS_MAX)):
        return amount._replace(others=(f"{amount.value}.5", *amount.others))
    return amount
