"""What is shown of a hit."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from content.publication.search import query
from content.publication.search.plain import plain
from content.publication.search.snippet import ELLIPSIS, SNIPPET_MAX, snippet

WORDS = st.sampled_from(
    ["stem", "cellules", "hématopoïétiques", "<b>", "&amp;", "Straße", "a" * 99]
)


def bare(shown: str) -> str:
    return unescape(shown.replace("<mark>", "").replace("</mark>", ""))


def test_words_are_marked_as_they_were_written() -> None:
    shown = snippet(
        query.read("hematopoietique cellule strasse"), "", "Cellules hématopoïétiques, Straße"
    )
    assert shown == "<mark>Cellules</mark> <mark>hématopoïétiques</mark>, <mark>Straße</mark>"
    assert snippet(query.read("stem"), "", "ste\u0301m <b>") == "<mark>ste\u0301m</mark> &lt;b&gt;"


def test_the_part_with_most_of_the_words_is_shown() -> None:
    body = "stem " + "other " * 100 + "stem cells " + "another " * 100
    shown = snippet(query.read('"stem cells"'), "", body)
    assert "<mark>stem</mark> <mark>cells</mark>" in shown
    assert shown.startswith(ELLIPSIS)
    assert shown.endswith(ELLIPSIS)
    assert len(bare(shown)) <= SNIPPET_MAX + 2


def test_where_the_body_has_none_the_summary_is_shown() -> None:
    assert snippet(query.read("spleen"), "The spleen", "Body") == "The <mark>spleen</mark>"
    assert snippet(query.read("spleen"), "Summary", "Body") == "Summary"
    assert snippet(query.read("spleen"), "", "Body") == "Body"


@given(st.lists(WORDS | st.text(max_size=20), max_size=80).map(" ".join))
def test_it_is_safe_and_a_part_of_the_text(body: str) -> None:
    shown = snippet(query.read("cellule hematopoiet strasse stem"), "", body)
    assert not re.search(r"[<>]", shown.replace("<mark>", "").replace("</mark>", ""))
    assert bare(shown).removeprefix(ELLIPSIS).removesuffix(ELLIPSIS) in body
    assert len(bare(shown)) <= SNIPPET_MAX + 2


def test_html_is_read_as_a_reader_sees_it() -> None:
    assert (
        plain("<p>It <em>may</em>be &lt;4&gt;</p><ul><li>one<br>two</li></ul>")
        == "It maybe <4> one two"
    )
