"""What must hold for any text, however it tries to be something else."""

import re
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from content.records.markdown import (
    AuthoredPage,
    Block,
    Kind,
    Words,
    WordsRefused,
    block_html,
    in_reading_order,
    read_block,
    read_page,
    read_words,
    with_words,
    words_html,
    words_markdown,
    words_of,
    write_block,
    write_page,
)
from content.records.markdown.html import unfenced
from content.records.markdown.inline import file_pieces, words_of_pieces
from tests.content.records.markdown.strategies import (
    images,
    inline_markdown,
    listings,
    notes,
    pages,
    paragraphs,
    quotes,
    tables,
    taken,
    texts,
    trees,
)

FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


class _Events(HTMLParser):
    """The elements and texts of some HTML, in a row."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.events: list[tuple[str, object]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.events.append(("start", (tag, str(attrs))))

    def handle_endtag(self, tag: str) -> None:
        self.events.append(("end", tag))

    def handle_data(self, data: str) -> None:
        text = unicodedata.normalize("NFC", re.sub(r"[ \n]+", " ", data))
        after_break = self.events[-1:] == [("start", ("br", "[]"))]
        self.events.append(("text", text.lstrip(" ") if after_break else text))


def shown(html: str) -> list[tuple[str, object]]:
    """What a reader gets. White space counts as one space, and as none beside a line break."""
    return [event for event in _Events(re.sub(r"[ \n]+<br>", "<br>", html)).events if event[1]]


def elements(html: str) -> list[tuple[str, str]]:
    """The tags of the blocks, without what inline text is made of."""
    inline = "a|code|em|strong|br"
    return [tag for tag in re.findall(r"<(/?)(\w+)", html) if not re.fullmatch(inline, tag[1])]


@MANY
@given(inline_markdown)
def test_canonical_text_shows_what_the_original_shows(source: str) -> None:
    source = unicodedata.normalize("NFC", source).strip(" \n\xa0\u2003")
    try:
        words_ = words_of_pieces("paragraph", file_pieces("paragraph", source))
    except WordsRefused:
        assume(False)
    markdown = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False})
    original = shown(markdown.renderInline(source))
    assert shown(words_html(words_)) == original
    assert shown(markdown.renderInline(words_markdown(words_))) == original
    assert read_words("paragraph", words_.text, words_.links) == words_


@MANY
@given(texts, st.sampled_from(["title", "summary", "paragraph", "cell", "caption", "alt"]))
def test_words_read_again_are_the_same_words(text: str, kind: Kind) -> None:
    once = taken(kind, text)
    assert read_words(kind, once.text, once.links) == once
    assert unicodedata.is_normalized("NFC", once.text)


@pytest.mark.parametrize("tree", [paragraphs, listings(), quotes, tables(), images, notes])
def test_a_block_is_read_back_as_it_was_written(tree: st.SearchStrategy[object]) -> None:
    @FEW
    @given(tree.map(Block))  # type: ignore[arg-type]
    def reads_back(block: Block) -> None:
        expected = with_words(block, [in_reading_order(words_) for words_ in words_of(block)])
        assert read_block(write_block(block)) == expected

    reads_back()


@MANY
@given(trees.map(Block))
def test_words_never_leave_their_block(block: Block) -> None:
    harmless = with_words(block, [Words(words_.kind, "x") for words_ in words_of(block)])
    assert elements(block_html(block)) == elements(block_html(harmless))


@MANY
@given(trees.map(Block))
def test_the_second_fence_has_nothing_to_change(block: Block) -> None:
    assert block_html(block) == unfenced(block)


@settings(FEW, max_examples=10)
@given(pages())
def test_a_page_is_read_back_as_it_was_written(page: AuthoredPage) -> None:
    file = write_page(page)
    assert read_page(file.encode()) == page
    assert write_page(read_page(file.encode())) == file
