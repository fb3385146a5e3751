"""One page in four languages and more: each goes its own way, and readers find their own."""

import pytest

from content.translation.locale import look_up
from tests.reader import (
    TODAY,
    ask,
    feed,
    latest,
    nested,
    read,
    read_page,
    told,
    wrong_answers,
)
from tests.world import TEXT, World, page

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

LANGUAGES = ("fr", "it", "de")


def answers(world: World, locale: str) -> list[object]:
    """Everything a site in this language reads."""
    return [
        ask(world, f"/v1/pages/treatment/{locale}"),
        *(ask(world, f"/v1/sections/{one}/{locale}") for one in ("treatment", "benefits", "risks")),
    ]


@pytest.mark.begins_with("en")
def test_four_languages_one_tree(world: World) -> None:
    for locale in LANGUAGES:
        world.publish_translation(locale)

    for locale in ("en", *LANGUAGES):
        answer = read_page(world, locale)
        assert nested(answer) == ["treatment", ["benefits"], ["risks"]]
        assert answer["missing"] == []
        assert set(answer["urls"]["alternates"]) == {"en", *LANGUAGES} - {locale}
    assert [one["locale"] for one in ask(world, "/v1/sections/risks").body["locales"]] == [
        "en",
        "de",
        "fr",
        "it",
    ]
    assert wrong_answers(world) == []


@pytest.mark.begins_with("en")
def test_what_happens_to_one_translation_changes_no_other(sqlite_world: World) -> None:
    world = sqlite_world
    for locale in LANGUAGES:
        world.publish_translation(locale)
    others = {locale: answers(world, locale) for locale in ("en", "it", "de")}
    before = latest(world)

    world.push("fr", world.pull("fr").replace("fr – It may help", "fr – cela peut aider"))
    world.publish("benefits", locale="fr")

    assert told(feed(world, before)) == [("in_force", "benefits", "fr", 2)]
    assert read(world, "benefits", "fr")["html"].startswith("<p>fr – cela peut aider")
    for locale, was in others.items():
        assert answers(world, locale) == was


@pytest.mark.begins_with("en")
def test_the_languages_follow_a_change_one_after_the_other(sqlite_world: World) -> None:
    world = sqlite_world
    for locale in LANGUAGES:
        world.publish_translation(locale)
    world.publish_page(page(TEXT.replace("4 of 10", "5 of 10"), summary="5, not 4"))

    def labels() -> dict[str, str]:
        return {locale: read(world, "benefits", locale)["status"] for locale in LANGUAGES}

    assert labels() == {"fr": "outdated", "it": "outdated", "de": "outdated"}
    world.publish_translation("it")
    assert labels() == {"fr": "outdated", "it": "current", "de": "outdated"}
    world.publish_translation("de")
    world.publish_translation("fr")
    assert set(labels().values()) == {"current"}
    overview = ask(world, "/v1/sections/benefits").body["locales"]
    assert {one["locale"]: one["version"] for one in overview} == dict.fromkeys(
        ("en", "fr", "it", "de"), 2
    )


@pytest.mark.begins_with("en", "fr")
def test_a_reader_in_geneva_gets_french_and_one_in_madrid_is_told_there_is_no_spanish(
    sqlite_world: World,
) -> None:
    there = {one["locale"] for one in ask(sqlite_world, "/v1/sections/risks").body["locales"]}
    assert look_up("fr-CH", there) == "fr"
    assert look_up("es", there) is None
    assert ask(sqlite_world, "/v1/sections/risks/es").status == 404


@pytest.mark.parametrize(("locale", "direction"), [("ar", "rtl"), ("es", "ltr")])
def test_a_further_language_needs_people_and_nothing_else(
    sqlite_world: World, locale: str, direction: str
) -> None:
    sqlite_world.staff(locale)
    sqlite_world.publish_page()
    sqlite_world.publish_translation(locale)
    answer = read_page(sqlite_world, locale)
    assert (answer["locale"], answer["dir"]) == (locale, direction)
    assert answer["title"] == f"{locale} – Treatment"
    assert ask(sqlite_world, f"/v1/pages/treatment/{locale}").headers["Content-Language"] == locale
    assert read_page(sqlite_world, "en")["urls"]["alternates"] == {
        locale: f"/v1/pages/treatment/{locale}"
    }
