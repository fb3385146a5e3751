"""Roman numerals, as in `phase III`."""

import re
from collections.abc import Iterator

from content.translation.checks.reading import Amount, Reading
from content.translation.checks.words import DIGITS, HINT, NONE, PLAIN

_ROMAN = re.compile(r"(?<![^\W_])(X{0,2}(?:IX|IV|VI{0,3}|I{1,3}|X))([ab]?)(?:e|ème|er)?(?![^\W_])")
#: What each of them begins with.
MAY_BE_ROMAN = re.compile(r"[IVX](?![^\W_IVXabeè])")
_ROMANS = {"I": 1, "V": 5, "X": 10}


def in_roman(reading: Reading) -> Iterator[Amount]:
    before = -2
    for match in _ROMAN.finditer(reading.plain):
        joined = match.start() == before + 1 and reading.plain[before] in "/-–"
        strength = _strength_of_roman(match, reading, joined=joined)
        before = match.end() if strength == DIGITS else -2
        if strength:
            number = str(_roman_value(match[1]))
            yield Amount(number + match[2], strength, match.start(), match.end())


def _strength_of_roman(match: "re.Match[str]", reading: Reading, *, joined: bool) -> int:
    """I is a pronoun, V a letter, IV a way into the body, unless the word before says more."""
    before = reading.lower[max(0, match.start() - 16) : match.start()].rstrip(" \u00a0-‑\u202f")
    words = re.split(r"[^\w]", before)
    if joined or words[-1] in reading.language.phases:
        return DIGITS
    if match[1] in ("II", "III", "VII", "VIII", "IX"):
        return PLAIN
    return HINT if len(match[1]) > 1 and match[1] != "IV" else NONE


def _roman_value(letters: str) -> int:
    values = [_ROMANS[letter] for letter in letters]
    following = [*values[1:], 0]
    return sum(-one if one < two else one for one, two in zip(values, following, strict=True))
