"""Blocks: their trees, their Markdown, their HTML."""

import pytest

from content.records.markdown import (
    Block,
    Image,
    Listing,
    ListItem,
    Note,
    PageRefused,
    Paragraph,
    Quote,
    Table,
    Words,
    block_html,
    read_block,
    read_words,
    same_shape,
    with_words,
    words_of,
    write_block,
)
from content.records.markdown.html import fenced


def paragraph(text: str) -> Paragraph:
    return Paragraph(read_words("paragraph", text))


def item(text: str, nested: Listing | None = None) -> ListItem:
    return ListItem(read_words("list-item", text), nested)


def listing(*texts: str, ordered: bool = False, start: int = 1, tight: bool = True) -> Listing:
    return Listing(tuple(item(text) for text in texts), ordered, start, tight)


def cell(text: str) -> Words:
    return read_words("cell", text)


NUMBERED = listing("first\\\n- no item", "second", ordered=True, start=9)
NESTED = Listing((item("a", Listing((item("b", listing("c")),), ordered=True)), item("d")))
LOOSE = Listing((item("a", listing("b", ordered=True, start=3)), item("c")), tight=False)
QUOTE = Quote((paragraph("one"), paragraph("two\\\n> three")))
TABLE = Table(
    ("", "left", "center", "right"),
    (cell("A"), cell("B"), cell("C"), None),
    ((cell("a|b"), cell("`c|d`"), cell("\\\\| e"), cell("*f*")), (None, None, None, None)),
)
IMAGE = Image("Bild 1.png", Words("alt", 'Six "steps"'), read_words("caption", '*A* "b"\\\n- \\\\'))
NOTE = Note((paragraph("1. March"), listing("a"), listing("b"), listing("c", ordered=True)))

WRITTEN = [
    (paragraph("1. März"), "1\\. März", "<p>1. März</p>"),
    (
        NUMBERED,
        "9. first\\\n   \\- no item\n10. second",
        '<ol start="9"><li>first<br>\n- no item</li><li>second</li></ol>',
    ),
    (
        NESTED,
        "- a\n  1. b\n     - c\n- d",
        "<ul><li>a<ol><li>b<ul><li>c</li></ul></li></ol></li><li>d</li></ul>",
    ),
    (
        LOOSE,
        "- a\n\n  3. b\n\n- c",
        '<ul><li><p>a</p><ol start="3"><li>b</li></ol></li><li><p>c</p></li></ul>',
    ),
    (
        QUOTE,
        "> one\n>\n> two\\\n> \\> three",
        "<blockquote><p>one</p><p>two<br>\n&gt; three</p></blockquote>",
    ),
    (
        TABLE,
        "| A | B | C |  |\n| --- | :-- | :-: | --: |\n"
        "| a\\|b | `c\\|d` | \\\\\\| e | *f* |\n|  |  |  |  |",
        '<table><thead><tr><th scope="col">A</th><th scope="col" class="align-left">B</th>'
        '<th scope="col" class="align-center">C</th><th scope="col" class="align-right"></th></tr>'
        '</thead><tbody><tr><td>a|b</td><td class="align-left"><code>c|d</code></td>'
        '<td class="align-center">\\| e</td><td class="align-right"><em>f</em></td></tr>'
        '<tr><td></td><td class="align-left"></td><td class="align-center"></td>'
        '<td class="align-right"></td></tr></tbody></table>',
    ),
    (Table(("",), (cell("A"),)), "| A |\n| --- |", None),
    (
        IMAGE,
        '![Six "steps"](Bild%201.png "*A* \\"b\\"\\\\&#10;- \\\\\\\\")',
        '<figure><img src="Bild%201.png" alt="Six &quot;steps&quot;">'
        '<figcaption><em>A</em> "b"<br>\n- \\</figcaption></figure>',
    ),
    (Image("/v1/figures/0a1b", Words("alt", "x")), "![x](/v1/figures/0a1b)", None),
    (
        NOTE,
        "::: note\n1\\. March\n\n- a\n\n* b\n\n1. c\n:::",
        '<aside class="note" role="note"><p>1. March</p><ul><li>a</li></ul><ul><li>b</li></ul>'
        "<ol><li>c</li></ol></aside>",
    ),
]


