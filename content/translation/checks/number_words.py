"""Numbers and months in words."""

import re
from collections.abc import Iterator
from decimal import Decimal

from content.translation.checks.language import BEGINNING_LETTERS, Language
from content.translation.checks.reading import BLANK, Amount, Reading, Said
from content.translation.checks.words import DIGITS, HINT, NONE, PLAIN, Word, spelled

#: Characters between a month and its day or year.
DATE_CHARACTERS_MAX = 6
#: Letters of a name that is surely a month.
MONTH_LETTERS_MIN = 5


def in_words(reading: Reading) -> Iterator[Amount]:
    """Numbers that are words or parts of words, and months."""
    done = -1
    for index in reading.known:
        word = reading.meaning(index)
        if index <= done:
            continue
        if word.month and _is_month(reading.said(index), word, reading):
            yield _month(reading.said(index), word, reading)
        elif word.power and not word.number and _is_counted_in_digits(reading, index):
            continue
        elif word.number or word.power:
            amount, done = _counted(reading, index, word)
            yield amount
    yield from _in_compounds(reading)


def _is_counted_in_digits(reading: Reading, index: int) -> bool:
    """`2.3 billion` is one number, and `digits.py` reads it."""
    start = reading.spans[index][0]
    return reading.plain[max(0, start - 3) : start].rstrip(BLANK)[-1:].isdigit()


def _counted(reading: Reading, index: int, word: Word) -> tuple[Amount, int]:
    """A number in words from this word on, and its last word."""
    start, end = reading.spans[index]
    if not word.number:  # `hundreds`, `a million`: it may say a number by itself
        return Amount("1" + "0" * word.power, HINT, start, end), index
    if fraction := _fraction(reading, index, word):
        return fraction, index + 1
    last, total = index, Decimal(word.number)
    if word.number.isdigit() and not word.fraction:
        while step := _next_part(reading, last + 1, total):
            total, more = step
            last += more
    if last == index:
        if (
            word.strength == HINT
            and word.number.isdigit()
            and reading.and_a_half_follows(index + 1)
        ):
            return Amount(f"{word.number}.5", HINT, start, end, (word.number,)), index
        others = _other_meanings(reading, index, word)
        return Amount(word.number, word.strength, start, end, others), index
    return Amount(spelled(total), PLAIN, start, reading.spans[last][1]), last


def _fraction(reading: Reading, index: int, word: Word) -> Amount | None:
    """`two thirds`: from two on, the word behind a number is no ordinal."""
    if index + 1 == len(reading.words) or word.fraction or word.number in ("0", "0.5", "1"):
        return None
    below = reading.meaning(index + 1)
    if not below.fraction:
        return None
    (start, end), (following, stop) = reading.spans[index : index + 2]
    parts = (word.number, below.number)
    return Amount("/".join(parts), PLAIN, start, stop, (), parts) if following == end + 1 else None


def _other_meanings(reading: Reading, index: int, word: Word) -> tuple[str, ...]:
    if word.half:
        return ("50", "2")
    if word.fraction:
        return ("25",) if word.number == "4" else ()
    return (f"{word.number}.5",) if reading.half_follows(index + 1) else ()


def _next_part(reading: Reading, index: int, total: Decimal) -> tuple[Decimal, int] | None:
    """The number with the next word or two counted in, or None: they are no part of it."""
    if index == len(reading.words):
        return None
    word = reading.meaning(index)
    joins = reading.words[index] in reading.language.joining
    if not (word.power or word.number or joins):
        return None
    if reading.plain[reading.spans[index - 1][1] : reading.spans[index][0]].strip():
        return None
    if word.power:
        return total.scaleb(word.power), 1
    if word.strength >= PLAIN and _fits_below(total, word):
        return total + Decimal(word.number), 1
    if joins and index + 1 < len(reading.words):
        word = reading.meaning(index + 1)
        if word.number.isdigit() and not word.fraction and _fits_below(total, word):
            return total + Decimal(word.number), 2
    return None


