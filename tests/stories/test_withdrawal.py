"""A text turns out to be wrong: one person takes it off every site, a second one confirms."""

from datetime import UTC, datetime

import pytest
from time_machine import TimeMachineFixture

from content.errors import FourEyes, RoleMissing, StateHasMoved, WithdrawalNotFound
from content.publication import withdrawal
from tests.reader import (
    TODAY,
    ask,
    feed,
    latest,
    nested,
    read,
    read_page,
    schedule,
    time_passes,
    told,
    wrong_answers,
)
from tests.world import TEXT, World, page

pytestmark = pytest.mark.time_machine(TODAY, tick=False)


def confirm(world: World, section: str, by: str, locale: str = "en") -> None:
    with world.acting(by) as (session, actor):
        withdrawal.confirm(session, actor, section, locale)


def unconfirmed(world: World) -> list[tuple[str, bool]]:
    """(version, late) of what still wants a second person."""
    with world.reading() as session:
        listed = withdrawal.unconfirmed(session, world.policy.withdrawal.confirm_hours)
        return [(version.reference, late) for _, version, late in listed]


@pytest.mark.begins_with("en", "fr")
def test_a_withdrawn_source_is_gone_in_every_language_at_once(world: World) -> None:
    before = latest(world)

    world.withdraw("benefits")

    for locale in ("en", "fr"):
        gone = ask(world, f"/v1/sections/benefits/{locale}")
        assert gone.status == 410
        assert gone.body["detail"] == "A number was wrong."
        assert (gone.body["reason"], gone.body["at"]) == ("error", TODAY)
        assert gone.body["replacement"] is None
        assert gone.body["notice"] is None
        assert read_page(world, locale)["missing"] == ["benefits"]
    assert ask(world, "/v1/sections/benefits").body["withdrawn"] == ["en", "fr"]
    assert ask(world, "/v1/sections/benefits").body["locales"] == []
    assert told(feed(world, before)) == [
        ("withdrawn", "benefits", "en", 1),
        ("withdrawn", "benefits", "fr", 1),
    ]
    assert wrong_answers(world) == []


@pytest.mark.begins_with("en", "fr", "it")
def test_one_wrong_translation_goes_and_the_others_stay(sqlite_world: World) -> None:
    untouched = {lang: ask(sqlite_world, f"/v1/sections/risks/{lang}") for lang in ("en", "it")}

    sqlite_world.withdraw("benefits", "fr")

    assert ask(sqlite_world, "/v1/sections/benefits/fr").status == 410
    for locale in ("en", "it"):
        assert read(sqlite_world, "benefits", locale)["version"] == 1
        assert "fr" not in read(sqlite_world, "benefits", locale)["urls"]["alternates"]
        assert ask(sqlite_world, f"/v1/sections/risks/{locale}") == untouched[locale]
    overview = ask(sqlite_world, "/v1/sections/benefits").body
    assert [one["locale"] for one in overview["locales"]] == ["en", "it"]
    assert overview["withdrawn"] == ["fr"]


@pytest.mark.begins_with("en")
def test_the_whole_page_is_gone_when_its_root_is(sqlite_world: World) -> None:
    sqlite_world.withdraw("treatment")
    assert ask(sqlite_world, "/v1/pages/treatment/en").status == 410
    assert read(sqlite_world, "risks")["page"] == "treatment"
    assert read(sqlite_world, "risks")["urls"]["page"] == "/v1/pages/treatment/en"


def test_nothing_that_was_never_in_force_can_be_withdrawn(sqlite_world: World) -> None:
    sqlite_world.write()
    with pytest.raises(WithdrawalNotFound):
        sqlite_world.withdraw("benefits")
    sqlite_world.submit("benefits")
    sqlite_world.review_all("benefits")
    with pytest.raises(WithdrawalNotFound):
        sqlite_world.withdraw("benefits", "fr")
    assert feed(sqlite_world) == []


