"""Sections: what exists, under a name for ever."""

import pytest

from content.database import writing
from content.errors import SectionNotFound, SlugMalformed
from content.records import section
from tests.world import World


@pytest.mark.parametrize("slug", ["a", "stem-cells", "2nd-line", "a" * 80])
def test_a_slug_is_taken(slug: str) -> None:
    section.require_slug(slug)


@pytest.mark.parametrize(
    "slug", ["", "-", "a-", "-a", "a--b", "Stem", "stem cells", "é", "a/b", "a\n", "a" * 81, "٣"]
)
def test_what_is_no_slug_is_refused(slug: str) -> None:
    with pytest.raises(SlugMalformed, match="at most 80 characters") as refused:
        section.require_slug(slug)
    assert refused.value.context == {"slug": slug}


def test_a_section_keeps_its_language_and_moves_between_pages(world: World) -> None:
    with writing(world.engine) as session:
        section.place(session, "stem-cells", source_locale="en", page="treatment")
    with writing(world.engine) as session:
        section.place(session, "stem-cells", source_locale="fr", page="research")

    with world.reading() as session:
        found = section.find(session, "stem-cells")
        assert (found.source_locale, found.page) == ("en", "research")


def test_a_section_is_not_made_under_a_bad_name_nor_found_before_it_is_made(
    sqlite_world: World,
) -> None:
    with writing(sqlite_world.engine) as session:
        with pytest.raises(SlugMalformed):
            section.place(session, "Stem Cells", source_locale="en", page="treatment")
        with pytest.raises(SectionNotFound) as missing:
            section.find(session, "stem-cells")
    assert missing.value.context == {"section": "stem-cells"}


def test_those_that_exist_are_found_together_and_again(sqlite_world: World) -> None:
    with writing(sqlite_world.engine) as session:
        one = section.place(session, "stem-cells", source_locale="en", page="treatment")
        assert section.find_all(session, ["stem-cells", "diet"]) == {"stem-cells": one}
        other = section.place(session, "diet", source_locale="en", page="treatment")
        both = {"stem-cells": one, "diet": other}
        assert section.find_all(session, ["stem-cells", "diet"]) == both
        assert section.find_all(session, ["stem-cells", "diet"]) == both
    with sqlite_world.reading() as session:
        assert section.find_all(session, ["none", "diet"]).keys() == {"diet"}
