"""Checks take time in proportion to the text, whatever is in it. Ratios of one run."""

from time import process_time

import pytest

from content.records.message import Message
from content.translation.checks import check, tidy

#: Of the odd text, in repetitions.
SHORT, LONG = 500, 8_000
#: Sixteen times the text may cost this many times as much; quadratic would be 256.
GROWTH_MAX = 40
#: Below, in seconds, there is nothing to measure.
NOTHING = 0.05
RUNS = 3

ODD = [
    *("*", "1", "[", "a", "a-", "1.", "[a", "_", "`", "{", "«", "<", "&", "a@", "a.", "[a]{1}"),
    *("e\u0301", "I", " ", "a: ", "five ", "/kg ", "3 ", "1/2 ", "CD20 ", "not. ", "mai 3 "),
    *("{1}", "x{1} *_", "1 year ", "5 a ", "1-a", "CHF 5 ", "5 mg/kg ", "’5 ", "-5 ", "AB-"),
    *("five-", "ten-AB-", "year ", "A1", "½", "9:00 ", "8 pm ", "2 million ", "III/", "3:1:"),
]
#: Long texts of what is in every catalogue: characters, and seconds of the processor for one check.
CHARACTERS, SECONDS_MAX = 24 * 1_024, 0.3
COMMON = ["{1}", "{1} ", "5", "5 ", "5% ", "year ", "1 year ", "a", "a ", "a-", "five ", "five-"]


def seconds(text: str) -> float:
    best = float("inf")
    for run in range(RUNS):
        # A new source each time: one that is kept at hand would cost a short text nothing.
        french, german = (Message("4x5cxo6p", "paragraph", f"{text}{run}{n}") for n in "12")
        started = process_time()
        check(french, f"{text}{run}", "fr")
        check(german, f"{text}{run}", "de")
        tidy(text, "fr")
        best = min(best, process_time() - started)
    return best


@pytest.mark.slow
@pytest.mark.parametrize("odd", ODD)
def test_time_grows_with_the_text(odd: str) -> None:
    short, long = seconds(odd * SHORT), seconds(odd * LONG)
    assert long <= max(GROWTH_MAX * short, NOTHING), f"{short:.4f} s, then {long:.4f} s"


@pytest.mark.slow
@pytest.mark.parametrize("odd", COMMON)
def test_a_long_text_is_checked_at_once(odd: str) -> None:
    text = (odd * CHARACTERS)[:CHARACTERS]
    message = Message("4x5cxo6p", "paragraph", text)
    best = float("inf")
    for run in range(RUNS):
        started = process_time()
        check(message, f"{text}{run}", "de")
        best = min(best, process_time() - started)
    assert best <= SECONDS_MAX
