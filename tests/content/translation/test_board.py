"""The board: section × language, as it stands, and what it costs to look."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, event

from content.records import document, message
from content.translation import board, standing
from content.translation.board import Square, Stage
from tests.reader import TODAY
from tests.world import TEXT, World, page

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

SECTIONS = ["treatment", "benefits", "risks"]


def squares(world: World, **bases: str | None) -> dict[tuple[str, str], Square]:
    listed = {tag.replace("_", "-"): base for tag, base in (bases or {"fr": None}).items()}
    with world.reading() as session:
        found = board.squares(session, SECTIONS, listed)
    return {(one.section, one.locale): one for row in found.values() for one in row}


def stages(world: World, locale: str = "fr") -> list[str]:
    found = squares(world, **{locale: None})
    return [str(found[slug, locale].stage) for slug in SECTIONS]


@contextmanager
def questions(engine: Engine) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(*told: object) -> None:
        asked.append(str(told[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def test_a_translation_goes_from_nothing_to_in_force(sqlite_world: World) -> None:
    world = sqlite_world
    world.publish_page()
    assert stages(world) == ["nothing"] * 3
    world.push(
        "fr",
        world.pull("fr").replace('msgid "Risks"\nmsgstr ""', 'msgid "Risks"\nmsgstr "Risques"'),
    )
    assert stages(world) == ["nothing", "nothing", "part"]
    world.translate("fr")
    assert stages(world) == ["whole"] * 3
    world.submit("risks", "fr")
    assert stages(world) == ["whole", "whole", "on-its-way"]
    world.review_all("risks", "fr")
    world.sign_off("risks", locale="fr")
    world.publish("treatment", "benefits", locale="fr")
    assert stages(world) == ["in-force"] * 3
    # The source moves on: one text has words to do, the others follow.
    world.publish_page(page(TEXT.replace("4 of 10", "5 of 10")))
    assert stages(world)[1] == "part"
    assert squares(world)["benefits", "fr"].counted.stale == 1


@pytest.mark.begins_with("en")
def test_what_a_check_finds_wrong_is_said(sqlite_world: World) -> None:
    sqlite_world.translate("fr")
    text = sqlite_world.pull("fr")
    sqlite_world.push("fr", text.replace("fr – It may help 4 of 10", "fr – It may help 5 of 10"))
    found = squares(sqlite_world)["benefits", "fr"]
    assert (found.stage, found.wrong, found.per_cent) == (Stage.WRONG, 1, 100)


@pytest.mark.begins_with("en", "fr")
def test_what_left_force_is_behind(sqlite_world: World) -> None:
    sqlite_world.withdraw("risks", "fr")
    assert stages(sqlite_world)[2] == "behind"


def test_a_variant_says_what_it_inherits(sqlite_world: World) -> None:
    world = sqlite_world
    world.publish_page()
    assert squares(world, fr_CH="fr") == {}
    world.publish_translation("fr")
    world.staff("fr-CH")
    before = squares(world, fr_CH="fr")["benefits", "fr-CH"]
    assert (before.stage, before.inherited, before.own) == (Stage.NOTHING, 0, 0)
    assert before.title == "fr – Benefits"
    world.accept("fr-CH")
    after = squares(world, fr=None, fr_CH="fr")
    there = after["benefits", "fr-CH"]
    assert (there.stage, there.per_cent, there.own) == (Stage.ON_ITS_WAY, 100, 0)
    assert there.inherited == there.counted.messages
    assert after["benefits", "fr"].inherited == after["benefits", "fr"].own == 0


@pytest.mark.begins_with("en")
def test_only_what_is_whole_is_a_hundred_per_cent(sqlite_world: World) -> None:
    sqlite_world.translate("fr")
    with sqlite_world.reading() as session:
        now = standing.of_section(session, "risks", "fr")
    one = board.square(now)
    assert (board.title_of(now), one.per_cent) == ("Risks", 100)
    nearly = now.renderings[0]._replace(fuzzy=True)
    lacking = standing.Standing(
        now.section, now.locale, now.source, now.version, (nearly, *now.renderings[1:] * 1)
    )
    assert 0 < board.square(lacking).per_cent < 100
    nameless = standing.Standing(now.section, now.locale, now.source, now.version, ())
    assert board.title_of(nameless) == "risks"
    assert board.square(nameless).per_cent == 0
    assert board.together([now]).done == one.counted.done


def test_many_sections_and_languages_ask_no_more_than_one(
    sqlite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = sqlite_world
    world.publish_page()
    world.publish_translation("fr")

    def cost(slugs: list[str], **bases: str | None) -> int:
        # As in a process that has just begun.
        for module in (document, message):
            monkeypatch.setattr(module, "_kept", type(document._kept)(8_192))
        with world.reading() as session, questions(world.engine) as asked:
            board.squares(session, slugs, dict(bases))
        return len(asked)

    assert cost(["risks"], fr=None) == cost(SECTIONS, fr=None, it=None, de=None, es="fr")
