"""Each check, on the smallest text that it is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.records.message import Message
from content.translation.checks import Severity, check
from content.translation.checks.check import FINDINGS_MAX
from content.translation.checks.markup import markup_findings


def codes(
    source: str, target: str, locale: str = "fr", kind: str = "paragraph", source_locale: str = "en"
) -> list[str]:
    message = Message("4x5cxo6p", kind, source, ("https://example.org",) * source.count("{"))
    return [found.code for found in check(message, target, locale, source_locale=source_locale)]


@pytest.mark.parametrize(
    ("code", "source", "target", "locale"),
    [
        ("blank", "Yes", " \u200b", "fr"),
        ("placeholder-missing", "[Here]{1}", "[Ici]", "fr"),
        ("placeholder-missing", "Here {1}", "Ici", "fr"),
        ("placeholder-doubled", "[Here]{1}", "[Ici]{1} [ici]{1}", "fr"),
        ("placeholder-unknown", "[Here]{1}", "[Ici]{1} [ici]{2}", "fr"),
        ("link-broken", "[Here]{1} it is", "[Ici] {1} voilà", "fr"),
        ("link-broken", "[Here]{1} it is", "[]{1} ici", "fr"),
        ("link-broken", "[Here]{1} it is", "[[Ici]{1} voilà", "fr"),
        ("link-broken", "![Steps]{1}", "[Étapes]{1}", "fr"),
        ("link-address", "Read *this*", "Lisez [*ceci*](https://example.org)", "fr"),
        ("link-address", "Read *this*", "Lisez *ceci* ![x](y.png)", "fr"),
        ("markup-kind", "aHSCT is **strong**", "L’aHSCT est forte", "fr"),
        ("markup-kind", "aHSCT is strong", "L’aHSCT est `forte`", "fr"),
        ("markup-unbalanced", "aHSCT is **strong**", "L’aHSCT est **forte** **", "fr"),
        ("markup-unbalanced", "aHSCT is **strong**", "L’aHSCT est **forte** \\*", "fr"),
        ("markup-unbalanced", "Stars", "*" * 3_000, "fr"),
        ("line-break", "One\\\nline", "Une ligne", "fr"),
        ("html", "Strong words", "Des mots <b>forts</b>", "fr"),
        ("html", "Black and white", "Noir &amp; blanc", "fr"),
        ("bidi-control", "Words", "Des \u202emots", "fr"),
        ("control-character", "Words", "Des \x07mots", "fr"),
        ("invisible-character", "Words", "Des\u200b mots", "fr"),
        ("invisible-character", "Words", "Des\u200f mots", "fr"),
        ("mixed-script", "A word", "Un m\u043et", "fr"),
        ("mixed-script", "Of a word", "Du mot \u0430", "fr"),
        ("mixed-script", "Effects", "آثaر", "ar"),
        ("number-changed", "under 50", "moins de 60", "fr"),
        ("number-changed", "40,000 people", "40,000 personnes", "fr"),
        ("number-changed", "a ratio of 3:1", "un rapport de 1:3", "fr"),
        ("number-changed", "within 3–6 weeks", "en 6–3 semaines", "fr"),
        ("number-changed", "−0.5 points", "0,5 point", "fr"),
        ("number-changed", "four trials", "cinq essais", "fr"),
        ("number-changed", "12 or 6 months, 12 weeks", "12 ou 6 mois, 6 semaines", "fr"),
        ("number-changed", "phase III", "phase II", "fr"),
        ("number-changed", "1 March 2025", "1er mai 2025", "fr"),
        ("number-changed", "two thirds", "trois quarts", "fr"),
        ("number-missing", "under 50", "jeune", "fr"),
        ("number-missing", "two thirds of them", "un tiers d’entre eux", "fr"),
        ("number-missing", "four trials", "les essais", "fr"),
        ("number-added", "young", "moins de 50", "fr"),
        ("number-added", "the trials", "les quatre essais", "fr"),
        ("number-format", "1.4 points", "1.4 point", "fr"),
        ("number-format", "1,400 people", "1.400 personnes", "fr"),
        ("number-format", "40,000 people", "40'000 personnes", "fr"),
        ("unit-changed", "5 mg/kg", "5 g/kg", "fr"),
        ("unit-changed", "6 years", "6 mois", "fr"),
        ("unit-changed", "1 March 2025: 5 mg", "1er mars 2025 : 5 g", "fr"),
        ("unit-changed", "once a day", "une fois par semaine", "fr"),
        ("unit-changed", "2 × 10⁶ cells/kg", "2 × 10⁶ cellules/mg", "fr"),
        ("unit-missing", "25% of people", "25 personnes", "fr"),
        ("unit-missing", "for 5 years", "pendant 5", "fr"),
        ("unit-added", "25 people", "25 % des gens", "fr"),
        ("code-missing", "The EDSS", "L’échelle", "fr"),
        ("code-missing", "vitamin D", "vitamine B", "fr"),
        ("code-missing", "an MRI scan", "une IMR", "fr"),
        ("code-missing", "The EDSS", "Skala", "pl"),
        ("code-missing", "Type `aHSCT`.", "Tapez `AHSCT`.", "fr"),
        ("code-added", "A protein", "La protéine CD20", "fr"),
        ("negation", "It is safe.", "Ce n’est pas sûr.", "fr"),
        ("negation", "It isn’t safe.", "C’est sûr.", "fr"),
        ("same-as-source", "What are the effects?", "What are the effects?", "fr"),
        ("length", "Outside trials, only aHSCT should at present be accepted.", "Essais.", "fr"),
        ("end-punctuation", "It is safe.", "C’est sûr", "fr"),
        ("end-punctuation", "See *[this]{1}* {2}.", "*[Ceci]{1}* {2}", "fr"),
        ("question-mark", "Is it safe?", "C’est sûr.", "fr"),
        ("question-mark", "It is safe.", "Est-ce sûr ?", "fr"),
        ("doubled-word", "the brain", "le le cerveau", "fr"),
        ("doubled-word", "the number of relapses", "die Zahl der der Schübe", "de"),
        ("eszett", "big", "groß", "de-CH"),
    ],
)
def test_found(code: str, source: str, target: str, locale: str) -> None:
    assert code in codes(source, target, locale)


@pytest.mark.parametrize(
    ("source", "target", "locale"),
    [
        ("", "", "fr"),
        ("1.4%", "1,4 %", "fr"),
        ("1.4%", "1.4 %", "de-CH"),
        ("1.4%", "1,4 Prozent", "de"),
        ("1.4%", "١٫٤٪", "ar"),
        ("40,000", "40\u202f000", "fr"),
        ("40,000", "40\u2009000", "fr"),
        ("40,000", "40.000", "de"),
        ("40,000", "40’000", "de-CH"),
        ("40,000", "٤٠٬٠٠٠", "ar"),
        ("1,234,567.5", "1.234.567,5", "it"),
        ("5 to 10 mg", "de 5 mg à 10 mg", "fr"),
        ("5 mg to 10 mg", "5 bis 10 mg", "de"),
        ("1 in 4 people", "une personne sur quatre", "fr"),
        ("1 in 4 people", "jeder vierte Mensch", "de"),
        ("twice a day", "2 fois par jour", "fr"),
        ("two and a half years", "2,5 ans", "fr"),
        ("2.5 years", "2 ans et demi", "fr"),
        ("1.5 hours", "anderthalb Stunden", "de"),
        ("half of them", "50 % d’entre eux", "fr"),
        ("¼ of it", "un quart", "fr"),
        ("½ a tablet", "0,5 comprimé", "fr"),
        ("2.9 million people", "2 900 000 personnes", "fr"),
        ("twenty-five people", "25 personnes", "fr"),
        ("two hundred and fifty people", "250 personnes", "fr"),
        ("two hundred fifty people", "250 personnes", "fr"),
        ("a three-year trial", "eine Dreijahres-Studie", "de"),
        ("a <b> c", "un <b> c", "fr"),
        ("twenty, five or six", "20, 5 ou 6", "fr"),
        ("5 mg, then 5 mg", "deux fois 5 mg", "fr"),
        ("a clock, and a row of 1", "eine Uhr, und eine Reihe von 1", "de"),
        ("0.5 mg once a day", "0,5 mg einmal täglich", "de"),
        ("Walk 5,000 steps.", "Faites 5 000 pas.", "fr"),
        ("It is ready in 2026.", "Non prima del 2026.", "it"),
        ("Not before 2026.", "Nel 2026.", "it"),
        ("Not always.", "Nicht nur manchmal.", "de"),
        ("Never.", "Non solo.", "it"),
        ("two-thirds of people", "2/3 des gens", "fr"),
        ("the 1990s", "les années 90", "fr"),
        ("the years since 1995", "die Jahre seit ’95", "de"),
        ("at 8 pm", "à 20 heures", "fr"),
        ("at 7.30 pm", "um 19.30 Uhr", "de"),
        ("March 1, 2025", "01.03.2025", "de"),
        ("phase III", "phase 3", "fr"),
        ("phase I/II", "Phase 1/2", "de"),
        ("phase IIb", "phase 2b", "fr"),
        ("an IV infusion", "une perfusion intraveineuse", "fr"),
        ("the 20th century", "le XXe siècle", "fr"),
        ("−0.5 °C", "-0,5 °C", "fr"),
        ("−5 °C", "minus 5 °C", "de"),
        ("5–10 weeks", "de 5 à 10 semaines", "fr"),
        ("a three-year trial", "eine dreijährige Studie", "de"),
        ("a 12-week trial", "eine 12-wöchige Studie", "de"),
        ("5 mg per kg", "5 mg/kg", "fr"),
        ("$40,000 to $50,000", "de 40 000 à 50 000 dollars", "fr"),
        ("the MRI and the CNS", "l’IRM et le SNC", "fr"),
        ("DMTs", "traitements de fond", "fr"),
        ("IL-2 and COVID-19", "l’IL‑2 et la Covid-19", "fr"),
        ("T2-weighted", "pondérée en T2", "fr"),
        ("10 m2", "10 m²", "fr"),
        ("WARNING: DO NOT STOP", "ATTENTION : N’ARRÊTEZ PAS", "fr"),
        ("MS Society of Canada", "MS Society of Canada", "it"),
        ("Alemtuzumab", "Alemtuzumab", "de"),
        ("TNFα", "TNFα", "fr"),
        ("5 people got IL-2 300 times", "5 personnes ont reçu l’IL-2 300 fois", "fr"),
        ("Is it safe?", "Είναι ασφαλές;", "el"),
        ("people who receive it", "Menschen, die die Therapie erhalten", "de"),
        ("as nous nous", "nous nous", "fr"),
        ("unlikely", "peu probable", "fr"),
        ("not only in July", "nicht nur im Juli", "de"),
        ("in July", "in January", "en-AU"),
        ("three trials", "trzy badania", "pl"),
        ("in 3 trials", "w trzech badaniach", "pl"),
        ("five", "خمسة", "ar"),
        ("mail a.b@example.org or www.example.org/2", "écrire à c@d.org", "fr"),
        ("5 < 6", "5 < 6", "fr"),
        ("a word", "\u200fكلمة", "ar"),
        ("an order", "می\u200cروم", "fa"),
        ("etc", "usw.", "de"),
    ],
)
def test_not_found(source: str, target: str, locale: str) -> None:
    assert codes(source, target, locale) == []


def test_a_text_without_markup_is_not_read_as_markdown() -> None:
    assert codes("a * b", "a * b * c * d", kind="title") == []
    assert codes("One\nline", "Une ligne", kind="title") == ["line-break"]


def test_the_source_may_be_in_any_language() -> None:
    assert codes("40.000 Menschen", "40,000 people", "en", source_locale="de") == []
    assert codes("40.000 Menschen", "40.000 people", "en", source_locale="de") == ["number-changed"]


@pytest.mark.parametrize("locale", ["xx", "not a tag", "", "zh-Hant-TW", "hi", "th"])
def test_any_locale_will_do(locale: str) -> None:
    assert codes("5 mg of it", "5 mg ...", locale) in ([], ["end-punctuation"])


def test_errors_and_warnings() -> None:
    message = Message("4x5cxo6p", "paragraph", "under 50")
    (found,) = check(message, "moins de 60", "fr")
    assert (found.severity, found.span) == (Severity.ERROR, (9, 11))
    assert found.message == (
        "The source says 50 where the translation says 60; write the number of the source."
    )


@pytest.mark.parametrize(
    ("source", "target", "locale", "severity"),
    [
        ("The EDSS", "L’échelle", "fr", Severity.ERROR),
        ("The EDSS", "Skala", "pl", Severity.WARNING),
        ("The protein CD20", "Białko", "pl", Severity.ERROR),
        ("in 300 trials", "w badaniach", "pl", Severity.ERROR),
        ("four trials", "les essais", "fr", Severity.WARNING),
        ("four trials", "les deux essais", "fr", Severity.ERROR),
        ("the trials", "les quatre essais", "fr", Severity.WARNING),
        ("1.4 points", "1.4 point", "fr", Severity.WARNING),
        ("5 mg/kg", "5 g/kg", "fr", Severity.ERROR),
    ],
)
def test_how_sure_a_check_is(source: str, target: str, locale: str, severity: Severity) -> None:
    found = check(Message("4x5cxo6p", "paragraph", source), target, locale)
    assert {one.severity for one in found} == {severity}


def test_there_is_an_end_to_findings() -> None:
    assert len(codes("words", "7 " * 1_000)) == FINDINGS_MAX


@given(
    st.text(max_size=80) | st.text("0123456789., IVX*_`[]{1}<&ab/:-%½", max_size=60),
    st.text(max_size=80) | st.text("0123456789., IVX*_`[]{1}<&ab/:-%½", max_size=60),
    st.sampled_from(["fr", "de-CH", "ar", "en", "pl", "ja"]),
    st.sampled_from(["title", "paragraph", "alt"]),
)
def test_no_text_is_too_odd(source: str, target: str, locale: str, kind: str) -> None:
    for found in check(Message("4x5cxo6p", kind, source), target, locale):
        assert found.span is None or 0 <= found.span[0] <= found.span[1] <= len(target)
        assert found.message.endswith(".")


def test_several_numbers_before_a_million_are_not_multiplied() -> None:
    assert codes("01.03.2025 million", "01.03.2025 millions") == ["number-format"]
    assert codes("words", "01.03.2025 millions") == ["number-added"]


def test_a_unit_is_asked_for_beside_a_date_too() -> None:
    message = Message("4x5cxo6p", "paragraph", "On 1 March 2025 they took 5 mg.")
    found = check(message, "Am 1. März 2025 nahmen sie 5 g.", "de")
    assert [one.code for one in found] == ["unit-changed"]
    assert check(message, "Am 1. März 2025 nahmen sie 5 mg.", "de") == ()


def test_a_long_plain_text_has_no_markup() -> None:
    text = "Sie nahmen es. " * 1_000
    assert [one.code for one in markup_findings("paragraph", text, text)] == []
