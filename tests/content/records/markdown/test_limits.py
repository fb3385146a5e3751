"""Files that would cost too much: refused before a parser sees them, or read in linear time."""

from contextlib import suppress

import pytest

from content.records.markdown import PageRefused, gate, grammar, read_block, read_page
from content.records.markdown.sections import SECTIONS_MAX

FACTS = (
    "---\nlocale: en\naudience: A\nauthors: [A]\nlicense: A\nattribution: {text: A, url: "
    "'https://x.org'}\ndisclaimer: A\nlast_reviewed: 2026-11-20\nreview_by: 2027-11-20\n"
    "change: {kind: wording, summary: A}\n---\n# A {#a}\n\n"
)


def codes(source: bytes) -> set[str]:
    with pytest.raises(PageRefused) as refused:
        read_page(source)
    return {mistake.code for mistake in refused.value.mistakes}


def test_a_file_is_at_most_eight_million_bytes() -> None:
    assert codes(b"a" * 8_000_001) == {"too-large"}


def test_a_file_is_utf_8() -> None:
    with pytest.raises(PageRefused) as refused:
        read_page(FACTS.encode() + "ä".encode("latin-1"))
    assert [(m.line, m.code) for m in refused.value.mistakes] == [(14, "not-utf-8")]


@pytest.mark.parametrize(
    "character", ["\x00", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\ufeff"]
)
def test_characters_that_no_file_holds(character: str) -> None:
    with pytest.raises(PageRefused) as refused:
        read_page(f"{FACTS}a\nb{character}".encode())
    assert [(m.line, m.code) for m in refused.value.mistakes] == [(15, "control-character")]


def test_marks_on_one_letter_have_a_limit() -> None:
    assert codes(f"{FACTS}a{chr(0x301) * 31}".encode()) == {"control-character"}
    assert read_page(f"{FACTS}a{chr(0x301) * 30} {chr(0x12000) * 40}".encode())


def test_lines_have_a_limit() -> None:
    assert codes(f"{FACTS}{'a' * 100_001}".encode()) == {"text-too-long"}
    assert codes(b"\n" * 100_001) == {"too-large"}


@pytest.mark.parametrize(
    "text",
    [
        "[" * 40_001,
        "*" * 90_000 + "\n\n" + "*" * 90_000 + "\n\n" + "*" * 90_000,
        ("|a" * 60 + "\n" + "|-" * 60 + "\n" + "|\n" * 2_000),
    ],
)
def test_markup_has_a_limit(text: str) -> None:
    assert codes(f"{FACTS}{text}".encode()) == {"too-large"}


def test_sections_have_a_limit() -> None:
    more = "".join(f"## B {{#b{number}}}\n" for number in range(SECTIONS_MAX))
    assert codes(f"{FACTS}{more}".encode()) == {"too-large"}


def test_blocks_in_memory_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grammar, "TOKENS_MAX", 10)
    assert codes(f"{FACTS}{'- a' + chr(10)}".replace("- a\n", "- a\n" * 20).encode()) == {
        "too-large"
    }
    with pytest.raises(PageRefused):
        read_block("- a\n" * 20)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "*" * 10_000,
        "`" * 10_000,
        "_a*" * 3_000,
        "![" * 5_000,
        "<a b='" * 1_500,
        "a**b " * 2_000,
        "> " * 20_000,
        "- " * 20_000,
        "[a]: b\n" * 5_000,
        "::: note\n" * 5_000,
        "&#769;" * 10_000,
        "\\" * 10_000,
    ],
)
def test_texts_that_make_parsers_slow_are_answered(text: str) -> None:
    with suppress(PageRefused):
        assert read_page(f"{FACTS}{text}".encode()).sections[0].blocks


def test_what_costs_nothing_is_not_refused() -> None:
    assert gate.too_costly("| a |\n| - |\n| b |\n\ntext") == ""
