"""The numbers in a text: in digits, in words, as Roman numerals, as months."""

import re
from operator import attrgetter

from content.translation.checks.attached_units import with_unit
from content.translation.checks.digits import in_digits
from content.translation.checks.number_words import in_words
from content.translation.checks.reading import Amount, Reading
from content.translation.checks.roman import MAY_BE_ROMAN, in_roman

_DIGIT = re.compile(r"[\d¼-¾⅐-⅟]")


def amounts_of(reading: Reading) -> list[Amount]:
    """Every number, in the order of the text."""
    found = [with_unit(amount, reading) for amount in in_words(reading)]
    if _DIGIT.search(reading.plain):
        found += in_digits(reading)
    if MAY_BE_ROMAN.search(reading.plain):
        found += [with_unit(amount, reading) for amount in in_roman(reading)]
    found.sort(key=attrgetter("start"))
    return found
