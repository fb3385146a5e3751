"""Numbers as Babel writes them in any locale are read as what they are."""

from decimal import Decimal

import pytest
from babel.numbers import format_decimal, format_percent
from hypothesis import assume, given
from hypothesis import strategies as st

from content.records.message import Message
from content.translation.checks import Finding, check
from content.translation.checks.language import (
    BEGINNING_LETTERS,
    language,
    translated_abbreviations,
)
from content.translation.checks.words import spelled

LOCALES = ["fr", "fr-CH", "fr-CA", "it", "it-CH", "de", "de-CH", "de-AT", "es", "pt", "pl", "ar",
           "en-AU", "sv", "nb", "nl", "cs", "tr", "he", "el", "ja"]  # fmt: skip
numbers = st.decimals("0.001", "99999999", places=3) | st.integers(0, 10**9).map(Decimal)


def number_findings(source: str, target: str, locale: str) -> list[Finding]:
    message = Message("4x5cxo6p", "paragraph", source)
    return [f for f in check(message, target, locale) if f.code.startswith(("number-", "unit-"))]


@given(numbers, st.sampled_from(LOCALES))
def test_a_number_is_the_same_in_every_locale(number: Decimal, locale: str) -> None:
    source = format_decimal(number, locale="en")
    target = format_decimal(number, locale=locale.replace("-", "_"))
    assert number_findings(f"({source})", f"({target})", locale) == []


@given(st.integers(0, 1000), st.sampled_from(LOCALES))
def test_a_share_is_the_same_in_every_locale(thousandths: int, locale: str) -> None:
    share = Decimal(thousandths) / 1000
    source = format_percent(share, "#,##0.0%", locale="en")
    target = format_percent(share, "#,##0.0 %", locale=locale.replace("-", "_"))
    assert number_findings(f"({source})", f"({target})", locale) == []


@given(numbers, st.sampled_from(LOCALES), st.integers(0, 20), st.integers(1, 9))
def test_another_digit_is_another_number(
    number: Decimal, locale: str, place: int, step: int
) -> None:
    target = format_decimal(number, locale=locale.replace("-", "_"))
    digits = [index for index, sign in enumerate(target) if sign.isdigit()]
    index = digits[place % len(digits)]
    other = f"{target[:index]}{(int(target[index]) + step) % 10}{target[index + 1 :]}"
    assume(int(target[index]) != (int(target[index]) + step) % 10)
    assume(other.lstrip("0") != "1")
    small = not language(locale).known and number <= 20
    if not small:
        assert number_findings(f"({format_decimal(number, locale='en')})", f"({other})", locale)


@given(st.integers(3, 99), st.sampled_from(["fr", "it", "de", "es"]))
def test_a_number_in_words_is_the_number(number: int, locale: str) -> None:
    words = [name for name, word in language(locale).words.items() if word.number == str(number)]
    for word in words:
        assert number_findings(f"{number} people", f"{word} personas", locale) == []


@pytest.mark.parametrize("locale", ["en", "fr", "it", "de", "es"])
def test_every_number_to_ninety_nine_has_a_word(locale: str) -> None:
    table = language(locale).words
    said = {word.number for word in table.values()}
    assert said >= set(map(str, range(100)))


def test_abbreviations_of_all_languages_are_known() -> None:
    assert translated_abbreviations() >= {"MS", "MRI", "CNS"}


def test_a_value_has_one_spelling() -> None:
    assert [spelled(Decimal(text)) for text in ("1E+3", "2.50", "3")] == ["1000", "2.5", "3"]


def test_a_number_that_begins_a_compound_is_known_by_its_first_letters() -> None:
    spoken = language("de")
    assert spoken.compounds
    assert all(len(beginning) == BEGINNING_LETTERS for beginning in spoken.beginnings)
