"""Glossary terms: used, missing, forbidden."""

import pytest

from content.records.message import Message
from content.translation.checks import check_terms
from content.translation.exchange.term import Term

STEM_CELL = Term("stem cell", ("cellule souche",), ("cellule mère", "souche"))
MS = Term("MS", ("SEP",), ("SM",))
RELAPSE = Term("relapse", ("Schub",))
ONLY_FORBIDDEN = Term("relapse", (), ("rechute",))


def codes(source: str, target: str, *terms: Term) -> list[str]:
    message = Message("4x5cxo6p", "paragraph", source)
    return [found.code for found in check_terms(message, target, terms)]


@pytest.mark.parametrize(
    ("source", "target", "term"),
    [
        ("Stem cells", "Les cellules souches", STEM_CELL),
        ("the stem cell", "une souche de cellule", Term("stem cell", ("cellule souche",))),
        ("Nothing of it", "La cellule mère", STEM_CELL),
        ("MS is", "La SEP est", MS),
        ("ms (milliseconds)", "La SM", MS),
        ("Relapses", "Schubrate", RELAPSE),
    ],
)
def test_a_term_that_is_used(source: str, target: str, term: Term) -> None:
    assert codes(source, target, term) == []


def test_a_term_that_is_missing() -> None:
    assert codes("Stem cells", "Les cellules", STEM_CELL) == ["term-missing"]
    assert codes("MS is", "La sep est", MS) == ["term-missing"]


def test_a_forbidden_word() -> None:
    assert codes("Stem cells", "Cellules mères, cellules souches", STEM_CELL) == ["term-forbidden"]
    message = Message("4x5cxo6p", "paragraph", "relapses")
    (found,) = check_terms(message, "les rechutes", [ONLY_FORBIDDEN])
    assert found.span == (4, 12)
    assert found.message == "“rechutes” must not stand for “relapse”; use “another word”."


def test_a_forbidden_word_that_the_source_has_too_says_something_else() -> None:
    term = Term("relapse", ("relapse",), ("attack",))
    assert codes("Cells attack in relapses", "They attack in relapses", term) == []
    assert codes("In relapses", "In relapses, an attack", term) == ["term-forbidden"]
    other = Term("relapse", ("flare",), ("relapse",))
    assert codes("In relapses", "A flare, a relapse", other) == ["term-forbidden"]


def test_a_forbidden_word_inside_the_right_one_is_none() -> None:
    assert codes("Stem cells", "des cellules souches", STEM_CELL) == []


def test_a_term_without_words_is_nowhere() -> None:
    assert codes("Stem cells", "x", Term("…", ("y",))) == []
