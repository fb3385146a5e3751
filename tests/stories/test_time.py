"""Time does its part: scheduled texts, statements nobody signed, texts nobody reviewed again."""

from datetime import UTC, datetime

import pytest
from time_machine import TimeMachineFixture

from content.errors import DateInThePast, FourEyes, StateHasMoved
from content.people import person
from content.review.review import Kind
from tests.reader import (
    TODAY,
    ask,
    feed,
    is_due,
    latest,
    opened,
    read,
    schedule,
    time_passes,
    told,
    waiting_statement,
    wrong_answers,
)
from tests.world import TEXT, World, page

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

FIVE = TEXT.replace("4 of 10", "5 of 10")
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.mark.begins_with("en")
def test_a_text_comes_into_force_at_its_hour_and_not_before(
    world: World, time_machine: TimeMachineFixture
) -> None:
    world.write(page(FIVE, summary="5, not 4"))
    with pytest.raises(DateInThePast):
        schedule(world, "benefits", datetime(2026, 11, 23, 9, tzinfo=UTC))
    schedule(world, "benefits", NOON)
    world.publish("benefits")
    assert world.states()["benefits"] == ["in_force", "approved"]

    time_machine.move_to("2026-12-01T11:59:59Z", tick=False)
    assert not is_due(world)
    assert time_passes(world) == set()
    assert read(world, "benefits")["version"] == 1

    time_machine.move_to("2026-12-01T12:00:00Z", tick=False)
    assert is_due(world)
    assert time_passes(world) == {"benefits"}
    assert read(world, "benefits")["version"] == 2
    assert ask(world, "/v1/sections/benefits/en").headers["Last-Modified"] == (
        "Tue, 01 Dec 2026 12:00:00 GMT"
    )
    assert not is_due(world), "it happens once"
    assert time_passes(world) == set()


@pytest.mark.begins_with("en")
def test_an_hour_that_was_taken_back_means_at_once(sqlite_world: World) -> None:
    sqlite_world.write(page(FIVE, summary="5, not 4"))
    schedule(sqlite_world, "benefits", NOON)
    sqlite_world.publish("benefits")
    assert read(sqlite_world, "benefits")["version"] == 1
    schedule(sqlite_world, "benefits", None)
    assert read(sqlite_world, "benefits")["version"] == 2


def test_an_approved_translation_waits_for_its_scheduled_source(
    sqlite_world: World, time_machine: TimeMachineFixture
) -> None:
    sqlite_world.write()
    for section in ("treatment", "benefits", "risks"):
        schedule(sqlite_world, section, NOON)
    sqlite_world.publish("treatment", "benefits", "risks")
    sqlite_world.publish_translation("fr")
    assert latest(sqlite_world) == 0

    time_machine.move_to(NOON, tick=False)
    time_passes(sqlite_world)
    assert told(feed(sqlite_world)) == [
        ("in_force", section, locale, 1)
        for locale in ("en", "fr")
        for section in ("treatment", "benefits", "risks")
    ]
    assert {event.at for event in feed(sqlite_world)} == {NOON}
    assert wrong_answers(sqlite_world) == []


@pytest.mark.begins_with("en", "fr")
def test_a_translation_with_a_later_hour_of_its_own_leaves_the_old_one_labelled_till_then(
    sqlite_world: World, time_machine: TimeMachineFixture
) -> None:
    sqlite_world.publish_page(page(FIVE, summary="5, not 4"))
    assert sqlite_world.translate("fr") == ["benefits"]
    schedule(sqlite_world, "benefits", NOON, "fr")
    sqlite_world.publish("benefits", locale="fr")
    assert read(sqlite_world, "benefits", "fr")["status"] == "outdated"
    time_machine.move_to(NOON, tick=False)
    time_passes(sqlite_world)
    assert read(sqlite_world, "benefits", "fr")["status"] == "current"


@pytest.mark.begins_with("en")
def test_a_translation_of_the_text_before_may_still_come_but_not_past_a_safety_change(
    sqlite_world: World,
) -> None:
    for locale in ("fr", "it"):
        sqlite_world.translate(locale)
        for section in ("treatment", "benefits", "risks"):
            sqlite_world.submit(section, locale)
            sqlite_world.review_all(section, locale)
    french = sqlite_world.open_statement("benefits", locale="fr")
    sqlite_world.publish_page(page(FIVE, summary="5, not 4"))
    sqlite_world.sign(french, "language-2-fr")
    assert read(sqlite_world, "benefits", "fr")["status"] == "outdated"

    italian = sqlite_world.open_statement("benefits", locale="it")
    safer = page(TEXT.replace("4 of 10", "3 of 10"), kind="safety", summary="Too high")
    sqlite_world.publish_page(safer)
    sqlite_world.sign(italian, "language-2-it")
    assert sqlite_world.states("it")["benefits"] == ["approved"]
    assert ask(sqlite_world, "/v1/sections/benefits/it").status == 404
    assert ask(sqlite_world, "/v1/sections/benefits/fr").status == 410


