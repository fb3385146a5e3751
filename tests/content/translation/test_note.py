"""What a translator reads beside an entry."""

import pytest

from content import clock
from content.records.message import Message
from content.translation import note
from content.translation.merge import BETWEEN_TEXTS, Rendering
from content.translation.suggestion import Suggestion

FUZZY_WITHOUT_PAST = Rendering(Message("aaaaaaaa", "paragraph", "a"), "b", fuzzy=True)


def change(old: str, new: str, *, kind: str = "paragraph", locale: str = "en") -> str:
    rendering = Rendering(Message("aaaaaaaa", kind, new), "x", fuzzy=True, previous_source=old)
    (line,) = note.of_change(rendering, locale)
    assert "\n" not in line
    return line


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("After 5 years.", "After 4 years.", "CHANGED (critical): 5 -> 4 years"),
        ("4 of 10 people", "5 of 10 people", "CHANGED (critical): 4 -> 5 of 10 people"),
        ("It does not heal.", "It does heal.", "CHANGED (critical): removed: not"),
        ("It does heal.", "It does not heal.", "CHANGED (critical): added: not"),
        ("It may slow MS.", "It may delay MS.", "CHANGED: slow -> delay MS"),
        ("Risks", "Known risks", "CHANGED: Risks -> Known risks"),
        ("See it.", "See **it** now.", "CHANGED: added: now"),
        ("Dose: 5", "Dose: 6", "CHANGED (critical): 5 -> 6"),
        (
            "See the register",
            "See the [register]{1}",
            "LINKS: the words are the same, the links are not",
        ),
        (
            "Cells are taken from your blood. They are frozen.",
            "Cells are taken from blood.",
            "SPLIT: this was part of a longer text",
        ),
        (
            "Cells are taken from your blood. They are frozen for months.",
            "They are frozen for 2 months.",
            "SPLIT (critical): this was part of a longer text",
        ),
        (f"One.{BETWEEN_TEXTS}Two.", "One. Two.", "MERGED: 2 texts are one now"),
        (f"1.{BETWEEN_TEXTS}2.", "1. 3.", "MERGED (critical): 2 texts are one now"),
    ],
)
def test_what_changed(old: str, new: str, told: str) -> None:
    assert change(old, new) == told


def test_negations_are_those_of_the_source_language() -> None:
    assert change("Es hilft.", "Es hilft nicht.", locale="de") == "CHANGED (critical): added: nicht"
    assert change("Es hilft.", "Es hilft nicht.", locale="en") == "CHANGED: added: nicht"


def test_only_a_suggestion_with_a_past_has_a_change() -> None:
    assert note.of_change(FUZZY_WITHOUT_PAST, "en") == []
    assert note.of_change(Rendering(FUZZY_WITHOUT_PAST.message, "b"), "en") == []


def test_many_changes_are_told_in_part() -> None:
    old = " same ".join("abcdefgh")
    told = change(old, " same ".join("stuvwxyz"))
    assert told.count("->") == note.CHANGES_MAX
    assert told.endswith("; ...")
    long = change("a", "b" * 2 * note.SHOWN_MAX)
    assert long.endswith(" ...")
    assert len(long) < note.SHOWN_MAX + 30


def offered(number: int, target: str) -> Suggestion:
    return Suggestion(
        id=number,
        section="risks",
        locale="fr",
        unit="aaaaaaaa",
        source="Word",
        target=target,
        origin="upload",
        reason="conflict",
        person="translator-fr",
        at=clock.now(),
    )


def test_the_newest_suggestions_each_on_a_line() -> None:
    assert note.of_suggestions([]) == []
    assert note.of_suggestions([offered(n, f"Mot {n}\\\nmot") for n in (1, 2, 3, 4)]) == [
        "SUGGESTED: Mot 4\\ mot (conflict)",
        "SUGGESTED: Mot 3\\ mot (conflict)",
        "SUGGESTED: Mot 2\\ mot (conflict)",
    ]


def test_what_the_placeholders_stand_for() -> None:
    message = Message("aaaaaaaa", "cell", "[a]{1}", ("https://example.org/a",))
    told = ["cell · risks", note.PLACEHOLDER_NOTE, "{1} = https://example.org/a"]
    assert note.of_message("risks", Rendering(message)) == told
    own = ((message.links[0], "https://example.org/fr"),)
    told[-1] += " (here: https://example.org/fr)"
    assert note.of_message("risks", Rendering(message, own_links=own)) == told
