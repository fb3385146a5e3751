"""Words read without a parser are the words that the parser reads."""

from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from content.records.markdown import Kind, Words, WordsRefused, inline, read_words
from content.records.markdown.simple import simple_links, simple_shown, simple_words
from content.records.markdown.words import TITLE_CHARACTERS_MAX

LINKS = ("https://example.org/a", "https://exämple.org/b c")
PARTS = ["a", "1. ", "- ", "é", "e\u0301", "\u1fef", "\u037e", " ", "\xa0", "\u2003", "{1}", "]{1}"]
PARTS += ["[a]{1}", "[b c]{2}", "[ ]{1}", "[\xa0]{2}", "[a]{3}", "[a]{01}", "[a]", "[[a]{1}]{2}"]
PARTS += [
    "*a*",
    "\\[",
    "`",
    "&amp;",
    "<b>",
    "p < 5",
    "a@b.org",
    "!",
    "![x]{1}",
    "#",
    "|",
    "_",
    "\n",
]
texts = st.lists(st.sampled_from(PARTS), max_size=6).map("".join)
kinds = st.sampled_from(["title", "summary", "paragraph", "list-item", "cell", "caption"])


def read(kind: Kind, text: str, links: tuple[str, ...]) -> Words | None:
    try:
        return read_words(kind, text, links)
    except WordsRefused:
        return None


@settings(max_examples=1_000, deadline=None)
@given(kinds, texts, st.integers(0, 2))
@example("paragraph", "See [b c]{2} and [a]{1}.", 2)
def test_without_a_parser_the_words_are_the_same(kind: Kind, text: str, links: int) -> None:
    quick = read(kind, text, LINKS[:links])
    with patch.object(inline, "simple_words", lambda *_: None):
        assert read(kind, text, LINKS[:links]) == quick


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Risks of 1.4% (2 of 145)", ()),
        ("See [the register]{1}, and [the trial]{2}", LINKS),
        ("- [the register]{1}", LINKS[:1]),
    ],
)
def test_what_most_texts_are_needs_none(text: str, links: tuple[str, ...]) -> None:
    found = simple_words("paragraph", text, links)
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(
    ("kind", "text", "links"),
    [
        ("title", "a" * (TITLE_CHARACTERS_MAX + 1), ()),
        ("paragraph", "", ()),
        ("paragraph", "It is *new*", ()),
        ("paragraph", "See the register", LINKS[:1]),
        ("paragraph", "See [the register]{1}", ("javascript:alert(1)",)),
        ("paragraph", "[a]{1}" * 40, ("https://example.org/" + "a" * 1_900,) * 40),
        ("paragraph", "".join(f"[a]{{{n}}}" for n in range(1, 41)), (LINKS[0] + "a" * 1_900,) * 40),
    ],
)
def test_whatever_may_be_wrong_is_left_to_the_parser(
    kind: Kind, text: str, links: tuple[str, ...]
) -> None:
    assert simple_words(kind, text, links) is None


def test_links_without_words_are_left_to_the_parser() -> None:
    assert simple_links("See [b]{2} and [a]{1}") == frozenset({1, 2})
    assert simple_links("See [ ]{1}") is None
    assert simple_links("See *[a]{1}*") is None
    assert simple_shown("See [b]{2} and [a]{1}") == "See b and a"
    assert simple_shown("See *[a]{1}*") is None
