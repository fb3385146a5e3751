"""Numbers in digits, with what follows and changes them: `1a`, `1990s`, `2 million`, `8 pm`."""

import re
from collections.abc import Iterator
from decimal import Decimal

from content.translation.checks.attached_units import (
    has_unit_before,
    may_be_unit,
    units_before,
    units_behind,
    with_unit,
)
from content.translation.checks.literals import LITERAL, read_literal
from content.translation.checks.reading import (
    BLANK,
    GAP,
    NO_UNITS,
    WORD,
    Amount,
    Reading,
    after_blanks,
)
from content.translation.checks.words import DIGITS, HALF_WORDS_MAX, spelled

#: Longer ones are compared as they are, and not computed with.
COMPUTED_DIGITS_MAX = 30

_VULGAR = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5",
    "⅗": "3/5", "⅘": "4/5", "⅙": "1/6", "⅚": "5/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8",
    "⅞": "7/8", "⅒": "1/10",
}  # fmt: skip
_FRACTION = re.compile(f"[{''.join(_VULGAR)}]")
#: With the word or the one sign behind it, which may be its unit.
_NUMBER = re.compile(rf"{LITERAL}(?={GAP}({WORD}|[^\w\s])?)")
_LETTERS = re.compile(r"[^\W\d_]{1,12}")
_MINUS = frozenset("-−–")
_APOSTROPHES = frozenset("'’")
_LETTERED = frozenset("abc")
_ENDINGS = frozenset({"s", "er", "ern"})
#: What a letter right behind a number has to be to change it.
_CHANGING = _LETTERED | {ending[0] for ending in _ENDINGS}


def in_digits(reading: Reading) -> Iterator[Amount]:
    """Numbers in digits with their units."""
    plain, language = reading.plain, reading.language
    ordinary = language.changing.isdisjoint(reading.words)
    units_may_be_before = has_unit_before(plain)
    for match in _outside_names(reading) if reading.mixed else _NUMBER.finditer(plain):
        start, end = match.span()
        value, others, parts, good = read_literal(match[0], language)
        before, after, behind = plain[start - 1 : start], plain[end : end + 1], match[1]
        negative = before in _MINUS and _is_negative(plain, start)
        if negative:
            value, others = f"-{value}", (value, *others)
        if ordinary and before not in _APOSTROPHES and after not in _CHANGING:
            measured = behind and may_be_unit(behind, language)
            units = units_behind(end, reading) if measured else NO_UNITS
            if units_may_be_before:
                units |= units_before(start, plain)
            yield Amount(value, DIGITS, start, end, others, parts, good, negative, units)
        else:
            amount = Amount(value, DIGITS, start, end, others, parts, good, negative)
            for one in _at_the_clock(_with_ending(amount, reading), reading):
                yield with_unit(one, reading)
    if not plain.isascii():
        yield from _fractions(reading)


def _outside_names(reading: Reading) -> Iterator["re.Match[str]"]:
    """Every number but those in names: the 2 of IL-2."""
    inside = 0
    for begin, (end, _) in sorted(reading.mixed.items()):
        while (match := _NUMBER.search(reading.plain, inside)) and match.start() < begin:
            yield match
            inside = match.end()
        inside = end
    yield from _NUMBER.finditer(reading.plain, inside)


def _fractions(reading: Reading) -> Iterator[Amount]:
    for match in _FRACTION.finditer(reading.plain):
        above, below = _VULGAR[match[0]].split("/")
        value = spelled(Decimal(above) / Decimal(below)) if below not in "369" else match[0]
        parts = (above, below)
        yield with_unit(Amount(value, DIGITS, match.start(), match.end(), (), parts), reading)


def _at_the_clock(amount: Amount, reading: Reading) -> Iterator[Amount]:
    """`7.30 pm` is seven and thirty."""
    word = reading.word_at(after_blanks(reading.plain, amount.end))
    clock = word and word[0].lower() in reading.language.clock
    if not clock or len(amount.parts) != 2:
        yield amount
        return
    hour, minute = amount.parts
    later = (str(int(hour) + 12),) if len(hour) < 3 else ()
    yield amount._replace(value=hour, others=later, parts=(), good=True)
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
    glued = _LETTERS.match(plain, amount.end)
    if glued and glued[0] in _LETTERED and plain[glued.end() : glued.end() + 1] != "-":
        return amount._replace(value=value + glued[0], end=glued.end())
    if glued and glued[0] in _ENDINGS and value.endswith("0"):
        return amount._replace(others=(value[-2:], *amount.others))
    if plain[max(0, amount.start - 1) : amount.start] in _APOSTROPHES:
        return amount._replace(others=(f"19{value}", f"20{value}", *amount.others))
    word = reading.word_at(after_blanks(plain, amount.end))
    if not word or len(value) > COMPUTED_DIGITS_MAX:
        return amount
    return _multiplied(amount, word, reading)


def _multiplied(amount: Amount, match: "re.Match[str]", reading: Reading) -> Amount:
    language, word = reading.language, match[0].lower()
    said = language.words.get(word)
    if said and said.power and amount.value.replace(".", "", 1).isdigit():
        product = spelled(Decimal(amount.value).scaleb(said.power))
        return amount._replace(value=product, parts=(amount.value,), end=match.end())
    if not amount.value.isdigit():
        return amount
    if word in language.clock:
        return amount._replace(others=(str(int(amount.value) + 12), *amount.others))
    if not language.halves.isdisjoint(reading.words_from(match.start(), HALF_WORDS_MAX)):
        return amount._replace(others=(f"{amount.value}.5", *amount.others))
    return amount
