"""Which unit of a changed text is which unit of the text before."""

from base64 import b32encode
from collections import Counter
from hashlib import sha256
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.records import identity
from content.records.identity import assign, shared_unit
from content.records.message import Message

KINDS = st.sampled_from(["title", "paragraph", "list-item", "cell"])
WORDS = st.lists(st.sampled_from(["cells", "may", "help", "4", "5", "of", "10"]), max_size=6)
TEXTS = st.tuples(KINDS, WORDS.map(" ".join))
PAGES = st.lists(TEXTS, max_size=8)


def first(*texts: tuple[str, str]) -> list[Message]:
    """A first version with these texts."""
    ids = assign("ahsct", 1, (), texts)
    return [Message(unit, kind, text) for unit, (kind, text) in zip(ids, texts, strict=True)]


def second(before: list[Message], *texts: tuple[str, str]) -> list[str]:
    return assign("ahsct", 2, before, texts)


def paragraphs(*texts: str) -> list[tuple[str, str]]:
    return [("paragraph", text) for text in texts]


@given(PAGES, PAGES, PAGES)
def test_no_id_is_given_twice_and_every_text_has_one(
    one: list[tuple[str, str]], two: list[tuple[str, str]], three: list[tuple[str, str]]
) -> None:
    before: list[Message] = []
    gone: set[str] = set()
    for number, texts in enumerate((one, two, three), start=1):
        ids = assign("ahsct", number, before, texts)

        assert len(ids) == len(set(ids)) == len(texts)
        assert gone.isdisjoint(ids)  # what left the text does not come back as something else
        gone |= {message.unit for message in before} - set(ids)
        before = [Message(unit, *text) for unit, text in zip(ids, texts, strict=True)]


@given(PAGES, st.randoms(use_true_random=False))
def test_new_texts_get_the_same_ids_in_whatever_order(
    texts: list[tuple[str, str]], chance: Random
) -> None:
    shuffled = texts.copy()
    chance.shuffle(shuffled)

    here = Counter(zip(texts, assign("ahsct", 1, (), texts), strict=True))
    there = Counter(zip(shuffled, assign("ahsct", 1, (), shuffled), strict=True))
    assert here == there


@given(st.lists(TEXTS, max_size=8, unique=True), st.randoms(use_true_random=False))
def test_what_only_moved_keeps_its_id(texts: list[tuple[str, str]], chance: Random) -> None:
    before = first(*texts)
    moved = texts.copy()
    chance.shuffle(moved)

    known = {(message.kind, message.text): message.unit for message in before}
    assert second(before, *moved) == [known[text] for text in moved]


@given(PAGES, PAGES)
def test_a_text_left_as_it_was_keeps_an_id_it_had_whatever_changed_around_it(
    old: list[tuple[str, str]], new: list[tuple[str, str]]
) -> None:
    before = first(*old)
    had: dict[tuple[str, str], set[str]] = {}
    for message in before:
        had.setdefault((message.kind, message.text), set()).add(message.unit)

    kept: dict[tuple[str, str], set[str]] = {}
    for text, unit in zip(new, second(before, *new), strict=True):
        kept.setdefault(text, set()).add(unit)

    for text, units in had.items():
        expected = min(len(units), new.count(text))
        assert len(units & kept.get(text, set())) == expected


def test_an_id_is_what_every_machine_computes() -> None:
    named = sha256(b"ahsct\x001\x00title\x00Stem cells\x000").digest()

    assert assign("ahsct", 1, (), [("title", "Stem cells")]) == [
        b32encode(named).decode().lower()[:8]
    ]


def test_an_edited_number_keeps_its_unit() -> None:
    before = first(*paragraphs("It may help 4 of 10 people.", "It does not repair nerves."))

    ids = second(before, *paragraphs("It may help 5 of 10 people.", "It does not repair nerves."))

    assert ids == [message.unit for message in before]


def test_a_rewritten_text_is_a_new_unit() -> None:
    before = first(*paragraphs("It may help 4 of 10 people."))

    (unit,) = second(before, *paragraphs("Ask your neurologist about side effects."))

    assert unit != before[0].unit


def test_of_a_split_text_the_closer_half_keeps_the_unit() -> None:
    before = first(
        *paragraphs("Cells are taken from your blood. They are frozen and given back later.")
    )

    long, short = second(
        before,
        *paragraphs("Cells are taken from your blood. They are frozen.", "They come back later."),
    )

    assert long == before[0].unit
    assert short != before[0].unit


def test_merged_texts_keep_the_unit_of_the_closest_and_end_the_other() -> None:
    before = first(
        *paragraphs("They are frozen.", "Cells are taken from your blood and kept for a while.")
    )

    (unit,) = second(
        before,
        *paragraphs("Cells are taken from your blood and kept for a while. They are frozen."),
    )

    assert unit == before[1].unit


def test_two_edited_texts_go_to_the_closest_each_and_not_by_their_place() -> None:
    before = first(*paragraphs("It may help 4 of 10 people.", "It may harm 1 of 100 people."))

    ids = second(before, *paragraphs("It may harm 2 of 100 people.", "It may help 6 of 10 people."))

    assert ids == [before[1].unit, before[0].unit]


def test_of_two_that_are_equally_close_the_nearer_one_is_taken() -> None:
    before = first(("cell", "1 of 10"), ("cell", "2 of 10"))

    ids = second(before, ("cell", "2 of 10"), ("cell", "3 of 10"))

    assert ids == [before[1].unit, before[0].unit]
    again = second(before, ("cell", "4 of 10"), ("cell", "3 of 10"))
    assert again == [before[0].unit, before[1].unit]


def test_a_unit_never_changes_its_kind() -> None:
    before = first(("title", "What are stem cells?"))

    assert second(before, ("paragraph", "What are stem cells?")) != [before[0].unit]


def test_equal_texts_keep_their_order() -> None:
    before = first(("cell", "No"), ("cell", "No"), ("cell", "Yes"))

    assert second(before, ("cell", "No"), ("cell", "No"), ("cell", "Yes")) == [
        message.unit for message in before
    ]


def test_sections_do_not_share_units_but_facts_of_the_page_do() -> None:
    assert assign("benefits", 1, (), [("title", "Why?")]) != assign(
        "risks", 1, (), [("title", "Why?")]
    )
    assert shared_unit("audience", "People with MS") == shared_unit("audience", "People with MS")
    assert shared_unit("audience", "Adults") != shared_unit("disclaimer", "Adults")


def test_an_id_that_is_taken_is_not_minted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "UNIT_ID_LENGTH", 1)  # 32 ids, so most are taken
    before = first(*[("cell", str(number)) for number in range(10, 25)])

    ids = second(before, *[("title", str(number)) for number in range(10, 22)])

    assert len({*ids, *(message.unit for message in before)}) == 27
