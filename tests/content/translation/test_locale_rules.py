"""What a region demands of inherited text: proposals, pure, and none where there is nothing."""

import pytest

from content.translation.locale_rules import propose

NB, NNB = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("base", "locale", "text", "what", "proposed"),
    [
        ("de", "de-CH", "1,4 % von 40.000", "numbers", "1.4 % von 40’000"),
        ("de", "de-CH", "1.234.567,89 Euro.", "numbers", "1’234’567.89 Euro."),
        ("de", "de-CH", "Außerhalb, GROẞ", "sharp-s", "Ausserhalb, GROSS"),
        ("de", "de-CH", "das „Ziel“ und „Studie“", "quotes", "das «Ziel» und «Studie»"),
        ("it", "it-CH", "l’1,4% di 40.000", "numbers", "l’1.4% di 40’000"),
        ("it", "it-CH", "“resettare”", "quotes", "«resettare»"),
        ("fr", "fr-CH", "Quoi ? Oui ! Là ; ici", "no-break", f"Quoi{NNB}? Oui{NNB}! Là{NNB}; ici"),
        ("fr", "fr-CH", "Prudence : 4 %", "no-break", f"Prudence{NB}: 4{NB}%"),
        ("fr", "fr-CH", "« mot », «mot»", "no-break", f"«{NB}mot{NB}», «{NB}mot{NB}»"),
        ("fr", "fr-CA", "Prudence :", "no-break", f"Prudence{NB}:"),
        ("en", "en-AU", "A center for specialized programmes", "spelling",
         "A centre for specialised programs"),
        ("en", "en-AU", "Anemia and Programme", "spelling", "Anaemia and Program"),
        ("en", "en-AU", "on November 20, 2026", "dates", "on 20 November 2026"),
        ("en", "en-AU", "to “reset” it", "quotes", "to ‘reset’ it"),
        ("pt", "pt-PT", "1.4", "", ""),
    ],
)  # fmt: skip
def test_each_rule(base: str, locale: str, text: str, what: str, proposed: str) -> None:
    found = propose(text, base, locale)
    if not what:
        assert found is None
        return
    assert found is not None
    assert found.what == (what,)
    assert found.text == proposed
    assert propose(found.text, base, locale) is None, "said twice"


@pytest.mark.parametrize(
    ("base", "locale", "text"),
    [
        ("de", "de-CH", "MIST, 2005 bis 2016; NCT00273364; am 20.11.2026; Kapitel 1.2.3"),
        ("de", "de-CH", "aHSZT (AHSCT), 4 von 10, 1.4 und 40’000, EDSS 3–5, «gut»"),
        ("de", "de-CH", "ein 5“ Bildschirm und ein „ allein"),
        ("it", "it-CH", "dal 2005 al 2016, 4 su 10, B12"),
        ("fr", "fr-CH", f"Quoi{NNB}? 40{NNB}000 en 2005 ou 1,4{NB}%, à 12:30, «{NB}mot{NB}»"),
        ("fr", "fr-CH", f"Prudence{NNB}: «{NNB}mot{NNB}»; https://example.org/a:b?c"),
        ("en", "en-AU", "1.4% of 40,000 on 20 November 2026, the specialised centre’s ‘reset’"),
        ("en", "en-AU", "centred, colourful, programmed, May 2026, 12, 2026"),
    ],
)
def test_what_is_right_is_left_alone(base: str, locale: str, text: str) -> None:
    assert propose(text, base, locale) is None


def test_one_proposal_has_all_that_is_to_be_said() -> None:
    found = propose("„Größer“ als 1,4 %", "de", "de-CH")
    assert found is not None
    assert found.what == ("numbers", "sharp-s", "quotes")
    assert found.text == "«Grösser» als 1.4 %"
