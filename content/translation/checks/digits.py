"""Numbers in digits, with what follows and changes them: `1a`, `1990s`, `2 million`, `8 pm`."""

import re
from collections.abc import Iterator
from decimal import Decimal

from content.translation.checks.literals import LITERAL, read_literal
from content.translation.checks.reading import BLANK, Amount, Reading
from content.translation.checks.words import DIGITS, spelled

#: Longer ones are compared as they are, and not computed with.
COMPUTED_DIGITS_MAX = 30

_VULGAR = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5",
    "⅗": "3/5", "⅘": "4/5", "⅙": "1/6", "⅚": "5/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8",
    "⅞": "7/8", "⅒": "1/10",
}  # fmt: skip
_FRACTION = re.compile(f"[{''.join(_VULGAR)}]")
_LETTERS = re.compile(r"[^\W\d_]{1,12}")
_MINUS = frozenset("-−–")


def in_digits(reading: Reading) -> Iterator[Amount]:
    plain, _language = reading.plain, reading.language
    inside = 0
    for name, (end, _) in sorted(reading.mixed.items()):
        yield from _digits_between(reading, inside, name)
        inside = end
    yield from _digits_between(reading, inside, len(plain))
    for match in _FRACTION.finditer(plain):
        above, below = _VULGAR[match[0]].split("/")
        value = spelled(Decimal(above) / Decimal(below)) if below not in "369" else match[0]
        yield Amount(value, DIGITS, match.start(), match.end(), (), (above, below))


def _digits_between(reading: Reading, begin: int, end: int) -> Iterator[Amount]:
    plain = reading.plain
    for match in LITERAL.finditer(plain, begin, end):
        value, others, parts, good = read_literal(match[0], reading.language)
        start, stop = match.span()
        negative = plain[start - 1 : start] in _MINUS and _is_negative(plain, start)
        if negative:
            value, others = f"-{value}", (value, *others)
        amount = Amount(value, DIGITS, start, stop, others, parts, good, negative)
        amount = _with_ending(amount, reading)
        if len(amount.parts) == 2:
            yield from _at_the_clock(amount, reading)
        else:
            yield amount


def _at_the_clock(amount: Amount, reading: Reading) -> Iterator[Amount]:
    """`7.30 pm` is seven and thirty."""
    index = reading.word_behind(amount.end)
    if index is None or reading.words[index] not in reading.language.clock:
        yield amount
        return
    hour, minute = amount.parts
    later = (str(int(hour) + 12),) if len(hour) < 3 else ()
    yield amount._replace(value=hour, others=later, parts=(), good=True)
    yield amount._replace(value=minute, others=(), parts=(), start=amount.end - 1, good=True)


def _is_negative(plain: str, start: int) -> bool:
    """Whether the mark before a number is a minus, and not a dash between two."""
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
    if glued and glued[0] in ("a", "b", "c") and plain[glued.end() : glued.end() + 1] != "-":
        return amount._replace(value=value + glued[0], end=glued.end())
    if glued and glued[0] in ("s", "er", "ern") and value.endswith("0"):
        return amount._replace(others=(value[-2:], *amount.others))
    if amount.start and plain[amount.start - 1] in "'’":
        return amount._replace(others=(f"19{value}", f"20{value}", *amount.others))
    index = reading.word_behind(amount.end)
    if index is None or len(value) > COMPUTED_DIGITS_MAX:
        return amount
    return _multiplied(amount, reading, index)


def _multiplied(amount: Amount, reading: Reading, index: int) -> Amount:
    word = reading.meaning(index)
    if word.power and amount.value.replace(".", "").isdigit():
        product = spelled(Decimal(amount.value).scaleb(word.power))
        end = reading.spans[index][1]
        return amount._replace(value=product, parts=(amount.value,), end=end)
    if not amount.value.isdigit():
        return amount
    if reading.words[index] in reading.language.clock:
        return amount._replace(others=(str(int(amount.value) + 12), *amount.others))
    if reading.half_follows(index):
        return amount._replace(others=(f"{amount.value}.5", *amount.others))
    return amount
