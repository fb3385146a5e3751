"""Glossaries as tables and as TBX: terms come back, rows that are none are told with their line."""

import re
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lxml import etree

from content.errors import ExchangeRefused, InputTooLarge
from content.translation.exchange import glossary_csv, tbx
from content.translation.exchange.glossary_csv import read_csv, write_csv
from content.translation.exchange.tbx import read_tbx, write_tbx
from content.translation.exchange.term import ReadTerm, Status, Term, read_term, tidy
from tests.content.translation.exchange.texts import forbidden, nasty

Write = Callable[[list[Term]], bytes]
Read = Callable[[bytes], list[ReadTerm]]


def _as_word(text: str) -> str:
    return tidy(re.sub(r"[|\n\t]", "", text)).lstrip("=+@ \u00a0\u202f")


words = nasty.map(_as_word).filter(lambda word: bool(tidy(word)) and word == tidy(word))


@st.composite
def terms(draw: st.DrawFn) -> Term:
    said = draw(st.lists(words, min_size=1, max_size=5, unique_by=str.casefold))
    cut = draw(st.integers(1, len(said)))
    note = draw(st.just("") | nasty.map(lambda text: tidy(text).lstrip("=+@")).map(tidy))
    status = draw(st.sampled_from(list(Status)))
    read = read_term(1, draw(words), said[:cut], said[cut:], note, status)
    assume(read.term is not None)
    assert read.term is not None
    return read.term


KINDS: dict[str, tuple[Write, Read]] = {
    "csv": (lambda terms: write_csv(terms, "fr"), lambda source: read_csv(source, "fr")),
    "tbx": (
        lambda terms: write_tbx(terms, "fr", "en"),
        lambda source: read_tbx(source, "fr", "en"),
    ),
    "tbx of one language": (
        lambda terms: write_tbx(terms, "en", "en"),
        lambda source: read_tbx(source, "en", "en"),
    ),
}
kinds = pytest.mark.parametrize("kind", KINDS)


@kinds
@given(st.lists(terms(), max_size=4))
def test_what_is_written_comes_back(kind: str, given: list[Term]) -> None:
    write, read = KINDS[kind]
    assert write(given) == write(given)
    assert [one.term for one in read(write(given))] == given


@given(nasty, forbidden)
def test_what_no_file_can_carry_is_no_term(text: str, character: str) -> None:
    read = read_term(7, "relapse", [f"a{character}b"], [], "", "")
    assert (read.line, read.term) == (7, None)
    assert f"U+{ord(character):04X}" in read.why
    with pytest.raises(ExchangeRefused, match=f"{ord(character):04X}"):
        write_tbx([Term("relapse", (f"a{character}b",))], "fr", "en")


@pytest.mark.parametrize(
    ("source", "preferred", "barred", "note", "status", "why"),
    [
        (" ", ["a"], [], "", "", "source term is missing"),
        ("a", [" "], [], "", "", "no preferred term"),
        ("a", ["b"], [], "", "done", "`done` is no status"),
        ("a" * 201, ["b"], [], "", "", "more than 200 characters"),
        ("a", [f"b{n}" for n in range(21)], [], "", "", "more than 20 terms"),
        ("a", ["b|c"], [], "", "", "tab or a line break"),
        ("a", ["b\x07"], [], "", "", "U+0007"),
        ("a", ["b\nc"], [], "", "", "tab or a line break"),
        ("=SUM(A1)", ["b"], [], "", "", "begins like a formula"),
        ("a", ["b"], [], "@x", "", "note begins like a formula"),
        ("a", ["b"], [], "x" * 1_001, "", "more than 1,000"),
        ("a", ["b"], [], "\x07", "", "U+0007"),
        ("a", ["b"], ["B"], "", "", "both preferred and forbidden"),
    ],
)
def test_what_is_no_term_is_said(
    source: str, preferred: list[str], barred: list[str], note: str, status: str, why: str
) -> None:
    read = read_term(3, source, preferred, barred, note, status)
    assert (read.line, read.term) == (3, None)
    assert why in read.why


def test_a_term_with_what_no_file_can_carry_is_not_written() -> None:
    with pytest.raises(ExchangeRefused, match=r"U\+0007"):
        write_tbx([Term("relapse", ("a\x07b",))], "fr", "en")


# Tables


def test_a_table_that_excel_saved_is_read() -> None:
    text = "\ufeffSource;Preferred;Forbidden\r\nrelapse; poussée ;crise|attaque\r\n;;\r\n"
    assert read_csv(text.encode(), "fr") == [
        ReadTerm(2, "relapse", Term("relapse", ("poussée",), ("crise", "attaque")))
    ]
    assert read_csv(b"preferred\tsource\npouss\xc3\xa9e\trelapse\n", "fr")[0].term == Term(
        "relapse", ("poussée",)
    )


