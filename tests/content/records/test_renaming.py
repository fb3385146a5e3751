"""A word that was renamed in a whole section."""

from content.records.identity import assign
from content.records.likeness import read
from content.records.loose import Loose, tell_places
from content.records.message import Message
from content.records.renaming import TEXTS_MIN, renamed

VERBS = ("collect", "compare", "measure", "observe", "describe", "question", "suggest")


def sentence(number: int) -> str:
    verb, other = VERBS[number % 7], VERBS[number // 7 % 7]
    return f"In this trial doctors {verb} and {other} what happened to {number} people."


def loose(texts: list[str]) -> list[Loose]:
    return [Loose(place, read("paragraph", text)) for place, text in enumerate(texts)]


def pairs(before: list[str], after: list[str]) -> list[tuple[int, int]]:
    old, new = loose(before), loose(after)
    tell_places(old, new, {})
    return [(one.place, other.place) for one, other in renamed(old, new)]


TEXTS = [sentence(number) for number in range(40)]
RENAMED = [text.replace("trial", "study") for text in TEXTS]
ALL = [(place, place) for place in range(40)]


def test_all_texts_but_those_with_other_changes() -> None:
    assert pairs(TEXTS, RENAMED) == ALL
    assert pairs(TEXTS, [RENAMED[0].replace("what", "that"), *RENAMED[1:]]) == ALL[1:]
    assert pairs([*TEXTS, "The end."], RENAMED) == ALL


def test_a_word_that_was_renamed_in_some_places_only() -> None:
    assert pairs(TEXTS, [*RENAMED[:-1], TEXTS[-1]]) == []
    assert pairs([*TEXTS, "Another study."], RENAMED) == []


def test_words_of_which_each_is_another_one() -> None:
    others = [text.replace("trial", "x" * (row + 4)) for row, text in enumerate(TEXTS)]
    assert pairs(TEXTS, others) == []
    assert pairs(TEXTS, TEXTS) == []
    spaced = [text.replace(" trial ", "  ") for text in TEXTS]
    assert pairs(spaced, TEXTS) == pairs(TEXTS, spaced) == [], "nothing has no name"


def test_few_texts_are_compared_with_all_near_them() -> None:
    few = TEXTS_MIN - 1
    assert pairs(TEXTS[:few], RENAMED[:few]) == []
    assert pairs(TEXTS[: few + 1], RENAMED[: few + 1]) == ALL[: few + 1]


def test_a_renamed_word_that_makes_a_text_another_one() -> None:
    questions = [
        f"What are the benefits in year {row} of {row} people {row} times?" for row in range(30)
    ]
    ids = assign("ahsct", 1, (), [("title", text) for text in questions])
    before = [Message(unit, "title", text) for unit, text in zip(ids, questions, strict=True)]
    now = [("title", text.replace("benefits", "risks")) for text in questions]
    assert set(assign("ahsct", 2, before, now)).isdisjoint(ids)


def test_a_renamed_text_keeps_its_unit_and_another_one_does_not_take_it() -> None:
    ids = assign("ahsct", 1, (), [("paragraph", text) for text in TEXTS])
    before = [Message(unit, "paragraph", text) for unit, text in zip(ids, TEXTS, strict=True)]
    now = [("paragraph", text) for text in [*RENAMED, RENAMED[3].replace("what", "that")]]
    assert assign("ahsct", 2, before, now)[:40] == ids
