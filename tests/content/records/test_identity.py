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


def test_where_two_are_closest_to_one_text_the_second_goes_to_its_next_closest() -> None:
    told = "Doctors measured relapses of many people during the first trial in"
    before = first(*paragraphs(f"{told} Europe.", f"{told} northern Africa twice."))
    ids = second(before, *paragraphs(f"{told} Europe now.", f"{told} Europe too, twice."))
    assert ids == [one.unit for one in before]


def test_a_text_that_is_closer_to_another_one_leaves_that_to_whom_it_is_closest() -> None:
    told = "Doctors measured relapses of many people during the first trial in"
    before = first(*paragraphs(f"{told} Europe.", f"{told} northern Africa twice."))
    ids = second(
        before,
        *paragraphs(f"{told} northern Africa twice now.", f"{told} northern Africa, and Europe."),
    )
    assert ids == [before[1].unit, before[0].unit]


def test_equal_texts_that_are_new_are_minted_in_turn() -> None:
    ids = assign("ahsct", 1, (), paragraphs(*["It may help."] * 3))
    names = [f"ahsct\0001\0paragraph\0It may help.\0{turn}" for turn in range(3)]
    assert ids == [b32encode(sha256(one.encode()).digest()).decode().lower()[:8] for one in names]


def test_of_two_that_are_equally_close_the_nearer_one_is_taken() -> None:
    before = first(("cell", "1 of 10"), ("cell", "2 of 10"))

    ids = second(before, ("cell", "4 of 10"), ("cell", "3 of 10"))

    assert ids == [before[0].unit, before[1].unit]


def test_what_came_behind_a_text_that_stayed_is_not_what_went_before_it() -> None:
    before = first(("cell", "Year 1"), ("cell", "Year 2"), ("cell", "Year 3"))

    ids = second(before, ("cell", "Year 2"), ("cell", "Year 3"), ("cell", "Year 4"))

    assert ids[:2] == [before[1].unit, before[2].unit]
    assert ids[2] not in {message.unit for message in before}


def test_other_links_and_formatting_keep_the_unit() -> None:
    before = first(*paragraphs("See the register, **not** this.", "See the register."))

    ids = second(before, *paragraphs("See the [register]{1}.", "See the *register*, not this."))

    assert ids == [before[1].unit, before[0].unit]


def test_formatting_is_nothing_to_tell_units_by_even_where_they_moved() -> None:
    before = first(("cell", "**No**"), ("cell", "Yes"))

    assert second(before, ("cell", "Yes"), ("cell", "No")) == [before[1].unit, before[0].unit]


def test_a_number_alone_in_its_place_is_the_same_unit() -> None:
    before = first(("cell", "Dose"), ("cell", "7"), ("cell", "Age"), ("cell", "30"))

    ids = second(before, ("cell", "Dose"), ("cell", "12"), ("cell", "Age"), ("cell", "45"))

    assert ids == [message.unit for message in before]


def test_an_edited_text_stays_itself_when_another_one_comes_beside_it() -> None:
    before = first(("list-item", "4 of 10 people had fewer relapses"))

    for others in (0, 1):
        ids = second(
            before,
            *[("list-item", "4 of 10 people had more relapses")] * others,
            ("list-item", "5 of 10 people had fewer relapses"),
            ("list-item", "4 of 10 people had more side effects"),
        )
        assert [unit == before[0].unit for unit in ids] == [False] * others + [True, False]


def test_what_is_closer_to_a_text_elsewhere_is_not_given_to_a_third_one() -> None:
    before = first(
        *paragraphs("It may help 4 of 10 men.", "Ask us.", "It may harm 1 of 100 men or women.")
    )

    ids = second(
        before,
        *paragraphs("It may harm 1 of 100 men and women.", "Ask us.", "It may help 4 of 10 women."),
    )

    assert ids[1] == before[1].unit
    assert ids[0] != before[0].unit
    assert ids[2] != before[2].unit


STAYING = st.lists(st.integers(0, 40), min_size=3, max_size=12, unique=True)
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["number", "word", "drop", "add", "swap", "rewrite"]), st.integers(0, 30)
    ),
    max_size=6,
)
VERBS = ["collect", "compare", "measure", "observe", "describe", "question", "suggest"]


def sentence(number: int) -> str:
    verb, other = VERBS[number % len(VERBS)], VERBS[number // len(VERBS) % len(VERBS)]
    return f"Doctors {verb} and {other} what happened to {number} of 100 people."


def after(texts: list[str], edits: list[tuple[str, int]], touched: set[str]) -> list[str]:
    """The texts after somebody edited them; what was touched is noted."""
    texts = texts.copy()
    for what, chance in edits:
        place = chance % len(texts) if texts else 0
        if what == "add" or not texts:
            texts.insert(place, f"New in place {chance}: ask your nurse.")
        elif what == "swap":
            texts.insert(0, texts.pop(place))  # it moves, and is not touched
        else:
            old = texts.pop(place)
            touched.add(old)
            if what != "drop":
                new = {
                    "number": old.replace("of 100", f"of 10{chance}"),
                    "word": old.replace("what", "soon"),
                    "rewrite": f"Something else altogether, number {chance}.",
                }
                texts.insert(place, new[what])
    return texts


@given(STAYING, st.lists(EDITS, max_size=3))
def test_whatever_is_edited_around_it_an_untouched_text_is_the_same_unit(
    numbers: list[int], rounds: list[list[tuple[str, int]]]
) -> None:
    texts = [sentence(number) for number in numbers]
    before = first(*paragraphs(*texts))
    gone: set[str] = set()
    for number, edits in enumerate(rounds, start=2):
        touched: set[str] = set()
        now = after(texts, edits, touched)
        ids = assign("ahsct", number, before, paragraphs(*now))

        assert len(set(ids)) == len(ids) == len(now)
        assert gone.isdisjoint(ids)
        had = {message.text: message.unit for message in before}
        for text, unit in zip(now, ids, strict=True):
            if text in had and text not in touched and now.count(text) == texts.count(text) == 1:
                assert unit == had[text]
        gone |= {message.unit for message in before} - set(ids)
        before = [Message(unit, "paragraph", text) for unit, text in zip(ids, now, strict=True)]
        texts = now


def test_a_long_section_of_which_every_text_changed() -> None:
    olds = [sentence(number) for number in range(49)] * 10
    before = first(*paragraphs(*(f"{old} In trial {row}." for row, old in enumerate(olds))))

    ids = second(before, *paragraphs(*(f"{old} In study {row}." for row, old in enumerate(olds))))

    assert ids == [message.unit for message in before]


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
