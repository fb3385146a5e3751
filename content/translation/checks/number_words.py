"""Numbers and months in words."""

from collections.abc import Iterator
from decimal import Decimal

from content.translation.checks.language import Language
from content.translation.checks.reading import Amount, Reading, Said, word_of
from content.translation.checks.words import DIGITS, HINT, NONE, PLAIN, Word, spelled

#: Characters between a month and its day or year.
DATE_CHARACTERS_MAX = 6
#: Letters of a name that is surely a month.
MONTH_LETTERS_MIN = 5


def in_words(reading: Reading) -> Iterator[Amount]:
    table, language = reading.language.words, reading.language
    words = reading.words
    index = 0
    while index < len(words):
        said = words[index]
        word = table.get(said.word)
        if word is None:
            yield from _in_a_compound(said, language)
        elif word.month and _is_month(said, word, reading):
            yield _month(said, word, reading)
        elif word.number or word.power:
            amount, taken = _counted(reading, index, word)
            index += taken
            yield amount
        index += 1


def _counted(reading: Reading, index: int, word: Word) -> tuple[Amount, int]:
    """A number in words from this word on, and how many further words it takes."""
    words, table = reading.words, reading.language.words
    first = words[index]
    if not word.number:  # `hundreds`, `a million`: it may say a number by itself
        value = "1" + "0" * word.power
        return Amount(value, HINT, first.start, first.end), 0
    if fraction := _fraction(reading, index, word):
        return fraction, 1
    total, strength, taken = Decimal(word.number), word.strength, 0
    if word.strength == HINT and word.number != "1":
        return _hint(first, word, reading, index), 0
    while index + taken + 1 < len(words):
        step = _next_part(reading, index + taken + 1, total, table)
        if step is None:
            break
        total, more = step
        strength, taken = PLAIN, taken + more
    value = spelled(total)
    if not taken:
        return _hint(first, word, reading, index), 0
    return Amount(value, strength, first.start, words[index + taken].end), taken


def _fraction(reading: Reading, index: int, word: Word) -> Amount | None:
    """`two thirds`: from two on, the word behind a number is no ordinal."""
    if index + 1 == len(reading.words) or word.fraction or word.number in ("0", "0.5", "1"):
        return None
    first, last = reading.words[index : index + 2]
    below = word_of(reading, last)
    if not below.fraction or len(reading.plain[first.end : last.start]) > 1:
        return None
    parts = (word.number, below.number)
    return Amount("/".join(parts), PLAIN, first.start, last.end, (), parts)


def _hint(said: Said, word: Word, reading: Reading, index: int) -> Amount:
    others: tuple[str, ...] = ()
    if word.number.isdigit() and any(
        word_of(reading, near).half for near in reading.words[index + 1 : index + 4]
    ):
        others = (f"{word.number}.5",)
    if word.half:
        others = ("50", "2")
    if word.fraction and word.number == "4":
        others = ("25",)
    return Amount(word.number, word.strength, said.start, said.end, others)


def _next_part(
    reading: Reading, index: int, total: Decimal, table: "object"
) -> tuple[Decimal, int] | None:
    """The number with the next word or two counted in, or None: they are no part of it."""
    word = word_of(reading, reading.words[index])
    gap = reading.plain[reading.words[index - 1].end : reading.words[index].start]
    if gap.strip():
        return None
    if word.power:
        return total.scaleb(word.power), 1
    if word.number and word.strength >= PLAIN and _fits_below(total, word):
        return total + Decimal(word.number), 1
    if reading.words[index].word in reading.language.joining and index + 1 < len(reading.words):
        word = word_of(reading, reading.words[index + 1])
        if word.number.isdigit() and not word.fraction and _fits_below(total, word):
            return total + Decimal(word.number), 2
    return None


def _fits_below(total: Decimal, word: Word) -> bool:
    """Whether a number can follow as the lower part: five after twenty, fifty after a hundred."""
    part = Decimal(word.number)
    if not 0 < part < 100 or total < 20:
        return False
    return total % 100 == 0 or (total % 10 == 0 and total < 100 and part < 10)


def _in_a_compound(said: Said, language: Language) -> Iterator[Amount]:
    if language.compounds and (match := language.compounds.match(said.word)):
        number = language.words[match[1]].number
        yield Amount(number, HINT, said.start, said.end)
    elif "-" in said.word:
        first, last = said.word.split("-")[0], said.word.split("-")[-1]
        word, below = language.words.get(first), language.words.get(last)
        if word and word.number and below and below.fraction and not word.fraction:
            parts = (word.number, below.number)
            yield Amount("/".join(parts), PLAIN, said.start, said.end, (), parts)
        elif word and word.number and not word.half:
            yield Amount(word.number, word.strength, said.start, said.start + len(first))


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
