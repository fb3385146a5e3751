"""The numbers in a text: in digits, in words, as Roman numerals, as months."""

from content.translation.checks.attached_units import with_shared_units, with_unit
from content.translation.checks.digits import in_digits
from content.translation.checks.number_words import in_words
from content.translation.checks.reading import Amount, Reading
from content.translation.checks.roman import in_roman


def amounts_of(reading: Reading) -> list[Amount]:
    """Every number, in the order of the text."""
    starts = {said.start: index for index, said in enumerate(reading.words)}
    found = [*in_words(reading)]
    if any(map(str.isnumeric, reading.plain)):
        found += in_digits(reading, starts)
    if "I" in reading.plain or "V" in reading.plain or "X" in reading.plain:
        found += in_roman(reading)
    if not found:
        return found
    found.sort(key=lambda amount: amount.start)
    return with_shared_units([with_unit(amount, reading, starts) for amount in found], reading)
