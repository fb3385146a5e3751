"""The bundled glossary: every row is a term, and the bundled translations keep to it."""

import csv
import re
from collections import Counter

import polib
import pytest

from content.samples import bundle
from content.settings import ROOT
from content.translation import catalogue, glossary
from content.translation.exchange.glossary_csv import read_csv
from content.translation.exchange.term import Term
from tests.reader import TODAY
from tests.world import World

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

LOCALES = (bundle.SOURCE_LOCALE, *bundle.TRANSLATIONS)
#: The terms that there are at least, in each language that is translated into.
TERMS_MIN = 60


def terms(locale: str) -> list[Term]:
    read = read_csv(bundle.glossary(locale), locale)
    assert [one for one in read if one.term is None] == []
    return [one.term for one in read if one.term]


@pytest.mark.parametrize("locale", bundle.TRANSLATIONS)
def test_every_term_is_in_every_language_once(locale: str) -> None:
    told = Counter(term.source for term in terms(locale))
    assert len(told) >= TERMS_MIN
    assert set(told.values()) == {1}
    assert set(told) == {term.source for term in terms("fr")}


def test_no_row_is_of_another_language() -> None:
    text = bundle.GLOSSARY_FILE.read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert {row["locale"] for row in rows} == set(LOCALES)
    assert len(rows) == sum(len(terms(locale)) for locale in LOCALES)


@pytest.mark.parametrize("locale", bundle.TRANSLATIONS)
def test_the_bundled_translations_use_no_forbidden_term(locale: str) -> None:
    path = ROOT / "locales" / catalogue.file_name(bundle.PAGE, locale)
    barred = {word for term in terms(locale) for word in term.forbidden}
    assert barred
    used = [
        (word, entry.msgstr)
        for entry in polib.pofile(str(path))
        for word in barred
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", entry.msgstr, re.IGNORECASE)
    ]
    assert used == []


def test_french_and_german_have_no_false_friends_for_a_drug() -> None:
    for locale, word in (("fr", "drogue"), ("it", "droga"), ("de", "Droge")):
        (drug,) = [term for term in terms(locale) if term.source == "drug"]
        assert word in drug.forbidden


def test_the_demonstration_has_it(sample: World) -> None:
    with sample.reading() as session:
        for locale in LOCALES:
            assert len(glossary.terms(session, locale)) == len(terms(locale))
            by = {row.who for row in glossary.rows(session, locale)}
            assert by == {"editor" if locale == "en" else f"translator-{locale}"}
