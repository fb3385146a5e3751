"""Slips that are put right, and what is left alone."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.translation.checks import Fix, tidy


@pytest.mark.parametrize(
    ("before", "after", "locale"),
    [
        ("Quoi ?", "Quoi\u202f?", "fr"),
        ("Quoi?", "Quoi\u202f?", "fr"),
        ("Oui ; non !", "Oui\u202f; non\u202f!", "fr"),
        ("Oui : non", "Oui\u00a0: non", "fr"),
        ("Oui: non", "Oui\u00a0: non", "fr"),
        ("« Oui »", "«\u00a0Oui\u00a0»", "fr"),
        ("«Oui»", "«\u00a0Oui\u00a0»", "fr"),
        ("« Oui » : « non »", "«\u202fOui\u202f»\u202f: «\u202fnon\u202f»", "fr-CH"),
        ("«Oui»: quoi?", "«Oui»: quoi?", "fr-CH"),
        ("Oui: « non »?", "Oui: «\u00a0non\u00a0»?", "fr-CA"),
        ("Oui : non ?", "Oui\u00a0: non\u202f?", "fr-BE"),
        ("10:30, https://example.org/a?b", "10:30, https://example.org/a?b", "fr"),
        ("`a ?` [b ?]{1} [c ?](https://d.org)", "`a ?` [b ?]{1} [c ?](https://d.org)", "fr"),
        ("[MS Ireland]{1} : ici", "[MS Ireland]{1}\u00a0: ici", "fr"),
        ("« ?", "«\u00a0?", "fr"),
        ("Oui\u00a0: non\u202f?", "Oui\u00a0: non\u202f?", "fr"),
        ("Was ?", "Was ?", "de"),
        ("Ende. \n", "Ende.", "de"),
        ("   ", "   ", "de"),
        ("e\u0301te\u0301", "été", "de"),
        ("`e\u0301` e\u0301", "`e\u0301` é", "de"),
        ("x\u0301", "x\u0301", "de"),
        ("x\u0301 e\u0301", "x\u0301 é", "de"),
        ("Voila\u0300: x\u0301!", "Voilà\u00a0: x\u0301\u202f!", "fr"),
        ("\u0301:", "\u0301:", "fr"),
        ("a»\u0340 «\u0340b", "a»\u0300 «\u0300b", "fr"),
    ],
)
def test_tidied(before: str, after: str, locale: str) -> None:
    assert tidy(before, locale)[0] == after


def test_each_fix_is_shown() -> None:
    assert tidy("Quoi ? ", "fr") == (
        "Quoi\u202f?",
        (
            Fix("french-spaces", (4, 6), " ?", "\u202f?"),
            Fix("trailing-space", (6, 7), " ", ""),
        ),
    )


def test_a_letter_and_its_mark_become_one() -> None:
    assert tidy("e\u0301", "de") == ("é", (Fix("nfc", (0, 2), "e\u0301", "é"),))


@given(
    st.text() | st.text("ab «»?!:;`[]{1}()\u00a0\u202fe\u0301"),
    st.sampled_from(["fr", "fr-CH", "de"]),
)
def test_tidied_once_is_tidied(text: str, locale: str) -> None:
    tidied, fixes = tidy(text, locale)
    assert tidy(tidied, locale) == (tidied, ())
    assert (tidied == text) == (not fixes)
    letters = [sign for sign in unicodedata.normalize("NFC", text) if not sign.isspace()]
    assert [s for s in unicodedata.normalize("NFC", tidied) if not s.isspace()] == letters