def _fits_below(total: Decimal, word: Word) -> bool:
    """Whether a number can follow as the lower part: five after twenty, fifty after a hundred."""
    part = Decimal(word.number)
    if not 0 < part < 100 or total < 20:
        return False
    return total % 100 == 0 or (total % 10 == 0 and total < 100 and part < 10)


def _in_compounds(reading: Reading) -> Iterator[Amount]:
    """`dreijährig`, `five-year`, `two-thirds`."""
    language, words = reading.language, reading.words
    if "-" in reading.plain:
        for index in [i for i, word in enumerate(words) if "-" in word]:
            if words[index] not in language.words:
                yield from _hyphened(words[index], reading.spans[index][0], language)
    if language.compounds:
        begin = language.beginnings
        for index in [i for i, word in enumerate(words) if word[:BEGINNING_LETTERS] in begin]:
            match = language.compounds.match(words[index])
            if match and "-" not in words[index] and words[index] not in language.words:
                yield _compounded(match, reading.spans[index], language)


def _compounded(match: "re.Match[str]", span: tuple[int, int], language: Language) -> Amount:
    """The number at the beginning of a word: `dreijährig`, `Dreiviertelstunde`."""
    number = language.words[match[1]].number
    if not match[2]:
        return Amount(number, HINT, *span)
    parts = (number, language.words[match[2]].number)
    return Amount("/".join(parts), HINT, *span, (), parts)


def _divided(written: str, language: Language) -> tuple[str, list[str], str]:
    """The longest number at its beginning (`twenty-five-year`), what follows, and its last part."""
    parts = written.split("-")
    for size in range(min(len(parts) - 1, language.pieces_max), 1, -1):
        first = "-".join(parts[:size])
        if first in language.words:
            return first, parts[size:-1], parts[-1]
    return parts[0], parts[1:-1], parts[-1]


def _hyphened(written: str, start: int, language: Language) -> Iterator[Amount]:
    first, between, last = _divided(written, language)
    word, below = language.words.get(first), language.words.get(last)
    compound = language.compounds and language.compounds.match(written)
    if compound:
        yield _compounded(compound, (start, start + len(written)), language)
    elif not word or not word.number or word.half:
        return
    elif below and below.fraction and not word.fraction:
        parts = (word.number, below.number)
        yield Amount("/".join(parts), PLAIN, start, start + len(written), (), parts)
    elif (
        below
        and below.number.isdigit()
        and language.joining.issuperset(between)
        and _fits_below(Decimal(word.number), below)
    ):  # `septante-deux`
        total = Decimal(word.number) + Decimal(below.number)
        yield Amount(spelled(total), PLAIN, start, start + len(written))
    else:
        yield Amount(word.number, word.strength, start, start + len(first))


def _is_month(said: Said, word: Word, reading: Reading) -> bool:
    """A name of a month that is none: the verbs may and march, Mars, the abbreviation SEP."""
    if reading.language.code in ("en", "de") and said.written.islower():
        return False
    return not said.written.isupper() and (_beside_digits(said, reading) or not word.number)


def _beside_digits(said: Said, reading: Reading) -> bool:
    plain, margin = reading.plain, DATE_CHARACTERS_MAX
    beside = plain[max(0, said.start - margin) : said.start] + plain[said.end : said.end + margin]
    return any(map(str.isdigit, beside))


def _month(said: Said, word: Word, reading: Reading) -> Amount:
    """A month; without a day or a year beside it, a short name may be another word."""
    sure = _beside_digits(said, reading)
    likely = len(said.word) >= MONTH_LETTERS_MIN and said.word != "march"
    strength = DIGITS if sure else PLAIN if likely else NONE
    number = str(word.month)
    return Amount(f"month {number}", strength, said.start, said.end, (number,), month=True)
