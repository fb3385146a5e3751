"""TMX: pairs come back with where they come from; what other tools wrote is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.errors import ExchangeRefused, InputTooLarge
from content.translation.exchange import tmx
from content.translation.exchange.tmx import Pair, ReadPair, read_tmx, write_tmx
from tests.content.translation.exchange.texts import forbidden, nasty

names = st.text("abcdefgh-0123456789", max_size=12)
pairs = st.builds(
    Pair,
    nasty,
    nasty,
    st.just("en"),
    st.just("fr-CH"),
    names,
    st.none() | st.integers(1, 9_999),
    st.lists(names.filter(bool), max_size=3).map(tuple),
    st.sampled_from(["", "approved", "import", "machine"]),
)


def file(units: str, head: str = "") -> bytes:
    """A file as other tools write it; the first unit stands on line 3."""
    return f"{head}<tmx version='1.4'><header/>\n<body>\n{units}</body></tmx>".encode()


def unit(source: str, target: str, lang: str = "xml:lang", props: str = "") -> str:
    return (
        f"<tu>{props}<tuv {lang}='EN-US'><seg>{source}</seg></tuv>"
        f"<tuv {lang}='fr-FR'><seg>{target}</seg></tuv></tu>"
    )


def only(units: str) -> ReadPair:
    (read,) = read_tmx(file(units), "fr", "en")
    return read


@given(st.lists(pairs, max_size=4))
def test_what_is_written_comes_back(given: list[Pair]) -> None:
    source = write_tmx(given, "fr-CH")
    assert source == write_tmx(given, "fr-CH")
    assert [read.pair for read in read_tmx(source, "fr-CH", "en")] == given


@given(nasty, forbidden)
def test_what_no_file_can_carry_is_refused_by_name(text: str, character: str) -> None:
    bad = text + character
    for pair in (
        Pair(bad, "x", "en", "fr"),
        Pair("x", bad, "en", "fr"),
        Pair("x", "x", "en", "fr", section=bad),
    ):
        with pytest.raises(ExchangeRefused, match=f"{ord(character):04X}"):
            write_tmx([pair], "fr")


def test_a_line_is_named_for_each_unit() -> None:
    source = write_tmx([Pair("A {1}", "B {1}", "en", "fr"), Pair("C", "D", "en", "fr")], "fr")
    lines = source.decode().splitlines()
    for read in read_tmx(source, "fr", "en"):
        assert "<tu " in lines[read.line - 1]


@pytest.mark.parametrize(
    ("units", "source", "target"),
    [
        (unit("Risks", "Risques"), "Risks", "Risques"),
        (unit("Risks", "Risques", "lang"), "Risks", "Risques"),
        (unit("<bpt i='1'>**</bpt>a<ept i='1'>**</ept>", "<ph x='1'/>b"), "**a**", "{1}b"),
        (unit("<hi type='bold'>a</hi>", "<ph x='1'>{2}</ph>b"), "**a**", "{2}b"),
        (unit("<bpt i='1' type='italic'/>a<ept i='1' type='italic'/>", "b"), "*a*", "b"),
        (unit("<it pos='begin'>`</it>a<ut>x</ut>", "b"), "`ax", "b"),
    ],
)
def test_what_other_tools_wrote_is_read(units: str, source: str, target: str) -> None:
    assert only(units) == ReadPair(3, Pair(source, target, "en", "fr"))


def test_omegat_names_a_document_type_and_trados_writes_utf_16() -> None:
    head = '<?xml version="1.0" encoding="UTF-16"?>\n<!DOCTYPE tmx SYSTEM "tmx11.dtd">\n'
    source = file(unit("Risks", "Risques"), head).decode().encode("utf-16")
    assert read_tmx(source, "fr", "en") == [ReadPair(5, Pair("Risks", "Risques", "en", "fr"))]


@pytest.mark.parametrize(
    ("units", "why"),
    [
        ("<tu/>", "no text in `en`"),
        (unit("Risks", " "), "none in `fr`"),
        (unit("Risks", "Risques").replace("fr-FR", "x_"), "none in `fr`"),
        (unit("Risks", "Risques").replace("fr-FR", "de"), "none in `fr`"),
        (unit("Risks", "Risques").replace("<seg>Risques</seg>", ""), "none in `fr`"),
        (unit("<blink/>", "Risques"), "Line 3: the hub does not know the element `blink`"),
        (unit("<bpt i='1'/>a", "Risques"), "`bpt` 1 stands for"),
        (unit("a&#x202e;", "Risques"), "U+202E"),
        (unit("a", "b", props="<prop type='x-msif-section'>&#x202e;</prop>"), "U+202E"),
        (unit("a" * (tmx.TEXT_MAX + 1), "b"), "more than 20,000"),
    ],
)
def test_a_unit_that_is_no_pair_is_told(units: str, why: str) -> None:
    read = only(units)
    assert (read.line, read.pair) == (3, None)
    assert why in read.why


def test_a_version_that_is_no_number_is_none() -> None:
    for told in ("x", "99999999", "²", ""):
        read = only(
            unit("a", "b", props=f"<prop type='x-msif-version'>{told}</prop><prop>y</prop>")
        )
        assert read.pair == Pair("a", "b", "en", "fr")


def test_another_file_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ExchangeRefused, match="its root is `xliff`"):
        read_tmx(b"<xliff/>", "fr", "en")
    with pytest.raises(ExchangeRefused, match="Line 1: a TMX file says"):
        read_tmx(b"<tmx version='2.0'/>", "fr", "en")
    monkeypatch.setattr(tmx, "UNITS_MAX", 1)
    with pytest.raises(InputTooLarge, match="at most 1 units"):
        read_tmx(file("<tu/><tu/>"), "fr", "en")
