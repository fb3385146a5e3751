"""Sources and requests no draft is made of, and those that only look so."""

import time

import pytest

from content.records.existing_page import (
    DraftRefused,
    draft,
    draft_from,
    markdown_page,
    outline,
    soup,
)
from content.records.existing_page.draft import Form
from tests.content.records.existing_page.reading_back import body_of, filled_in


@pytest.mark.parametrize(
    ("source", "form", "reason"),
    [
        (b" ", "html", "empty"),
        (b"<p>" + b"x" * 8_000_000, "html", "8,000,000 bytes"),
        (b"\x89PNG\0", "html", "not text"),
        (b"a\0", "text", "not text"),
        (b"plain", "html", "no HTML"),
        (b"<p>\x81", "html", "encoding"),
        (b"ab\xff", "markdown", "Byte 3 .* UTF-8:"),
        (b"a\n" * 100_001, "markdown", "100,000 lines"),
        (b"> " * 200 + b"a", "markdown", "deep"),
    ],
)
def test_sources_that_are_refused(source: bytes, form: Form, reason: str) -> None:
    with pytest.raises(DraftRefused, match=reason):
        draft_from(source, form=form)


@pytest.mark.parametrize(
    ("select", "reason"),
    [("p", "2 elements"), ("main", "Nothing"), ("p[", "no CSS|not a CSS"), ("p:x", "not a CSS")],
)
def test_selectors_that_are_refused(select: str, reason: str) -> None:
    with pytest.raises(DraftRefused, match=reason):
        draft_from(b"<p>a<p>b", form="html", select=select)


def test_requests_that_are_refused() -> None:
    with pytest.raises(DraftRefused, match="HTML"):
        draft_from(b"a", form="text", select="p")
    for address in ("www.msif.org", "http://[x"):
        with pytest.raises(DraftRefused, match="whole"):
            draft_from(b"<p>a", form="html", address=address)


def test_pages_too_large_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outline, "SECTIONS_MAX", 3)
    monkeypatch.setattr(soup, "ELEMENTS_MAX", 6)
    with pytest.raises(DraftRefused, match="3 headings"):
        draft_from(b"<h2>a</h2>" * 4, form="html")
    with pytest.raises(DraftRefused, match="6 elements"):
        draft_from(b"<b>" * 7, form="html")


def test_a_draft_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft, "DRAFT_BYTES_MAX", 300)
    with pytest.raises(DraftRefused, match="larger"):
        draft_from(b"<p>" + b"[" * 150, form="html")


@pytest.mark.parametrize("source", [b"<!--" * 20_000, b"<a " * 20_000, b"<a b='" * 20_000])
def test_broken_html_ends_in_time(source: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soup, "PARSE_SECONDS_MAX", 0.1)
    start = time.monotonic()
    with pytest.raises(DraftRefused, match="too long"):
        draft_from(source, form="html")
    assert time.monotonic() - start < 3


def test_costly_markdown_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown_page, "PARSE_SECONDS_MAX", 0.1)
    with pytest.raises(DraftRefused, match="too long"):
        draft_from(b"[" * 200_000, form="markdown")


@pytest.mark.parametrize("name", ["div", "ul", "b", "blockquote", "table", "figure", "dl"])
def test_a_thousand_elements_inside_one_another(name: str) -> None:
    made = draft_from(f"{f'<{name}>' * 1_000}word".encode(), form="html")
    assert "word" in made.unplaced[0].text


@pytest.mark.parametrize(
    ("source", "note"),
    [
        ("<meta charset=iso-8859-1><p>café".encode("latin-1"), ""),
        ("<p>café".encode("utf-16"), "Read as utf-16le"),
        (b"<meta charset=utf-8><p>caf\xe9", "Read as windows-1252"),
        (b"<meta charset=nonsense><p>caf\xe9", "Read as windows-1252"),
        ("<p>café".encode(), "Read as utf-8"),
    ],
)
def test_encodings(source: bytes, note: str) -> None:
    made = draft_from(source, form="html")
    assert body_of(made.markdown).strip().endswith("café")
    assert any(sentence.startswith(note) for sentence in made.notes)


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("<main>a</main><p>b", "<main>"),
        ("<body><article>a</article><p>b", "<article>"),
        ("<body><article>a</article><article>a</article>", "<body>"),
        ("a<p>b", "the whole file"),
    ],
)
def test_without_a_selector_the_main_part_is_read(source: str, part: str) -> None:
    made = draft_from(source.encode(), form="html")
    assert f"Nothing was selected: the draft is made from {part}" in made.notes
    assert filled_in(made).sections[0].blocks


def test_an_element_chosen_by_name_is_read_whatever_it_is() -> None:
    made = draft_from(b"<nav><p>a</nav>", form="html", select="nav")
    assert "\na\n" in made.markdown


def test_html_that_takes_too_long_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soup, "PARSE_SECONDS_MAX", -1.0)
    with pytest.raises(DraftRefused, match="too long"):
        draft_from(b"<p>a", form="html")
