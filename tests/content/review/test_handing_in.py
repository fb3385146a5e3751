"""Handing in a translation: what is missing, in reasons, and what goes."""

import pytest

from content.errors import RequirementsOpen, RoleMissing, StateHasMoved
from content.review import handing_in
from content.review.handing_in import Missing, hand_in
from content.translation import standing
from tests.reader import TODAY
from tests.world import TEXT, World, page

pytestmark = pytest.mark.time_machine(TODAY, tick=False)


def lacks(world: World, section: str = "benefits", locale: str = "fr") -> dict[str, int]:
    with world.reading() as session:
        found = handing_in.missing(standing.of_section(session, section, locale))
    return {one.code: one.count for one in found}


def handed_in(world: World, section: str = "benefits", by: str = "translator-fr") -> str:
    with world.acting(by) as (session, actor):
        now = standing.of_section(session, section, "fr")
        return hand_in(session, actor, now, world.policy).state


@pytest.fixture
def english(sqlite_world: World) -> World:
    sqlite_world.publish_page()
    return sqlite_world


def test_what_nobody_began_lacks_everything(english: World) -> None:
    assert lacks(english) == {"blank": 6, "no-draft": 0}
    with pytest.raises(StateHasMoved):
        handed_in(english)


def test_what_is_unsure_or_wrong_is_counted(english: World) -> None:
    english.translate("fr")
    assert lacks(english) == {}
    text = english.pull("fr").replace("help 4 of 10", "help 5 of 10", 2)
    english.push("fr", text.replace('msgstr "fr – It may help 4', 'msgstr "fr – It may help 5'))
    assert lacks(english) == {"wrong": 1}
    with pytest.raises(RequirementsOpen):
        handed_in(english)


def test_a_guess_is_unsure(english: World) -> None:
    blank = 'msgid "It may slow MS."\nmsgstr ""'
    guess = 'msgid "It may slow MS."\nmsgstr "Peut ralentir"'
    text = english.pull("fr")
    assert blank in text
    place = text.index("msgctxt", text.rindex("\n\n", 0, text.index(blank)))
    english.push("fr", (text[:place] + "#, fuzzy\n" + text[place:]).replace(blank, guess))
    assert lacks(english)["unsure"] == 1


def test_what_is_whole_goes_once(english: World) -> None:
    english.translate("fr")
    assert handed_in(english) == "in_review"
    assert lacks(english) == {"past-draft": 0}
    with pytest.raises(StateHasMoved):
        handed_in(english)


def test_a_draft_of_an_older_source_is_brought_along_where_no_words_moved(english: World) -> None:
    english.translate("fr")
    english.publish_page(page(TEXT.replace("org/register", "org/new")))
    assert lacks(english) == {}
    # An editor may hand in, not translate: the draft stays where it is.
    with pytest.raises(RequirementsOpen):
        handed_in(english, by="editor")
    assert handed_in(english) == "in_review"
    with english.reading() as session:
        now = standing.of_section(session, "benefits", "fr")
    assert now.version is not None
    assert now.version.source == now.source_document


def test_words_that_moved_are_to_do(english: World) -> None:
    english.translate("fr")
    english.publish_page(page(TEXT.replace("4 of 10", "5 of 10")))
    assert lacks(english) == {"changed": 1}
    with pytest.raises(RequirementsOpen):
        handed_in(english)


def test_who_may_not_hand_in_does_not(english: World) -> None:
    english.translate("fr")
    with pytest.raises(RoleMissing):
        handed_in(english, by="reviser-fr")
    assert Missing("blank", 2) == Missing("blank", 2)
