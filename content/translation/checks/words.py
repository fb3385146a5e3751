"""Words that say a number, a month or a unit, in one table for a language."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

#: How much a number counts: in digits, as a word that says nothing else, as a word that may.
DIGITS, PLAIN, HINT, NONE = 3, 2, 1, 0
#: Smaller numbers are articles and pronouns too.
PLAIN_MIN = 3
#: From here on a number in words may lose its last letter before another word or an ending.
ELIDED_MIN = 8
#: Words behind a number within which `and a half` stands.
HALF_WORDS_MAX = 4


class Word(NamedTuple):
    """What one word says. Frozen."""

    #: A number, in its one spelling: `3`, `0.5`.
    number: str = ""
    strength: int = NONE
    #: The number may also be the lower part of a fraction: `tiers`, `third`.
    fraction: bool = False
    month: int = 0
    unit: str = ""
    #: The power of ten of a multiplier: 3 for `thousand`.
    power: int = 0
    half: bool = False


def word_table(table: Mapping[str, Any], months: Mapping[str, int]) -> dict[str, Word]:
    """Every word of a language that says something here, in small letters."""
    found: dict[str, Word] = {}
    numbers = table.get("numbers", {})
    said = numbers.get("words", {})
    _add_cardinals(found, numbers)
    _add_ordinals(found, numbers)
    for name, value in numbers.get("also", {}).items():
        found.setdefault(name, Word(spelled(Decimal(str(value))), HINT))
    for name, power in numbers.get("multipliers", {}).items():
        found[name] = found.get(name, Word())._replace(power=power)
    for name in said.get("half", []):
        found[name] = Word("0.5", HINT, half=True)
    for name, number in months.items():
        found[name] = found.get(name, Word())._replace(month=number)
    for unit, names in table.get("units", {}).items():
        for name in names:
            found[name] = found.get(name, Word())._replace(unit=unit)
    return found


def _add_cardinals(found: dict[str, Word], numbers: Mapping[str, Any]) -> None:
    said = numbers.get("words", {})
    hints, elided = set(said.get("ambiguous", [])), said.get("elided", [])
    for value, name in enumerate(numbers.get("cardinals", "").split()):
        plain = value >= PLAIN_MIN and name not in hints
        found[name] = Word(str(value), PLAIN if plain else HINT)
        for ending in elided if value >= ELIDED_MIN else ():
            found.setdefault(name[:-1] + ending, Word(str(value), HINT))


def _add_ordinals(found: dict[str, Word], numbers: Mapping[str, Any]) -> None:
    ordinals = numbers.get("ordinals", {})
    endings = ordinals.get("endings", [])
    for value, stems in ordinals.items():
        if value != "endings":
            for name in (stem + ending for stem in stems for ending in endings):
                found.setdefault(name, Word(value, HINT, fraction=int(value) > 2))
    for value, names in numbers.get("fractions", {}).items():
        found.update({name: Word(value, HINT, fraction=True) for name in names})


def spelled(value: Decimal) -> str:
    """A number in its one spelling: no exponent, no noughts that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
