"""Carrying a translation over to a source that changed: pure, one unit at a time."""

from dataclasses import replace

import pytest

from content.records.message import Message
from content.translation.merge import Rendering, complete, merge, retired

REGISTER = ("https://example.org/register",)


def message(text: str, *, kind: str = "paragraph", links: tuple[str, ...] = ()) -> Message:
    return Message("aaaaaaaa", kind, text, links)


def after(text: str, before: Rendering | None, *, links: tuple[str, ...] = ()) -> Rendering:
    (merged,) = merge([message(text, links=links)], [before] if before else [])
    return merged


FOUR = Rendering(message("4 of 10"), "4 sur 10")


def test_a_new_unit_is_blank() -> None:
    assert after("4 of 10", None) == Rendering(message("4 of 10"))
    assert not after("4 of 10", None).done


def test_a_blank_unit_stays_blank_when_its_words_change() -> None:
    assert after("5 of 10", Rendering(message("4 of 10"))) == Rendering(message("5 of 10"))


def test_the_same_words_keep_their_translation() -> None:
    assert after("4 of 10", FOUR) == FOUR
    assert after("4 of 10", FOUR).done


def test_a_change_of_formatting_keeps_the_translation() -> None:
    bold = after("**4** of 10", FOUR)
    assert bold == Rendering(message("**4** of 10"), "4 sur 10")
    assert bold.done


def test_other_link_targets_keep_the_words() -> None:
    before = Rendering(message("[Register]{1}", links=REGISTER), "[Registre]{1}")
    moved = after("[Register]{1}", before, links=("https://example.org/new",))
    assert moved.done
    assert moved.message.links == ("https://example.org/new",)


def test_another_link_makes_it_fuzzy() -> None:
    before = Rendering(message("See the register"), "Voir le registre")
    assert after("See the [register]{1}", before, links=REGISTER).fuzzy


def test_other_words_make_it_a_suggestion_with_the_words_it_was_made_for() -> None:
    changed = after("5 of 10", FOUR)
    assert changed == Rendering(message("5 of 10"), "4 sur 10", True, "4 of 10")
    assert not changed.done


def test_a_suggestion_remembers_the_words_it_was_made_for_over_several_changes() -> None:
    assert after("6 of 10", after("5 of 10", FOUR)).previous_source == "4 of 10"


def test_words_that_come_back_take_their_translation_along() -> None:
    assert after("4 of 10", after("6 of 10", after("5 of 10", FOUR))) == FOUR


def test_a_half_done_translation_is_not_confirmed_by_a_source_that_goes_back() -> None:
    half_done = Rendering(message("5 of 10"), "5 sur", fuzzy=True)
    assert after("5 of 10", half_done).fuzzy
    back = after("4 of 10", half_done)
    assert (back.fuzzy, back.previous_source) == (True, None)
    assert after("5 of 10", back).fuzzy, "nor by one that goes back once more"


def test_plain_kinds_have_no_markup_to_look_through() -> None:
    old = Rendering(message("*4* of 10", kind="title"), "4 sur 10")
    (merged,) = merge([message("4 of 10", kind="title")], [old])
    assert merged.fuzzy


def test_units_that_left_are_left_out_and_the_order_is_the_sources() -> None:
    one, two = Message("one", "paragraph", "1"), Message("two", "paragraph", "2")
    before = [Rendering(two, "deux"), Rendering(Message("gone", "paragraph", "3"), "trois")]
    assert merge([one, two], before) == (Rendering(one), Rendering(two, "deux"))


@pytest.mark.parametrize(
    ("renderings", "is_complete"),
    [
        ([], True),
        ([FOUR], True),
        ([FOUR, Rendering(message("x"))], False),
        ([FOUR, Rendering(message("x"), "y", fuzzy=True)], False),
    ],
)
def test_complete_means_every_message_and_none_of_them_fuzzy(
    renderings: list[Rendering], is_complete: bool
) -> None:
    assert complete(renderings) is is_complete


COLLECTED = Rendering(Message("one", "paragraph", "Cells are [collected]{1}.", REGISTER), "[A]{1}.")
FROZEN = Rendering(Message("two", "paragraph", "They are [frozen]{1} now.", REGISTER), "[B]{1}.")
MERGED = Message(
    "one", "paragraph", "Cells are [collected]{1}. They are [frozen]{2} now.", REGISTER * 2
)


def test_a_merged_text_gets_the_words_of_all_its_parts_and_nobody_stands_behind_them() -> None:
    (merged,) = merge([MERGED], [COLLECTED, FROZEN])
    assert merged.target == "[A]{1}. [B]{2}."
    assert merged.fuzzy
    assert merged.previous_source == ("Cells are [collected]{1}.\n\nThey are [frozen]{1} now.")
    (again,) = merge([MERGED], [merged])
    assert again == merged, "it does not confirm itself"


def test_a_text_merged_word_for_word_is_not_confirmed_by_itself() -> None:
    parts = [
        Message("one", "paragraph", "Cells are taken."),
        Message("two", "paragraph", "Ask us now."),
    ]
    (merged,) = merge(
        [Message("one", "paragraph", "Cells are taken. Ask us now.")],
        [Rendering(part, "x") for part in parts],
    )
    assert (merged.target, merged.fuzzy) == ("x x", True)


def test_parts_without_words_add_none() -> None:
    blank = Rendering(COLLECTED.message)
    (merged,) = merge([MERGED], [blank, FROZEN])
    assert (merged.target, merged.previous_source) == ("[B]{1}.", FROZEN.message.text)
    assert merge([MERGED], [blank, Rendering(FROZEN.message)]) == (Rendering(MERGED),)


def test_a_merged_text_of_which_one_part_was_half_done() -> None:
    half_done = Rendering(FROZEN.message, "[B", fuzzy=True)
    (merged,) = merge([MERGED], [COLLECTED, half_done])
    assert merged.fuzzy
    assert merged.target == "[A]{1}. [B"


def test_split_texts_get_the_words_of_the_whole_and_whole_again_they_are_confirmed() -> None:
    whole = Rendering(MERGED, "[A]{1}. [B]{2}.")
    parts = [COLLECTED.message, replace(FROZEN.message, unit="new")]
    split = merge(parts, [whole])
    assert [(one.target, one.fuzzy) for one in split] == [(whole.target, True)] * 2
    (back,) = merge([MERGED], [split[0]])
    assert back == whole


def test_a_text_that_was_dropped_and_came_back_has_its_translation() -> None:
    back = replace(FROZEN.message, unit="new")
    assert merge([back], [COLLECTED, FROZEN]) == (FROZEN._replace(message=back),)


def test_retired_is_what_was_done_and_is_no_more() -> None:
    blank = Rendering(Message("three", "cell", "x"))
    assert retired([COLLECTED.message], [COLLECTED, FROZEN, blank]) == (FROZEN,)
    assert retired([], [Rendering(FROZEN.message, "[B]{1}.", fuzzy=True)]) == ()