@pytest.mark.begins_with("en")
def test_a_withdrawn_text_comes_back_only_as_a_new_version_that_took_the_whole_way(
    sqlite_world: World,
) -> None:
    sqlite_world.withdraw("benefits")
    assert sqlite_world.states()["benefits"] == ["withdrawn"]
    with pytest.raises(WithdrawalNotFound):
        sqlite_world.withdraw("benefits")
    unchanged = sqlite_world.write()
    assert [(one.section, one.what) for one in unchanged if one.what != "unchanged"] == []

    sqlite_world.publish_page(page(TEXT.replace("4 of 10", "3 of 10"), summary="Corrected"))

    assert sqlite_world.states()["benefits"] == ["withdrawn", "in_force"]
    assert read(sqlite_world, "benefits")["version"] == 2
    assert nested(read_page(sqlite_world)) == ["treatment", ["benefits"], ["risks"]]


@pytest.mark.begins_with("en")
def test_a_second_person_confirms_within_a_day_or_it_shows_as_late(
    world: World, time_machine: TimeMachineFixture
) -> None:
    world.withdraw("benefits")
    assert unconfirmed(world) == [("benefits/en/1", False)]

    with pytest.raises(FourEyes):
        confirm(world, "benefits", "duty-1")
    with pytest.raises(RoleMissing):
        confirm(world, "benefits", "administrator")
    time_machine.move_to("2026-11-24T08:59:59Z", tick=False)
    assert unconfirmed(world) == [("benefits/en/1", False)]
    time_machine.move_to("2026-11-24T09:00:00Z", tick=False)
    assert unconfirmed(world) == [("benefits/en/1", True)]
    assert ask(world, "/v1/sections/benefits/en").status == 410, "late is an alarm, not an undo"

    confirm(world, "benefits", "board-1")
    assert unconfirmed(world) == []
    with pytest.raises(StateHasMoved):
        confirm(world, "benefits", "duty-2")


@pytest.mark.begins_with("en")
def test_a_withdrawal_is_confirmed_also_when_the_corrected_text_came_first(
    sqlite_world: World,
) -> None:
    sqlite_world.withdraw("benefits")
    sqlite_world.publish_page(page(TEXT.replace("4 of 10", "3 of 10"), summary="Corrected"))
    sqlite_world.withdraw("benefits")

    confirm(sqlite_world, "benefits", "duty-2")
    assert unconfirmed(sqlite_world) == [("benefits/en/1", False)]
    confirm(sqlite_world, "benefits", "duty-2")
    assert unconfirmed(sqlite_world) == []


@pytest.mark.begins_with("en", "fr")
def test_what_the_hub_itself_withdrew_asks_nobody_for_confirmation(sqlite_world: World) -> None:
    safer = page(TEXT.replace("4 of 10", "3 of 10"), kind="safety", summary="Too high")
    sqlite_world.publish_page(safer)
    assert ask(sqlite_world, "/v1/sections/benefits/fr").status == 410
    assert unconfirmed(sqlite_world) == []
    with pytest.raises(WithdrawalNotFound):
        confirm(sqlite_world, "benefits", "duty-2", "fr")


@pytest.mark.begins_with("en", "fr")
def test_an_approved_translation_of_a_withdrawn_source_does_not_come(
    sqlite_world: World, time_machine: TimeMachineFixture
) -> None:

    sqlite_world.push("fr", sqlite_world.pull("fr").replace("fr – It may", "fr – Cela"))
    sqlite_world.submit("benefits", "fr")
    sqlite_world.review_all("benefits", "fr")
    schedule(sqlite_world, "benefits", datetime(2026, 11, 24, tzinfo=UTC), "fr")
    sqlite_world.sign_off("benefits", locale="fr")
    sqlite_world.withdraw("benefits")

    time_machine.move_to("2026-11-25T09:00:00Z", tick=False)
    time_passes(sqlite_world)
    assert sqlite_world.states("fr")["benefits"] == ["withdrawn", "approved"]
    assert ask(sqlite_world, "/v1/sections/benefits/fr").status == 410
