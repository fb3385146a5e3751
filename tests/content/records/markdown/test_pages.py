"""Whole files: what they say, and every mistake with its line."""

from datetime import date

import pytest

from content.records.markdown import (
    AuthoredPage,
    Block,
    Evidence,
    Figure,
    Image,
    Listing,
    Mistake,
    PageRefused,
    Paragraph,
    SectionFacts,
    Words,
    read_page,
    write_page,
)

FACTS = """\
---
locale: en
audience: People with MS
authors:
  - MSIF editorial team
license: CC-BY-4.0
attribution:
  text: MS International Federation
  url: https://www.msif.org/
disclaimer: This page informs.
last_reviewed: 2026-11-20
review_by: 2027-11-20
change:
  kind: clinical
  summary: First edition
"""
FULL = (
    FACTS
    + """\
evidence:
  - id: mist
    type: trial
    title: "MIST: a randomised trial"
    url: https://clinicaltrials.gov/study/NCT00273364
    registry: NCT00273364
  - id: beat-ms
    type: page
    title: BEAT-MS
    url: https://x.org/
figures:
  - file: steps.svg
    credit: MS Australia
    license: CC-BY-4.0
sections:
  deep:
    audience: Nurses
    review_by: 2027-01-01
---

# Stem cells {#stem-cells}

::: summary
What is *known*.
:::

More is needed. [@mist]

- one
- two

[@mist; @beat-ms]

* three

## Evidence {#evidence}

![Steps.](steps.svg "The steps")

### Deep {#deep}

## Last {#last}
"""
)
BODY_LINE = FACTS.count("\n") + 2  # the line after the second `---`


def mistakes(body: str, facts: str = FACTS) -> list[tuple[int, str]]:
    """The lines and codes of a file's mistakes; line 1 is the first line of the body."""
    with pytest.raises(PageRefused) as refused:
        read_page(f"{facts}---\n{body}".encode())
    first = facts.count("\n") + 1
    return [(mistake.line - first, mistake.code) for mistake in refused.value.mistakes]


def below(text: str) -> list[tuple[int, str]]:
    """The mistakes of a text below a heading; line 1 is its first."""
    return [(line - 2, code) for line, code in mistakes(f"# A {{#a}}\n\n{text}")]


def test_a_page_says_what_its_file_says() -> None:
    page = read_page(FULL.encode())
    assert isinstance(page, AuthoredPage)
    assert (page.locale, page.facts.review_by) == ("en", date(2027, 11, 20))
    assert page.evidence[0] == Evidence(
        "mist",
        "trial",
        "MIST: a randomised trial",
        "https://clinicaltrials.gov/study/NCT00273364",
        "NCT00273364",
    )
    assert page.figures == (Figure("steps.svg", "MS Australia", "CC-BY-4.0"),)
    root, evidence, deep, last = page.sections
    assert root.title == Words("title", "Stem cells")
    assert root.summary == Words("summary", "What is *known*.")
    assert root.children == ("evidence", "last")
    assert evidence.children == ("deep",)
    assert (root.evidence, root.figures) == (("mist", "beat-ms"), ())
    assert (evidence.evidence, evidence.figures) == ((), ("steps.svg",))
    assert [block.evidence for block in root.blocks] == [("mist",), ("mist", "beat-ms"), ()]
    assert root.blocks[0] == Block(Paragraph(Words("paragraph", "More is needed.")), ("mist",))
    authors = ("MSIF editorial team",)
    assert deep.facts == SectionFacts("Nurses", authors, date(2026, 11, 20), date(2027, 1, 1))
    assert FULL.split("\n")[deep.line - 1].startswith("### Deep")
    assert last.blocks == ()


def test_the_canonical_file_is_the_file() -> None:
    canonical = FULL.replace("\n* three", "\n- three")
    assert write_page(read_page(FULL.encode())) == canonical


def test_two_lists_in_a_row_stay_two() -> None:
    source = f"{FACTS}---\n\n# A {{#a}}\n\n- a\n\n* b\n\n- c\n\n1. d\n\n1) e\n"
    page = read_page(source.encode())
    assert [type(block.tree) for block in page.sections[0].blocks] == [Listing] * 5
    assert write_page(page) == source


