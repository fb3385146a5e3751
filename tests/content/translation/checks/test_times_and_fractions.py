"""Times of the day, fractions and numbers in longer words: each right form, and one beside it."""

import pytest

from content.records.message import Message
from content.translation.checks import check

RIGHT = [
    ("it", "She was 20 years old.", "Aveva vent’anni."),
    ("it", "Take it at 9 am.", "Lo prenda alle 9.00."),
    ("it", "Open until 6:30 pm.", "Aperto fino alle 18.30."),
    ("de", "Take it at 9 am.", "Nehmen Sie es um 9.00 Uhr ein."),
    ("de", "Take it at 9 am.", "Nehmen Sie es um 9:00 Uhr ein."),
    ("fr", "Open from 8 a.m. to 5:30 p.m.", "Ouvert de 8 h 00 à 17 h 30."),
    ("de", "a twenty-five-year-old man", "ein fünfundzwanzigjähriger Mann"),
    ("de", "a two-thirds majority", "eine Zweidrittelmehrheit"),
    ("de", "three quarters of an hour", "eine Dreiviertel-Stunde"),
    ("it", "after 1½ hours", "dopo un’ora e mezza"),
    ("fr", "after 2½ hours", "après 2,5 heures"),
    ("de", "1⅓ tablets", "1⅓ Tabletten"),
    ("fr", "£2.3 billion", "2,3 milliards de livres"),
    ("fr", "the code ICD-11", "le code CIM-11"),
    ("de", "from 9 am to noon", "von 9 bis 12 Uhr"),
    ("it", "300 patients", "trecento pazienti"),
    ("it", "2,000 patients", "duemila pazienti"),
    ("fr", "three-monthly blood tests", "analyses de sang trimestrielles"),
    ("de", "in the mid-1980s", "Mitte der Achtzigerjahre"),
]
WRONG = [
    ("it", "300 patients", "duecento pazienti"),
    ("fr", "Open from 9 am.", "Ouvert à partir de 9 h 30."),
    ("fr", "Open from 9:30 am.", "Ouvert à partir de 9 h 00."),
    ("de", "Open until 6:30 pm.", "Bis 19:30 Uhr geöffnet."),
    ("de", "Open until 6:30 pm.", "Bis 18:45 Uhr geöffnet."),
    ("fr", "p = .38", "p = 0,83"),
    ("fr", "see section 4.8", "voir la rubrique 4.3"),
    ("fr", "a dose of 4.8 mg", "une dose de 4.8 mg"),
    ("de", "three quarters of them", "ihre Zweiviertelmehrheit"),
    ("it", "18-year-olds", "i sedicenni"),
    ("it", "about 1.5 litres", "circa due litri e mezzo"),
    ("fr", "72 patients", "septante-trois patients"),
    ("fr", "1½ years", "2½ ans"),
    ("de", "£2.3 billion", "2,3 Milliarden Euro"),
    ("fr", "the code ICD-10", "le code CIM-11"),
    ("fr", "95% CI 0.4–0.8", "IC à 95 % 0,4–0,8 %"),
    ("fr", "a threefold risk", "un risque multiplié par quatre"),
]


def codes(source: str, target: str, locale: str) -> list[str]:
    return [found.code for found in check(Message("4x5cxo6p", "paragraph", source), target, locale)]


@pytest.mark.parametrize(("locale", "source", "target"), RIGHT)
def test_a_right_form_gives_no_finding(locale: str, source: str, target: str) -> None:
    assert codes(source, target, locale) == []


@pytest.mark.parametrize(("locale", "source", "target"), WRONG)
def test_a_wrong_number_is_found(locale: str, source: str, target: str) -> None:
    assert any(
        code.startswith(("number-", "unit-", "code-")) for code in codes(source, target, locale)
    )


def test_the_form_that_is_asked_for_keeps_its_word() -> None:
    message = Message("4x5cxo6p", "paragraph", "1.5 million people")
    (found,) = check(message, "1.5 million de personnes", "fr")
    assert found.message.endswith("write 1,5 million.")