def test_a_statement_nobody_signs_lapses_and_the_text_begins_again_as_a_draft(
    world: World, time_machine: TimeMachineFixture
) -> None:
    world.write()
    statement = world.put_to_signature("benefits")
    world.sign(statement, "board-1")
    first = opened(world, "benefits")

    time_machine.move_to("2026-12-23T08:59:59Z", tick=False)
    assert not is_due(world)
    time_machine.move_to("2026-12-23T09:00:00Z", tick=False)
    assert is_due(world)
    with pytest.raises(StateHasMoved):
        world.sign(statement, "board-2")
    time_passes(world)

    assert world.states()["benefits"] == ["abandoned", "draft"]
    second = opened(world, "benefits")
    assert (second.number, second.change_summary) == (2, first.change_summary)
    assert second.document != first.document, "it names its own number"
    with pytest.raises(StateHasMoved):
        world.sign(statement, "board-2")
    # Whoever wrote the text that came back may still not judge it.
    with world.acting("author") as (session, _):
        person.grant(session, "author", "medical-reviewer", by="operator")
    world.submit("benefits")
    with pytest.raises(FourEyes):
        world.review("benefits", "author", Kind.MEDICAL)


@pytest.mark.begins_with("en", "fr")
def test_a_text_past_its_review_date_says_so_and_later_leaves_force(
    world: World, time_machine: TimeMachineFixture
) -> None:
    before = latest(world)
    assert ask(world, "/v1/sections/benefits/en").due_at == datetime(2027, 11, 21, tzinfo=UTC)

    time_machine.move_to("2027-11-20T23:59:59Z", tick=False)
    assert not is_due(world)
    assert read(world, "benefits")["status"] == "current"

    time_machine.move_to("2027-11-21T00:00:00Z", tick=False)
    assert is_due(world)
    assert time_passes(world) == {"treatment", "benefits", "risks"}
    for locale in ("en", "fr"):
        assert read(world, "benefits", locale)["status"] == "review-due"
    due = feed(world, before)
    assert {event.type for event in due} == {"review_due"}
    assert len(due) == 6
    assert ask(world, "/v1/sections/benefits/en").due_at == datetime(2028, 5, 21, tzinfo=UTC)
    assert time_passes(world) == set(), "it is announced once"

    time_machine.move_to("2028-05-20T23:59:59Z", tick=False)
    assert not is_due(world)
    before = latest(world)
    time_machine.move_to("2028-05-21T00:00:00Z", tick=False)
    assert is_due(world)
    time_passes(world)
    gone = ask(world, "/v1/sections/benefits/fr")
    assert (gone.status, gone.body["reason"]) == (410, "review-lapsed")
    assert gone.body["detail"].startswith("Le texte n’a pas été réexaminé")
    assert {event.type for event in feed(world, before)} == {"withdrawn"}
    assert len(feed(world, before)) == 6
    assert wrong_answers(world) == []


@pytest.mark.begins_with("en")
def test_a_hub_that_slept_for_two_years_withdraws_and_does_not_announce_a_review(
    sqlite_world: World, time_machine: TimeMachineFixture
) -> None:
    before = latest(sqlite_world)
    time_machine.move_to("2029-01-01T00:00:00Z", tick=False)
    time_passes(sqlite_world)
    assert {event.type for event in feed(sqlite_world, before)} == {"withdrawn"}


@pytest.mark.begins_with("en", "fr")
def test_reviewed_and_nothing_to_change_is_a_version_with_other_dates_alone(
    sqlite_world: World, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to("2027-11-25T09:00:00Z", tick=False)
    time_passes(sqlite_world)
    assert read(sqlite_world, "risks", "fr")["status"] == "review-due"

    sqlite_world.publish_page(page(summary="Reviewed, no change", review_by="2028-11-20"))
    sqlite_world.sign(waiting_statement(sqlite_world, "risks"), "language-2-fr")

    for locale in ("en", "fr"):
        answer = read(sqlite_world, "risks", locale)
        assert (answer["version"], answer["status"]) == (2, "current")
        assert answer["review_by"] == "2028-11-20"


@pytest.mark.begins_with("en", "fr")
def test_a_safety_change_and_an_old_translation_of_the_same_hour_the_safe_text_wins(
    sqlite_world: World, time_machine: TimeMachineFixture
) -> None:
    sqlite_world.push("fr", sqlite_world.pull("fr").replace("fr – It may help", "fr – Cela aide"))
    schedule(sqlite_world, "benefits", NOON, "fr")
    sqlite_world.publish("benefits", locale="fr")
    sqlite_world.write(page(FIVE, kind="safety", summary="Too high"))
    schedule(sqlite_world, "benefits", NOON)
    sqlite_world.publish("benefits")

    time_machine.move_to(NOON, tick=False)
    time_passes(sqlite_world)
    assert ask(sqlite_world, "/v1/sections/benefits/fr").status == 410
    assert sqlite_world.states("fr")["benefits"] == ["withdrawn", "approved"]
    assert not is_due(sqlite_world)


@pytest.mark.begins_with("en", "fr")
def test_a_translation_that_comes_later_than_its_source_leaves_the_old_one_labelled(
    sqlite_world: World, time_machine: TimeMachineFixture
) -> None:
    sqlite_world.write(page(FIVE, summary="5, not 4"))
    schedule(sqlite_world, "benefits", NOON)
    sqlite_world.publish("benefits")
    assert sqlite_world.translate("fr") == ["benefits"]
    schedule(sqlite_world, "benefits", datetime(2026, 12, 2, tzinfo=UTC), "fr")
    sqlite_world.publish("benefits", locale="fr")
    time_machine.move_to(NOON, tick=False)
    time_passes(sqlite_world)
    assert read(sqlite_world, "benefits", "fr")["status"] == "outdated"
    time_machine.move_to("2026-12-02T00:00:00Z", tick=False)
    time_passes(sqlite_world)
    assert read(sqlite_world, "benefits", "fr")["status"] == "current"