def test_line_ends_and_byte_order_mark_do_not_count() -> None:
    page = read_page(FULL.encode())
    assert read_page(FULL.replace("\n", "\r\n").encode("utf-8-sig")) == page


def test_a_figure_may_carry_its_citation() -> None:
    cited = FULL.replace('"The steps")', '"The steps") [@mist]')
    block = read_page(cited.encode()).sections[1].blocks[0]
    assert isinstance(block.tree, Image)
    assert block.evidence == ("mist",)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("", [(1, "root-missing")]),
        ("text\n\n# A {#a}", [(1, "root-missing")]),
        ("## A {#a}", [(1, "root-missing")]),
        ("# A {#a}\n# B {#b}", [(2, "root-second")]),
        ("# A {#a}\n### B {#b}", [(2, "heading-jump")]),
        ("# A", [(1, "slug-missing")]),
        ("# A {#B}", [(1, "slug-invalid")]),
        (f"# A {{#{'a' * 81}}}", [(1, "slug-invalid")]),
        ("# A {#a}\n## B {#a}", [(2, "slug-duplicate")]),
        ("# {#a}", [(1, "blank")]),
        ("A {#a}\n===", [(1, "block-not-supported")]),
        (" # A {#a}", [(1, "block-not-supported")]),
        (f"# {'a' * 301} {{#a}}", [(1, "text-too-long")]),
        ("# <b>A</b> {#a}", [(1, "html")]),
    ],
)
def test_mistakes_of_headings(body: str, found: list[tuple[int, str]]) -> None:
    assert mistakes(body) == found


def test_a_missing_slug_is_proposed() -> None:
    with pytest.raises(PageRefused, match=r"\{#uber-stammzellen-5\}"):
        read_page(f"{FACTS}---\n# Über *Stammzellen* (5)".encode())
    with pytest.raises(PageRefused, match=r"\{#section\}"):
        read_page(f"{FACTS}---\n# 多".encode())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\n\n    code", [(3, "block-not-supported")]),
        ("```\ncode\n```", [(1, "block-not-supported")]),
        ("a\n\n---", [(3, "block-not-supported")]),
        ("<div>\n</div>", [(1, "html")]),
        ("a\nb <i>c</i>", [(2, "html")]),
        ("[a]: https://x.org", [(1, "block-not-supported")]),
        ("a\n::: warning\nb", [(2, "block-not-supported")]),
        ("a [^1]", [(1, "block-not-supported")]),
        ("a ![b](c.svg)", [(1, "image")]),
        ("- # a", [(1, "block-not-supported")]),
        ("-", [(1, "block-not-supported")]),
        ("- a\n\n  b", [(3, "block-not-supported")]),
        ("- a\n  - b\n\n  c", [(4, "block-not-supported")]),
        ("- a\n  > b", [(2, "block-not-supported")]),
        ("- a\n  - ::: x", [(2, "block-not-supported")]),
        ("- a\n  - b\n    - c\n      - d\n        - e", [(5, "block-not-supported")]),
        ("- <b>", [(1, "html")]),
        (">", [(1, "blank")]),
        ("> - a", [(1, "block-not-supported")]),
        ("> a\n>\n> [x]: y", [(3, "block-not-supported")]),
        ("| a |\n| - |\n| <b> |", [(3, "html")]),
        ("| a |\n| - |\n| b | c |", [(3, "block-not-supported")]),
        ("| a |\n| - |\nb | c", [(3, "block-not-supported")]),
        ("::: note\n:::", [(1, "blank")]),
        ("::: note\na", [(1, "block-not-supported")]),
        ("::: note\n> a\n:::", [(2, "block-not-supported")]),
        ("a\n\n::: summary\nb\n:::", [(3, "summary-misplaced")]),
        ("::: summary\n- b\n:::", [(1, "block-not-supported")]),
        ("::: summary\nb", [(1, "block-not-supported")]),
        ("::: summary\na\n:::\n\n::: summary\nb\n:::", [(5, "summary-misplaced")]),
        ("a [@mist] b", [(1, "citation-misplaced")]),
        ("a [@Mist]", [(1, "citation-misplaced")]),
        ("- a [@mist]", [(1, "citation-misplaced")]),
        ("[@mist]", [(1, "citation-misplaced")]),
        ("[@mist] a", [(1, "citation-misplaced")]),
        ("a\\\n[@mist]", [(2, "citation-misplaced")]),
        ("a [@mist]\n\n[@mist]", [(1, "evidence-unknown"), (3, "citation-misplaced")]),
        ("a\n\n[@mist]", [(1, "evidence-unknown")]),
        ("![](a.svg)", [(1, "figure-without-alt")]),
        ("![*a*](a.svg)", [(1, "markup")]),
        ('![a](a.svg "<b>")', [(1, "html")]),
        ('![a](a.svg " ")', [(1, "blank")]),
        ("![a]()", [(1, "figure-unknown")]),
        ("![a](a.svg)", [(1, "figure-without-credit")]),
        ("[a](/b)", [(1, "link-target")]),
        ("a\tb", [(1, "control-character")]),
        ("a" * 10_001, [(1, "text-too-long")]),
        ("a" * 900 + ("\n" + "a" * 900) * 115, [(1, "text-too-long")]),
        ("- " + "a" * 900 + ("\n  " + "a" * 900) * 115, [(1, "text-too-long")]),
        ("a\n\n" * 501, [(1001, "too-large")]),
    ],
)
def test_what_is_not_in_the_list_is_refused_with_its_line(
    text: str, found: list[tuple[int, str]]
) -> None:
    assert below(text) == found


