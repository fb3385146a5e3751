"""What changed between two documents, for people to read."""

import json
import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.records.composition import compose
from content.records.diff import BlockChange, as_json, compare
from content.records.document import Document, EvidenceRecord
from content.records.markdown import read_page
from content.records.message import messages
from content.records.word_diff import Run, is_critical, line_runs, pieces, runs
from tests.world import page

BLOCKS = """First paragraph of the text, which tells several things about treatment.

- An item of the list
- Another item here, with words enough

> What somebody said once.

Last paragraph, with [a link](https://example.org/).
"""


def document(text: str = BLOCKS, before: Document | None = None, **facts: object) -> Document:
    """A section's document; what follows another keeps its unit ids."""
    read = read_page(page(f"# Title {{#slug}}\n\n{text}"))
    known = messages(before) if before else ()
    made = compose(read, read.sections[0], number=1, before=known, digests={})
    return made.model_copy(update=facts)


def changed(text: str, old: str = BLOCKS) -> tuple[BlockChange, ...]:
    before = document(old)
    return compare(before, document(text, before))


def test_a_document_does_not_differ_from_itself() -> None:
    assert compare(document(), document()) == ()
    assert changed(BLOCKS) == ()
    bare = "|  |\n|--|\n"
    assert changed(bare + "\nText.", bare + "\nText.") == ()


def test_a_changed_number_is_shown_whole_and_is_critical() -> None:
    (change,) = changed("It helps 4 of 10, in 0.4%.", "It helps 4 of 10, in 0.3%.")
    (unit,) = change.units
    assert unit.runs == (
        Run("equal", "It helps 4 of 10, in "),
        Run("delete", "0.3%"),
        Run("insert", "0.4%"),
        Run("equal", "."),
    )
    assert (change.what, change.place, change.critical) == ("changed", "paragraph", True)


def test_other_words_are_not_critical_and_only_their_unit_is_told() -> None:
    (change,) = changed(BLOCKS.replace("Another", "One more"))
    assert change.place == "list"
    assert [unit.kind for unit in change.units] == ["list-item"]
    assert not change.critical


def test_blocks_come_and_go_where_they_stood() -> None:
    came = changed(BLOCKS.replace("> What", "Entirely new words, 5 of them.\n\n> What"))
    assert [(one.what, one.place, one.critical) for one in came] == [("added", "paragraph", True)]
    assert came[0].units[0].runs == (Run("insert", "Entirely new words, 5 of them."),)
    went = changed(BLOCKS.replace("> What somebody said once.\n", "").replace("Last", "Final"))
    assert [(one.what, one.place) for one in went] == [
        ("removed", "quote"),
        ("changed", "paragraph"),
    ]
    (gone,) = changed("Only this.", "Only this.\n\nNot that any more.")
    assert (gone.what, gone.critical) == ("removed", True)


def test_a_block_that_moved_is_found_again() -> None:
    first, *rest = BLOCKS.strip().split("\n\n")
    (change,) = changed("\n\n".join([*rest, first]))
    assert change == BlockChange("moved", "paragraph", moved=True)
    (change,) = changed("\n\n".join([*rest, first.replace("First", "Fifth")]))
    assert (change.what, change.moved) == ("changed", True)


def test_items_that_left_a_list_are_told_with_it() -> None:
    (change,) = changed(BLOCKS.replace("- Another item here, with words enough\n", ""))
    gone = "Another item here, with words enough"
    assert [unit.runs for unit in change.units] == [(Run("delete", gone),)]
    merged = changed("- An item of the list\n", "- An item of the list\n\n1. Ordered words\n")
    assert [one.what for one in merged] == ["removed"]


def test_two_blocks_that_became_one_are_one_changed_and_one_removed() -> None:
    split = "- An item of the list\n\n<sep>\n\n- Another item here\n".replace("<sep>", "Between.")
    told = changed("- An item of the list\n- Another item here\n", split)
    assert sorted(one.what for one in told) == ["changed", "removed", "removed"]


def test_markup_and_links_alone_change_the_form() -> None:
    told = changed(BLOCKS.replace("First", "**First**").replace("example.org", "example.com"))
    assert [(one.what, one.form, one.units) for one in told] == [
        ("changed", True, ()),
        ("changed", True, ()),
    ]


@pytest.mark.parametrize(
    ("text", "unlinked", "linked"),
    [
        ("[A](https://a.example/) [b](https://b.example/) c.", ("https://c.example/",), ()),
        ("[A](https://b.example/) [b](https://a.example/) [d](https://c.example/).", (), ()),
        ("[A](https://a.example/) [x](https://x.example/) c.",
         ("https://b.example/", "https://c.example/"), ("https://x.example/",)),
    ],
)  # fmt: skip
def test_where_links_lead_is_told_beside_the_words(
    text: str, unlinked: tuple[str, ...], linked: tuple[str, ...]
) -> None:
    before = "[A](https://a.example/) [b](https://b.example/) [c](https://c.example/)."
    (change,) = changed(text, before)
    assert (change.unlinked, change.linked) == (unlinked, linked)


