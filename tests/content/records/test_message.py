"""Messages: one for each unit, and the words that a translation's freshness is judged by."""

import pytest

from content.records import composition, message
from content.records.document import Document
from content.records.markdown import read_page
from content.records.message import Message, messages, words_differ
from tests.world import TEXT, World, page

RICH = """# Cells {#cells}

::: summary
What cells are.
:::

See [the *register*](https://example.org/r) and [**us**](mailto:us@example.org).

| Arm | People |
|---|---|
| A | 12 |

- One
  - Two

> Said.

::: note
Mind this.
:::
"""


def composed(text: str) -> Document:
    read = read_page(page(text))
    return composition.compose(read, read.sections[0], number=1, before=(), digests={})


def texts(document: Document) -> list[tuple[str, str]]:
    return [(found.kind, found.text) for found in messages(document)]


def test_there_is_a_message_for_each_text_in_reading_order() -> None:
    document = composed(RICH)

    assert texts(document) == [
        ("title", "Cells"),
        ("summary", "What cells are."),
        ("paragraph", "See [the *register*]{1} and [**us**]{2}."),
        ("cell", "Arm"),
        ("cell", "People"),
        ("cell", "A"),
        ("cell", "12"),
        ("list-item", "One"),
        ("list-item", "Two"),
        ("paragraph", "Said."),
        ("paragraph", "Mind this."),
        ("audience", "People with MS"),
        ("disclaimer", "Ask your neurologist."),
    ]
    units = [found.unit for found in messages(document)]
    assert len(units) == len(set(units))
    assert messages(document)[2].links == ("https://example.org/r", "mailto:us@example.org")


def test_a_section_without_a_summary_has_no_message_for_it() -> None:
    assert "summary" not in dict(texts(composed("# Cells {#cells}\n\nText.\n")))


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("No link.", []),
        ("[one](https://a.org) [two](https://b.org)", [("one", "https://a.org/"), None]),
        ("[**bold** `code`](https://a.org)", [("bold code", "https://a.org/")]),
        ("[a `]` b](https://a.org)", [("a ] b", "https://a.org/")]),
        # Text that looks like a link of ours and is none.
        ("`[a]{7}` and [b](https://b.org)", [("b", "https://b.org/")]),
        (r"\[a\]{1} and [b](https://b.org)", [("b", "https://b.org/")]),
        ("`[a]{1}`", []),
    ],
)
def test_links_are_listed_with_what_a_reader_sees(
    text: str, links: list[tuple[str, str] | None]
) -> None:
    expected = [link or ("two", "https://b.org/") for link in links]

    found = message.links_of(composed(f"# Cells {{#cells}}\n\n{text}\n"))

    assert [(shown, address.rstrip("/") + "/") for shown, address in found] == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("It *may* help.", "It may **help**.", True),
        ("It may help.", "It may help!", False),
        ("4 of 10", "5 of 10", False),
        ("See `x`.", "See x.", True),
    ],
)
def test_formatting_is_not_words(one: str, other: str, same: bool) -> None:
    words = [Message("u", "paragraph", text).words for text in (one, other)]

    assert (words[0] == words[1]) is same


def test_a_link_more_is_a_change_of_words_and_another_target_is_none() -> None:
    plain = Message("u", "paragraph", "See us.").words
    linked = Message("u", "paragraph", "See [us]{1}.", ("https://a.org",)).words
    elsewhere = Message("u", "paragraph", "See [us]{1}.", ("https://b.org",)).words

    assert plain != linked == elsewhere


def test_a_title_is_words_as_it_stands() -> None:
    assert Message("u", "title", "2 * 3 * 4").words == "2 * 3 * 4"


@pytest.mark.begins_with("en")
def test_documents_differ_by_their_words_alone(sqlite_world: World) -> None:
    first = sqlite_world.version("benefits").document
    reordered = TEXT.replace(
        "- It may slow MS.\n- See [the register](https://example.org/register).",
        "- See [the register](https://example.org/register).\n- It *may* slow MS.",
    )
    sqlite_world.write(page(reordered))
    second = sqlite_world.version("benefits").document
    sqlite_world.write(page(reordered.replace("slow", "stop")))
    third = sqlite_world.version("benefits").document
    assert first
    assert second
    assert third

    with sqlite_world.reading() as session:
        assert not words_differ(session, first, second)
        assert words_differ(session, second, third)
        assert ("title", "Benefits") in {
            (found.kind, found.text) for found in message.of_document(session, third)
        }