def test_a_caption_has_its_limit() -> None:
    assert below(f'![a](a.svg "{"a" * 10_001}")') == [(1, "text-too-long")]


def test_every_mistake_is_told_in_the_order_of_lines() -> None:
    with pytest.raises(PageRefused) as refused:
        read_page(FULL.replace("last_reviewed", "reviewed").replace("{#deep}", "").encode())
    codes = [mistake.code for mistake in refused.value.mistakes]
    assert codes == [
        "front-matter-missing-key",
        "front-matter-unknown-key",
        "section-unknown",
        "slug-missing",
    ]
    assert str(refused.value).startswith("line 2: the key `last_reviewed` is missing")


def test_mistakes_end_somewhere() -> None:
    with pytest.raises(PageRefused) as refused:
        read_page(
            f"{FACTS}---\n# A {{#a}}\n{'<b> a' + chr(10)}".replace(
                "<b> a", "<b> a\n\n" * 600
            ).encode()
        )
    assert len(refused.value.mistakes) == 500
    assert isinstance(refused.value.mistakes[0], Mistake)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (" [@mist]\n", "\n", None),
        ("[@mist; @beat-ms]", "[@mist]", "evidence-unused"),
        ("[@mist; @beat-ms]", "[@mist; @mist; @beat-ms]", "evidence-duplicate"),
        ("id: beat-ms", "id: mist", "evidence-duplicate"),
        ("[@mist; @beat-ms]", "[@mist; @beat-ms; @x]", "evidence-unknown"),
        ('![Steps.](steps.svg "The steps")', "Nothing.", "figure-unused"),
        ("(steps.svg ", "(other.svg ", "figure-without-credit"),
        ("  deep:", "  deeper:", "section-unknown"),
    ],
)
def test_the_parts_of_a_file_agree(old: str, new: str, code: str | None) -> None:
    source = FULL.replace(old, new).encode()
    if code is None:
        assert read_page(source)
    else:
        with pytest.raises(PageRefused) as refused:
            read_page(source)
        assert code in [mistake.code for mistake in refused.value.mistakes]


def test_a_figure_listed_twice() -> None:
    entry = "  - file: steps.svg\n    credit: MS Australia\n    license: CC-BY-4.0\n"
    with pytest.raises(PageRefused, match=r"`steps\.svg` is listed twice"):
        read_page(FULL.replace(entry, entry * 2).encode())
