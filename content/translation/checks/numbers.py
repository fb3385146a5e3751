"""The numbers in a text: in digits, in words, as Roman numerals, as months."""

import re

from content.translation.checks.attached_units import with_shared_units, with_unit
from content.translation.checks.digits import in_digits
from content.translation.checks.number_words import in_words
from content.translation.checks.reading import Amount, Reading
from content.translation.checks.roman import in_roman

_DIGIT = re.compile(r"[\d¼-¾⅐-⅟]")
_ROMAN_DIGIT = re.compile("[IVX]")


def amounts_of(reading: Reading) -> list[Amount]:
    """Every number, in the order of the text."""
    found = [*in_words(reading)]
    if _DIGIT.search(reading.plain):
        found += in_digits(reading)
    if _ROMAN_DIGIT.search(reading.plain):
        found += in_roman(reading)
    if not found:
        return found
    found.sort(key=lambda amount: amount.start)
    return with_shared_units([with_unit(amount, reading) for amount in found], reading)
