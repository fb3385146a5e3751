"""The Markdown form: it reads back as the blocks it was made from."""

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from content.publication.forms.markdown import RULE, blocks_markdown
from content.records.markdown import (
    Block,
    Listing,
    ListItem,
    Words,
    read_page,
    with_words,
    words_of,
)
from content.records.markdown import in_reading_order as ordered
from content.records.markdown.blocks import Image
from tests.content.publication.forms.envelopes import HOSTILE, envelope, page, written
from tests.content.records.markdown.strategies import texts, trees
from tests.world import page as authored

COMMONMARK = MarkdownIt("commonmark")


def tokens(text: str) -> list[Any]:
    return COMMONMARK.parse(text)


def headings(text: str) -> list[tuple[str, str]]:
    """(tag, text without markup) of each heading."""
    found = tokens(text)
    return [
        (one.tag, "".join(part.content for part in found[place + 1].children or []))
        for place, one in enumerate(found)
        if one.type == "heading_open"
    ]


def read_again(markdown: str) -> list[Block]:
    """The blocks of a page with this text, by the reader of authored pages."""
    (section,) = read_page(authored(f"# Title {{#title}}\n\n{markdown}\n")).sections
    return list(section.blocks)


def in_order(block: Block) -> Block:
    """Its links numbered as they are read."""
    return with_words(block, list(map(ordered, words_of(block))))


@given(st.lists(trees.filter(lambda tree: not isinstance(tree, Image)), min_size=1, max_size=5))
def test_blocks_read_back_as_they_were(found: list[Any]) -> None:
    blocks = [in_order(Block(tree)) for tree in found]
    assert read_again(blocks_markdown(envelope(*blocks)["blocks"])) == blocks


def test_two_lists_in_a_row_stay_two() -> None:
    one = Block(Listing((ListItem(Words("list-item", "a")),)))
    assert blocks_markdown(envelope(one, one)["blocks"]) == "- a\n\n* a"


@given(texts)
def test_a_summary_is_a_paragraph_and_says_what_it_said(summary: str) -> None:
    line = re.sub(r"\s*\n\s*", " ", summary.strip())
    if not line:
        return
    found = tokens(written("md", envelope(summary=line)))[3:6]
    assert [one.type for one in found] == ["paragraph_open", "inline", "paragraph_close"]
    assert "".join(part.content for part in found[1].children or []) == line


@given(texts)
def test_a_title_is_a_heading_and_says_what_it_said(title: str) -> None:
    line = re.sub(r"\s*\n\s*", " ", title.strip())
    if not line:
        return
    assert headings(written("md", envelope(title=line)))[0] == ("h1", line)


def test_headings_nest_and_what_stands_around_the_text_is_a_list_at_the_end() -> None:
    below = page(page(section="c", title="C"), section="b", title="B", review_by="2027-01-02")
    text = written(
        "md",
        page(
            below,
            title="A",
            summary="In short: *this*.",
            status="review-due",
            missing=["lacking"],
            evidence=[
                {"title": "MIST", "url": "https://x.org/(a)", "registry": "NCT1"},
                {"title": "RAM", "url": "https://y.org/", "registry": None},
            ],
        ),
    )
    assert headings(text) == [("h1", "A"), ("h2", "B"), ("h3", "C")]
    body, _, end = text.partition(f"\n\n{RULE}\n\n")
    assert "In short: \\*this\\*." in body
    assert "- Prochain examen au plus tard le\u00a0: 2 janvier 2027" in body
    assert end.split("\n") == [
        "- Pas encore disponible dans cette langue",
        "  - [What it costs](/v1/sections/lacking/en)",
        "- Références",
        "  - [MIST](https://x.org/(a)) (NCT1)",
        "  - [RAM](https://y.org/)",
        "- Rédigé par\u00a0: Ada Author",
        "- Dernier examen\u00a0: 20 novembre 2026",
        "- Prochain examen au plus tard le\u00a0: 20 novembre 2027",
        "- Source\u00a0: [MS International Federation](https://www.msif.org/)",
        "- Licence\u00a0: [CC-BY-4.0](https://creativecommons.org/licenses/by/4.0/)",
        "- À savoir\u00a0: It informs.",
        "- [D’où vient ce texte](/proof/benefits/fr)",
        "",
    ]


def test_hostile_text_stays_text() -> None:
    told = page(
        page(section="risks", title=HOSTILE, status="outdated"),
        title=HOSTILE,
        summary=HOSTILE,
        disclaimer=HOSTILE,
        demo=True,
        demo_notice=HOSTILE,
    )
    text = written("md", told)
    assert headings(text) == [("h1", HOSTILE), ("h2", HOSTILE)]
    kinds = {child.type for one in tokens(text) for child in one.children or []}
    assert not {one.type for one in tokens(text)} & {"html_block", "fence", "code_block"}
    assert kinds <= {
        "text",
        "text_special",
        "strong_open",
        "strong_close",
        "link_open",
        "link_close",
    }
