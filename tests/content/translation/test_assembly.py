"""A translation is the source's blocks with other words: nothing that is typed becomes a block."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.errors import WordsNotAccepted
from content.records.composition import compose
from content.records.document import Document
from content.records.markdown import Block, block_html, read_block, read_page, same_shape
from content.records.message import Message, messages
from content.translation.assembly import accept, assemble
from content.translation.merge import Rendering
from tests.world import page

EVERY_BLOCK = """# Treatment {#treatment}

A summary stands here.

A paragraph with **bold**, *emphasis*, `code` and [a link](https://example.org/a).

- First
- Second
  1. Inner

> A quote.

| Trial | Result |
|:------|-------:|
| MIST  | 4 of 10 |

Two lines\\
with a hard break.
"""


def source() -> Document:
    read = read_page(page(EVERY_BLOCK))
    return compose(read, read.sections[0], number=1, before=(), digests={})


SOURCE = source()
SHAPES = [read_block(block.markdown) for block in SOURCE.blocks]


def same_blocks(shapes: list[Block]) -> bool:
    return len(shapes) == len(SHAPES) and all(map(same_shape, shapes, SHAPES))


def translated(**targets: str) -> Document:
    """SOURCE with these targets by unit; every other message stays as it is."""
    renderings = [Rendering(one, targets.get(one.unit, one.text)) for one in messages(SOURCE)]
    return assemble(SOURCE, "0" * 64, renderings, locale="fr", number=3, summary="Traduction")


def test_what_a_translation_takes_over_and_what_is_its_own() -> None:
    made = translated()
    assert (made.locale, made.version, made.change.summary) == ("fr", 3, "Traduction")
    assert made.translation_of is not None
    assert (made.translation_of.locale, made.translation_of.version) == ("en", 1)
    assert made.translation_of.sha256 == "0" * 64
    assert made.change.kind == SOURCE.change.kind
    for field in ("section", "children", "evidence", "units", "blocks", "license", "review_by"):
        assert getattr(made, field) == getattr(SOURCE, field), field


INJECTIONS = [
    "# x",
    "### Heading",
    "- item",
    "* item",
    "+ item",
    "1. März 2025",
    "1) erstens",
    "> quote",
    "| a | b |",
    "| a |",
    "---",
    "***",
    "===",
    "```",
    "~~~ sh",
    "    four spaces",
    "a\n\nb",
    "a\n# b",
    "a\n- b",
    "[x]: https://evil.example",
    "{#slug}",
    "::: warning",
    "a | b",
    "&lt;script&gt;",
    "\\# x",
    "[^1]",
]


@pytest.mark.parametrize("text", INJECTIONS)
def test_what_looks_like_a_block_stays_the_text_of_its_block(text: str) -> None:
    for one in messages(SOURCE):
        try:
            accept(one, text)
        except WordsNotAccepted:
            continue
        made = translated(**{one.unit: text})
        shapes = [read_block(block.markdown) for block in made.blocks]
        assert same_blocks(shapes), (one.kind, text)
        for block, shape in zip(made.blocks, shapes, strict=True):
            assert block_html(shape) == block.html, "what is stored says the same both ways"


@pytest.mark.parametrize("text", ["# x", "- item", "1. März 2025", "> quote", "| a |", "---"])
def test_ordinary_text_that_begins_like_a_block_is_not_refused(text: str) -> None:
    (paragraph,) = [one for one in messages(SOURCE) if one.text.startswith("Two lines")]
    made = translated(**{paragraph.unit: text})
    assert f"<p>{text.replace('>', '&gt;')}</p>" in [block.html for block in made.blocks]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <b>bold</b> word",
        "<!-- hidden -->",
        "<https://evil.example>",
        "![x](https://evil.example/pixel.gif)",
        "[x](javascript:alert(1))",
        "[x](https://evil.example)",
        "a [link]{1} too many",
        "   ",
        "\u202etxet",
        "a\x07b",
    ],
)
def test_what_may_not_stand_in_a_text_is_refused_with_its_unit(text: str) -> None:
    one = Message("aaaaaaaa", "paragraph", "A text.")
    with pytest.raises(WordsNotAccepted) as refused:
        accept(one, text)
    assert refused.value.context["unit"] == "aaaaaaaa"
    assert refused.value.message.startswith("aaaaaaaa: ")


@pytest.mark.parametrize("kind", ["title", "summary", "alt", "audience", "disclaimer"])
def test_a_plain_text_has_no_tags_either(kind: str) -> None:
    one = Message("aaaaaaaa", kind, "A text.")
    for text in ("<b>Un</b> texte", "<script>alert(1)</script>", "Un texte<br/>"):
        with pytest.raises(WordsNotAccepted, match="HTML"):
            accept(one, text)
    assert accept(one, "2 < 3 & 5 > 4").text == "2 < 3 & 5 > 4"


LINKED = Message(
    "bbbbbbbb", "paragraph", "[one]{1} [two]{2}", ("https://a.example", "https://b.example")
)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("[un]{1} [deux]{2}", True),
        ("[deux]{2} puis [un]{1}", True),
        ("[un]{1}", False),
        ("[un]{1} [deux]{1}", False),
        ("[un]{1} [deux]{2} [trois]{3}", False),
        ("[un] [deux]{2}", False),
        ("[un]{1} [deux](https://evil.example)", False),
        ("[]{1} [deux]{2}", False),
    ],
)
def test_every_link_of_the_source_stands_in_the_translation_once(text: str, good: bool) -> None:
    if good:
        assert accept(LINKED, text).links == LINKED.links
        return
    with pytest.raises(WordsNotAccepted):
        accept(LINKED, text)


#: One message of each kind that stands in a block.
OF_EACH_KIND = {one.kind: one for one in messages(SOURCE)}


@settings(max_examples=50)
@given(
    st.sampled_from(["paragraph", "list-item", "cell"]),
    st.text(alphabet=st.sampled_from(list("aé1.) #-*_>|`[]{}()<&\\\n !~=+:^")), max_size=24),
)
def test_no_text_at_all_changes_the_blocks(kind: str, text: str) -> None:
    one = OF_EACH_KIND[kind]
    try:
        accept(one, text)
    except WordsNotAccepted:
        return
    made = translated(**{one.unit: text})
    assert same_blocks([read_block(block.markdown) for block in made.blocks]), (kind, text)