def test_rows_are_told_with_the_line_they_begin_on() -> None:
    text = 'source,locale,preferred,note\na,fr,b,"two\nlines"\nc,de,d,\n\ne,fr\nf,,g,\n'
    assert read_csv(text.encode(), "fr") == [
        ReadTerm(2, "a", Term("a", ("b",), note="two\nlines")),
        ReadTerm(4, "c", None, "It is for `de`, not for `fr`."),
        ReadTerm(6, "e", None, "It has 2 cells, not 4."),
        ReadTerm(7, "f", Term("f", ("g",))),
    ]


@pytest.mark.parametrize(
    ("line", "why", "source"),
    [
        (1, "has to name the columns", b""),
        (1, "has to name the columns", b"source,note\n"),
        (1, "has to name the columns", b"source,preferred,source\n"),
        (1, "`colour` is no column", b"source,preferred,colour\n"),
        (2, "not UTF-8", b"source,preferred\n\xe9,a\n"),
        (2, "U+0000", b"source,preferred\n\x00,a\n"),
        (2, "not whole", b'source,preferred\n"a,b\n'),
        (2, "not whole", b'source,preferred\n"a"b,c\n'),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(line: int, why: str, source: bytes) -> None:
    with pytest.raises(ExchangeRefused, match=re.escape(why)) as refused:
        read_csv(source, "fr")
    assert refused.value.context["line"] == line


def test_a_table_has_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputTooLarge, match="4,000,000 bytes"):
        read_csv(b"x" * (glossary_csv.CSV_BYTES_MAX + 1), "fr")
    monkeypatch.setattr(glossary_csv, "ROWS_MAX", 2)
    with pytest.raises(InputTooLarge, match="2 rows"):
        read_csv(b"source,preferred\na,b\nc,d\n", "fr")


# TBX


def test_it_is_tbx_basic_in_dca() -> None:
    root = etree.fromstring(write_tbx([Term("a", ("b",), ("c",), "n")], "fr", "en"))
    assert root.tag == "{urn:iso:std:iso:30042:ed-2}tbx"
    assert (root.get("type"), root.get("style")) == ("TBX-Basic", "dca")
    concept = root.find(".//{*}conceptEntry")
    assert concept is not None
    assert [[etree.QName(each).localname for each in one] for one in concept] == [
        ["termSec"],
        ["note", "termSec", "termSec"],
    ]
    told = [one.text for one in concept.iterfind(".//{*}termNote[@type='administrativeStatus']")]
    assert told == ["preferredTerm-admn-sts", "deprecatedTerm-admn-sts"]


MARTIF = """<?xml version='1.0'?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><text><body>
<termEntry id="1"><descrip type="subjectField">MS</descrip><langSet xml:lang="en-GB"><tig>
<term>relapse</term></tig></langSet><langSet xml:lang="fr-FR"><note> not crisis </note>
<ntig><termGrp><term><hi>poussée</hi></term><termNote type="partOfSpeech">noun</termNote>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp></ntig>
<tig><term>rechute</term>
<termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig><tig><term>crise</term>
<termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig>
<tig><term/></tig></langSet></termEntry></body></text></martif>"""

DCT = """<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
xmlns:min="http://www.tbxinfo.net/ns/min"><text><body><conceptEntry id="c"><langSec xml:lang="en">
<termSec><term>drug</term></termSec></langSec><langSec xml:lang="fr"><termSec><term>drogue</term>
<min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec><termSec>
<term>médicament</term></termSec></langSec></conceptEntry></body></text></tbx>"""


def test_older_and_other_styles_are_read() -> None:
    term = Term("relapse", ("poussée", "rechute"), ("crise",), "not crisis")
    assert read_tbx(MARTIF.encode(), "fr", "en") == [ReadTerm(4, "relapse", term)]
    assert read_tbx(DCT.encode(), "fr", "en")[0].term == Term("drug", ("médicament",), ("drogue",))


@pytest.mark.parametrize(
    ("locale", "source_locale", "why"),
    [
        ("de", "en", "no term in `de`"),
        ("fr", "it", "no term in `it`"),
    ],
)
def test_a_concept_without_both_languages_is_told(
    locale: str, source_locale: str, why: str
) -> None:
    (read,) = read_tbx(MARTIF.encode(), locale, source_locale)
    assert (read.line, read.term) == (4, None)
    assert why in read.why


def test_a_language_that_is_none_and_terms_that_are_all_forbidden() -> None:
    odd = DCT.replace('"fr"', '"x_"')
    assert "no term in `fr`" in read_tbx(odd.encode(), "fr", "en")[0].why
    only = DCT.replace("<term>médicament</term>", "<term/>")
    assert read_tbx(only.encode(), "fr", "en")[0].why == "It has no preferred term."


def test_another_file_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ExchangeRefused, match="its root is `tmx`"):
        read_tbx(b"<tmx/>", "fr", "en")
    monkeypatch.setattr(tbx, "CONCEPTS_MAX", 0)
    with pytest.raises(InputTooLarge, match="at most 0 concepts"):
        read_tbx(MARTIF.encode(), "fr", "en")
