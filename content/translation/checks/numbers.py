"""The numbers in a text: in digits, in words, as Roman numerals, as months."""

import re
from operator import attrgetter

from content.translation.checks.attached_units import with_unit
from content.translation.checks.digits import in_digits
from content.translation.checks.number_words import in_words
from content.translation.checks.reading import Reading
from content.translation.checks.roman import MAY_BE_ROMAN, in_roman
from content.translation.checks.words import DIGITS

_DIGIT = re.compile(r"[\d¼-¾⅐-⅟]")


def read_numbers(reading: Reading) -> None:
    """Put every number into a reading, in the order of the text."""
    found = [with_unit(amount, reading) for amount in in_words(reading)]
    if _DIGIT.search(reading.plain):
        found += in_digits(reading)
    if MAY_BE_ROMAN.search(reading.plain):
        found += [with_unit(amount, reading) for amount in in_roman(reading)]
    if not found:
        return
    found.sort(key=attrgetter("start"))
    reading.amounts = found
    if {one.strength for one in found} == {DIGITS}:
        reading.values = [one.value for one in found]
    units = reading.units_by_value
    for one in found:
        if not one.month:
            others = units.get(one.value)
            units[one.value] = others | one.units if others else one.units
