"""Whether one text is another one edited, or a part of it."""

import pytest

from content.records.likeness import Place, Reading, is_edited, is_part, place_within, read

ALONE, AMONG, ELSEWHERE = Place.ALONE, Place.AMONG, Place.ELSEWHERE
HELPED = "4 of 10 people had fewer relapses"


def edited(old: str, new: str, place: Place = ALONE, kind: str = "paragraph") -> bool:
    forth = is_edited(read(kind, old), read(kind, new), place)
    assert is_edited(read(kind, new), read(kind, old), place) is forth, "it is so both ways"
    return forth


def reading(text: str) -> Reading:
    return read("paragraph", text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It may help 4 of 10 people.", "It may help 5 of 10 people."),
        ("4 of 10", "25 of 100"),
        ("It does not repair nerves.", "It does repair nerves."),
        ("It does not repair nerves.", "It does not heal nerves."),
        ("It may slow MS.", "It may slow down MS."),
        ("It may help.", "It can help."),
        ("Treatments were compared last year", "The treatment was compared last year"),
    ],
)
def test_an_edit_of_a_text_that_stays_alone_in_its_place(old: str, new: str) -> None:
    assert edited(old, new)


@pytest.mark.parametrize("kind", ["title", "paragraph", "list-item", "cell"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("What are the benefits?", "What are the risks?"),
        (
            "What are the benefits of stem cell treatment for people with MS?",
            "What are the risks of stem cell treatment for people with MS?",
        ),
        ("Before treatment", "After treatment"),
        ("Common effects", "Rare effects"),
        ("Common side effects", "Uncommon side effects"),
        ("The benefits are small.", "The risks are small."),
        ("Men", "Women"),
        ("Day 1", "Week 1"),
        ("Yes", "No"),
    ],
)
@pytest.mark.parametrize("place", list(Place))
def test_what_looks_alike_and_says_another_thing(
    old: str, new: str, kind: str, place: Place
) -> None:
    assert not edited(old, new, place, kind)


def test_a_title_that_got_more_words_or_the_same_in_another_form() -> None:
    assert edited("Risks", "Known risks", kind="title")
    assert edited("What is the risk?", "What is the risk now?")
    assert edited("Is it 1?", "Is it 2?")
    assert not edited("Is it so?", "Is it no?")


def test_among_others_a_text_has_to_have_more_in_common() -> None:
    old, new = "People recover quickly at home", "People recover in time at home, slowly"
    assert edited(old, new, ALONE)
    assert not edited(old, new, AMONG)
    assert edited(HELPED, HELPED.replace("4", "5"), AMONG)
    assert edited(HELPED, HELPED.replace("fewer", "far fewer"), AMONG)
    assert edited(
        "Doctors collected blood cells before treatment, and cooled them at night.",
        "Nurses collected blood cells before treatment, and warmed them.",
        AMONG,
    )


def test_in_another_place_only_numbers_or_few_of_many_words_may_differ() -> None:
    assert edited(HELPED, HELPED.replace("4", "5"), ELSEWHERE)
    assert not edited(HELPED, HELPED.replace("fewer", "more"), ELSEWHERE)
    assert not edited("1 of 10", "2 of 10", ELSEWHERE)
    assert not edited("It may slow MS in year 1", "It may slow MS in year 2", ELSEWHERE)
    assert edited("It may help people in year 1", "It may help people in year 2", ELSEWHERE)
    long = "Several large trials around the world compare this treatment with other medicines"
    assert edited(long, f"{long} today", ELSEWHERE)


def test_letters_have_to_be_alike_too() -> None:
    assert not edited("Risks", "What are the risks of it all?", kind="title")
    assert not edited("It helps.", "It helps, as far as anybody has seen until today.")


def test_few_words_are_not_known_in_another_place() -> None:
    assert not edited("Relapses in 4", "Relapses in 5", ELSEWHERE)
    assert not edited(
        "It may help people with relapses", "We can help people with relapses", ELSEWHERE
    )


def test_a_word_has_one_partner_that_begins_like_it() -> None:
    assert not edited("relapses relapsed", "relapse medicine", AMONG)
    assert edited("relapses relapsed", "relapse relapsed", AMONG)
    assert not edited("treatment treatment", "treatment medicines", AMONG)
    assert not edited("hypertension at night?", "hypotension at night?")


def test_a_part_has_its_words_in_the_order_of_the_whole() -> None:
    whole = reading("Cells are taken from your blood. They are frozen and given back later.")
    assert is_part(reading("They are given back later."), whole)
    assert is_part(reading("Cells are taken from blood."), whole)
    assert not is_part(reading("Later the cells are taken, they are blood."), whole)
    assert not is_part(reading("Cells are bought."), whole)
    assert not is_part(reading("Are frozen"), whole), "two words are found anywhere"
    assert not is_part(whole, whole)


def test_a_part_of_short_words_stands_there_as_it_is() -> None:
    whole = reading("It may slow MS. It does not repair nerves.")
    assert is_part(reading("It may slow MS."), whole)
    assert not is_part(reading("It may not."), whole)


def test_where_a_part_stands() -> None:
    whole = reading("Cells are frozen. They come back.")
    assert place_within(reading("They come back."), whole) == 3
    assert place_within(reading("Frozen things"), whole) == 2
    assert place_within(reading("Nothing"), whole) == 0