def test_what_came_and_what_went_tell_their_links() -> None:
    link = "[a](https://a.example/)"
    (came,) = changed(f"First.\n\nMore {link} and {link}.\n", "First.\n")
    assert (came.what, came.linked, came.unlinked) == ("added", ("https://a.example/",), ())
    (went,) = changed("First.\n", f"First.\n\nMore {link}.\n")
    assert (went.what, went.linked, went.unlinked) == ("removed", (), ("https://a.example/",))


def test_citations_are_told_by_id() -> None:
    old = document()
    block = old.blocks[0].model_copy(update={"evidence": ("mist", "beat-ms")})
    cited = old.model_copy(update={"blocks": (block, *old.blocks[1:])})
    (change,) = compare(old, cited)
    assert (change.cited, change.uncited, change.form) == (("mist", "beat-ms"), (), False)
    (change,) = compare(cited, old)
    assert (change.cited, change.uncited) == ((), ("mist", "beat-ms"))


def test_facts_beside_the_text_are_told_one_by_one() -> None:
    old = document()
    new = document(
        title="Other title",
        summary="In short.",
        disclaimer="Do not ask.",
        children=("one",),
        authors=("A", "B"),
        review_by=date(2028, 1, 1),
        license="CC0",
    )
    told = compare(old, new)
    assert [(one.place, one.what) for one in told] == [
        ("title", "changed"),
        ("summary", "added"),
        ("disclaimer", "changed"),
        ("children", "added"),
        ("authors", "changed"),
        ("license", "changed"),
        ("review_by", "changed"),
    ]
    assert told[3].units[0].runs == (Run("insert", "one\n"),)
    assert told[2].critical
    assert [one.what for one in compare(new, old)][1] == "removed"


def test_a_work_beside_the_text_is_told_with_all_that_is_known_of_it() -> None:
    work = EvidenceRecord(
        id="mist", type="trial", title="MIST", url="https://example.org/", registry="NCT1"
    )
    (change,) = compare(document(), document(evidence=(work,)))
    assert (change.place, change.what) == ("evidence", "added")
    told = "mist · trial · MIST · https://example.org/ · NCT1\n"
    assert change.units[0].runs == (Run("insert", told),)


def test_it_is_json() -> None:
    told = as_json(changed(BLOCKS.replace("First", "Second 2")))
    assert json.loads(json.dumps(told))[0]["critical"] is True
    assert told[0]["units"][0]["runs"][0] == {"what": "delete", "text": "First"}


@pytest.mark.parametrize(
    "piece",
    ["0.3%", "1,4", "1,4 %", "1,4\u202f%", "4-5", "4–5", "40\u00a0000", "40\u202f000", "40’000",
     "2026-11-23", "don’t", "l'effet", "CD20",
     "mg/kg", "n’est-ce", "-5", "< 5", "2-4%", "ISRCTN88667898"],
)  # fmt: skip
def test_some_pieces_are_never_cut(piece: str) -> None:
    assert pieces(f"It is {piece}, then.")[4] == piece


TEXTS = st.text() | st.text(alphabet="ab 1.%-\n")


@given(TEXTS, TEXTS)
def test_runs_hold_both_texts(old: str, new: str) -> None:
    assert "".join(pieces(old)) == old
    told = runs(old, new)
    assert "".join(run.text for run in told if run.what != "insert") == old
    assert "".join(run.text for run in told if run.what != "delete") == new
    assert all(run.text for run in told)
    assert all(one.what != other.what for one, other in pairwise(told))


def test_a_changed_phrase_is_shown_as_one() -> None:
    assert runs("The old drug works well.", "The new pill works.") == (
        Run("equal", "The "),
        Run("delete", "old drug"),
        Run("insert", "new pill"),
        Run("equal", " works"),
        Run("delete", " well"),
        Run("equal", "."),
    )
    assert runs("a b c d", "a x d")[1:3] == (Run("delete", "b c"), Run("insert", "x"))


def test_long_texts_of_few_words_are_compared_in_time() -> None:
    began = time.monotonic()
    runs("a " * 5_000, "b a " * 2_500)
    assert time.monotonic() - began < 5


def test_lists_are_compared_entry_by_entry() -> None:
    assert line_runs(["a", "b"], ["b"]) == (Run("delete", "a\n"), Run("equal", "b\n"))


@pytest.mark.parametrize(
    ("locale", "old", "new", "critical"),
    [
        ("en", "It may help.", "It may not help.", True),
        ("en", "It can't.", "It can.", True),
        ("en", "It helps some.", "It helps many.", False),
        ("en-AU", "Do it.", "Never do it.", True),
        ("fr", "Il agit.", "Il n’agit pas.", True),
        ("fr", "La personne agit.", "Les patients agissent.", False),
        ("it", "È utile.", "Non è utile.", True),
        ("de", "Es hilft.", "Es hilft nicht.", True),
        ("de", "Es gibt keinen Nutzen.", "Es gibt keine Nutzen.", False),
        ("ja", "Yes.", "No.", False),
        ("ja", "4", "5", True),
        ("en", "< 5 mg", "> 5 mg", True),
        ("en", "5 of 10", "10 of 5", True),
    ],
)
def test_numbers_and_negations_are_critical(
    locale: str, old: str, new: str, critical: bool
) -> None:
    assert is_critical(old, new, locale) is critical