@pytest.mark.parametrize(("tree", "markdown", "html"), WRITTEN)
def test_a_block_in_markdown_and_in_html(tree: Paragraph, markdown: str, html: str | None) -> None:
    assert write_block(Block(tree)) == markdown
    assert read_block(markdown) == Block(tree)
    assert html is None or block_html(Block(tree)) == html


BEGINNINGS = ["# a", "#", "- a", "-", "+ a", "* a", "> a", ">", "12) a", "::: note", ":::", "~~~"]
BEGINNINGS += ["---", "===", "= ", "***", "___", "* * *", "|---|", ":--", ":-: | --:", "\\[x]: y"]


@pytest.mark.parametrize("line", BEGINNINGS)
def test_text_that_would_begin_another_block_stays_text(line: str) -> None:
    for text in (line, f"a | b\\\n{line}", f"**a\\\n{line}\\\nb**"):
        block = Block(paragraph(text))
        assert read_block(write_block(block)) == block


def test_words_are_listed_and_replaced_in_reading_order() -> None:
    assert [words.text for words in words_of(Block(NESTED))] == ["a", "b", "c", "d"]
    assert [words.text for words in words_of(Block(TABLE))][:4] == ["A", "B", "C", "a|b"]
    assert [words.kind for words in words_of(Block(IMAGE))] == ["alt", "caption"]
    for tree in (NUMBERED, NESTED, QUOTE, TABLE, IMAGE, NOTE):
        block = Block(tree, ("mist",))
        other = with_words(block, [Words(words.kind, "x") for words in words_of(block)])
        assert {words.text for words in words_of(other)} == {"x"}
        assert same_shape(block, other)
        assert with_words(other, words_of(block)) == block


def test_words_are_replaced_one_for_one() -> None:
    with pytest.raises(ValueError, match="2 texts for the 1 places"):
        with_words(Block(paragraph("a")), [Words("paragraph", "a")] * 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (listing("a"), listing("a", ordered=True)),
        (listing("a", "b"), listing("a", "b", tight=False)),
        (listing("a"), listing("a", "b")),
        (paragraph("a"), Quote((paragraph("a"),))),
        (Image("a.svg", Words("alt", "x")), Image("b.svg", Words("alt", "x"))),
        (Image("a.svg", Words("alt", "x")), IMAGE),
    ],
)
def test_another_skeleton_is_another_shape(one: Paragraph, other: Paragraph) -> None:
    assert not same_shape(Block(one), Block(other))


def test_each_tree_has_its_name_on_the_wire() -> None:
    trees = (NOTE.content[0], NESTED, QUOTE, IMAGE, TABLE, NOTE)
    names = ["paragraph", "list", "quote", "figure", "table", "note"]
    assert [Block(tree).type for tree in trees] == names


@pytest.mark.parametrize(
    "make",
    [
        lambda: Listing(()),
        lambda: listing("a", start=2),
        lambda: listing("a", ordered=True, start=-1),
        lambda: listing("a", ordered=True, start=1_000_000_000),
        lambda: listing("a", tight=False),
        lambda: Listing((item("a", listing("b", ordered=True, start=2)),)),
        lambda: Listing((item("0", Listing((item("1", NESTED),))),)),
        lambda: Quote(()),
        lambda: Note(()),
        lambda: Table((), ()),
        lambda: Table(("",), (None,), ((None, None),)),
        lambda: Image("", Words("alt", "x")),
    ],
)
def test_what_markdown_cannot_say_cannot_be_made(make: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        make()  # type: ignore[operator]


@pytest.mark.parametrize("markdown", ["", "a\n\nb", "- a\n- \n", "```\na\n```", "# a", "[@mist]"])
def test_reading_one_block_takes_nothing_else(markdown: str) -> None:
    with pytest.raises(PageRefused):
        read_block(markdown)


def test_the_second_fence_takes_out_what_no_block_is_made_of() -> None:
    html = '<p onclick="a" style="b">c<script>d</script><a href="ftp://e">f</a></p>'
    assert fenced(html) == "<p>c<a>f</a></p>"
