"""What a change of the source text does to its translations: wording, clinical, safety, no words.

A national site shows the French text; the English one moves on.
"""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from time_machine import TimeMachineFixture

from content.database import writing
from content.errors import FourEyes
from content.review.review import Kind
from tests.reader import (
    TODAY,
    ask,
    feed,
    is_due,
    latest,
    nested,
    read,
    read_page,
    schedule,
    time_passes,
    told,
    waiting_statement,
    wrong_answers,
)
from tests.world import TEXT, World, page

pytestmark = [pytest.mark.time_machine(TODAY, tick=False), pytest.mark.on_sqlite_first]

FIVE = TEXT.replace("4 of 10", "5 of 10")
SIX = TEXT.replace("4 of 10", "6 of 10")


@pytest.mark.begins_with("en", "fr")
def test_a_change_of_wording_leaves_the_translation_without_a_banner_but_says_so(
    sqlite_world: World,
) -> None:
    before = latest(sqlite_world)

    sqlite_world.publish_page(page(FIVE, kind="wording", summary="Smoother"))

    french = read(sqlite_world, "benefits", "fr")
    assert french["status"] == "current"
    assert french["translation_of"] | {"sha256": ""} == {
        "locale": "en",
        "version": 1,
        "sha256": "",
        "current_version": 2,
        "outdated_since": TODAY,
        "change": {"kind": "wording", "summary": "Smoother"},
    }
    assert told(feed(sqlite_world, before)) == [
        ("in_force", "benefits", "en", 2),
        ("current", "benefits", "fr", 1),
    ]


@pytest.mark.begins_with("en", "fr")
def test_a_clinical_change_labels_the_translation_with_since_when_and_what(
    sqlite_world: World,
) -> None:
    before = latest(sqlite_world)

    sqlite_world.publish_page(page(FIVE, summary="5, not 4"))

    french = read(sqlite_world, "benefits", "fr")
    assert french["status"] == "outdated"
    assert french["version"] == 1
    assert french["translation_of"]["outdated_since"] == TODAY
    assert french["translation_of"]["change"] == {"kind": "clinical", "summary": "5, not 4"}
    assert read(sqlite_world, "risks", "fr")["status"] == "current"
    events = feed(sqlite_world, before)
    assert told(events) == [("in_force", "benefits", "en", 2), ("outdated", "benefits", "fr", 1)]
    assert events[1].reason == "5, not 4"


@pytest.mark.begins_with("en", "fr")
def test_a_change_of_wording_after_a_clinical_one_does_not_take_the_label_off(
    sqlite_world: World,
) -> None:
    sqlite_world.publish_page(page(FIVE, summary="5, not 4"))
    before = latest(sqlite_world)

    sqlite_world.publish_page(page(SIX, kind="wording", summary="Smoother"))

    french = read(sqlite_world, "benefits", "fr")
    assert french["status"] == "outdated"
    assert french["translation_of"]["current_version"] == 3
    assert french["translation_of"]["change"] == {"kind": "clinical", "summary": "5, not 4"}
    assert told(feed(sqlite_world, before))[1] == ("outdated", "benefits", "fr", 1)


@pytest.mark.begins_with("en", "fr")
def test_a_source_that_goes_back_to_the_translated_words_takes_the_label_off(
    sqlite_world: World,
) -> None:
    sqlite_world.publish_page(page(FIVE, summary="5, not 4"))
    assert read(sqlite_world, "benefits", "fr")["status"] == "outdated"

    sqlite_world.publish_page(page(TEXT, summary="4 after all"))

    french = read(sqlite_world, "benefits", "fr")
    assert french["status"] == "current"
    assert french["translation_of"]["change"] is None
    # The words are translated already, so only a signature is missing.
    assert sqlite_world.states("fr")["benefits"] == ["in_force", "sign_off"]


@pytest.mark.begins_with("en", "fr", "it")
def test_a_safety_change_takes_the_translations_off_at_once_and_points_to_the_source(
    world: World,
) -> None:
    before = latest(world)

    world.publish_page(page(FIVE, kind="safety", summary="The dose was too high"))

    for locale, words in (("fr", "sécurité"), ("it", "sicurezza")):
        gone = ask(world, f"/v1/sections/benefits/{locale}")
        assert gone.status == 410
        assert gone.body["code"] == "withdrawn"
        assert gone.body["reason"] == "source-safety-change"
        assert words in gone.body["detail"]
        assert gone.body["replacement"] == {
            "section": "benefits",
            "locale": "en",
            "url": "/v1/sections/benefits/en",
        }
        assert gone.headers["Content-Type"] == "application/problem+json"
        assert read_page(world, locale)["missing"] == ["benefits"]
    assert read(world, "benefits")["version"] == 2
    assert told(feed(world, before)) == [
        ("in_force", "benefits", "en", 2),
        ("withdrawn", "benefits", "fr", 1),
        ("withdrawn", "benefits", "it", 1),
    ]
    assert wrong_answers(world) == []


@pytest.mark.begins_with("en", "fr")
def test_after_a_safety_change_a_new_translation_takes_the_whole_way(sqlite_world: World) -> None:
    sqlite_world.publish_page(page(FIVE, kind="safety", summary="The dose was too high"))
    assert sqlite_world.publish_translation("fr") == ["benefits"]
    french = read(sqlite_world, "benefits", "fr")
    assert (french["version"], french["status"]) == (2, "current")
    assert read_page(sqlite_world, "fr")["missing"] == []


@pytest.mark.begins_with("en", "fr", "it")
def test_an_approved_translation_comes_into_force_with_its_source(
    world: World, time_machine: TimeMachineFixture
) -> None:
    world.write(page(FIVE, kind="safety", summary="The dose was too high"))
    world.submit("benefits")
    world.review_all("benefits")
    schedule(world, "benefits", datetime(2026, 11, 23, 12, tzinfo=UTC))
    world.sign_off("benefits")
    world.publish_translation("fr")
    before = latest(world)
    assert world.states("fr")["benefits"] == ["in_force", "approved"]
    assert not is_due(world)

    time_machine.move_to("2026-11-23T12:00:00Z", tick=False)
    assert is_due(world)
    assert time_passes(world) == {"benefits"}

    assert told(feed(world, before)) == [
        ("in_force", "benefits", "en", 2),
        ("in_force", "benefits", "fr", 2),
        ("withdrawn", "benefits", "it", 1),
    ]
    assert {event.at for event in feed(world, before)} == {datetime(2026, 11, 23, 12, tzinfo=UTC)}
    french = read(world, "benefits", "fr")
    assert (french["version"], french["status"]) == (2, "current")
    assert wrong_answers(world) == []


@pytest.mark.begins_with("en", "fr")
def test_a_translation_whose_sign_off_was_tampered_with_stays_behind_its_source(
    sqlite_world: World, time_machine: TimeMachineFixture
) -> None:
    world = sqlite_world
    world.write(page(FIVE, summary="Five"))
    world.submit("benefits")
    world.review_all("benefits")
    schedule(world, "benefits", datetime(2026, 11, 23, 12, tzinfo=UTC))
    world.sign_off("benefits")
    world.publish_translation("fr")
    with writing(world.engine) as session:
        for sql in (
            "DROP TRIGGER statement_is_fixed",
            "UPDATE statement SET opened_by = 'language-2-fr' WHERE role = 'language-reviewer:fr' "
            "AND sha256 IN (SELECT e.statement FROM statement_entry e JOIN version v "
            "ON v.id = e.version WHERE v.state = 'approved')",
        ):
            session.connection().execute(text(sql))

    time_machine.move_to("2026-11-23T12:00:00Z", tick=False)
    assert time_passes(world) == {"benefits"}

    assert world.states("fr")["benefits"] == ["in_force", "approved"]
    assert read(world, "benefits", "en")["version"] == 2
    assert read(world, "benefits", "fr")["status"] == "outdated"


@pytest.mark.begins_with("en", "fr")
def test_only_the_order_changed_so_one_signature_carries_the_translation_forward(
    world: World,
) -> None:
    before = latest(world)
    first, second = TEXT.index("## Benefits"), TEXT.index("## Risks")
    turned = TEXT[:first] + TEXT[second:] + "\n" + TEXT[first:second]

    assert world.publish_page(page(turned, summary="Risks first")) == ["treatment"]

    assert nested(read_page(world)) == ["treatment", ["risks"], ["benefits"]]
    french = read_page(world, "fr")
    assert french["status"] == "current", "no word changed, so nothing is outdated"
    assert nested(french) == ["treatment", ["benefits"], ["risks"]]
    assert told(feed(world, before)) == [("in_force", "treatment", "en", 2)]
    assert world.states("fr")["treatment"] == ["in_force", "sign_off"]

    world.sign(waiting_statement(world, "treatment"), "language-2-fr")

    french = read_page(world, "fr")
    assert nested(french) == ["treatment", ["risks"], ["benefits"]]
    assert french["version"] == 2
    assert french["title"] == "fr – Treatment"
    assert french["translation_of"]["version"] == 2
    assert "version 2" in french["change"]["summary"]
    assert [one["name"] for one in french["approval"]["signed_by"]] == ["Language-2-Fr"]
    assert wrong_answers(world) == []


@pytest.mark.begins_with("en", "fr")
def test_who_reviewed_the_words_may_not_sign_them_when_they_are_carried(
    sqlite_world: World,
) -> None:
    sqlite_world.publish_page(page(review_by="2027-11-01"))
    statement = waiting_statement(sqlite_world, "benefits")
    with pytest.raises(FourEyes):
        sqlite_world.sign(statement, "language-1-fr")
    sqlite_world.sign(statement, "language-2-fr")
    assert read(sqlite_world, "benefits", "fr")["review_by"] == "2027-11-01"


@pytest.mark.begins_with("en", "fr")
def test_words_carried_twice_still_name_their_reviewers(sqlite_world: World) -> None:
    reviewers = read(sqlite_world, "benefits", "fr")["approval"]["reviewed_by"]
    assert [one["kind"] for one in reviewers] == [Kind.REVISION, Kind.LANGUAGE]
    for review_by in ("2027-10-01", "2027-11-01"):
        sqlite_world.publish_page(page(review_by=review_by))
        sqlite_world.sign(waiting_statement(sqlite_world, "benefits"), "language-2-fr")
    french = read(sqlite_world, "benefits", "fr")
    assert french["version"] == 3
    assert french["approval"]["reviewed_by"] == reviewers


def test_a_section_moves_to_another_parent_in_one_sign_off(sqlite_world: World) -> None:
    below_risks = TEXT + "\n### Infection {#infection}\n\nAn infection is possible.\n"
    sqlite_world.publish_page(page(below_risks))
    sqlite_world.publish_translation("fr")
    assert nested(read_page(sqlite_world)) == ["treatment", ["benefits"], ["risks", ["infection"]]]

    infection = below_risks[below_risks.index("### Infection") :]
    split = TEXT.index("## Risks")
    moved = TEXT[:split] + infection + "\n" + TEXT[split:]
    assert sqlite_world.publish_page(page(moved, summary="Moved")) == ["benefits", "risks"]

    assert nested(read_page(sqlite_world)) == ["treatment", ["benefits", ["infection"]], ["risks"]]
    assert nested(read_page(sqlite_world, "fr")) == [
        "treatment",
        ["benefits"],
        ["risks", ["infection"]],
    ]
    sqlite_world.sign(waiting_statement(sqlite_world, "benefits"), "language-2-fr")
    # Until the other half is signed too, it stands in its new place, and only there.
    assert nested(read_page(sqlite_world, "fr")) == [
        "treatment",
        ["benefits", ["infection"]],
        ["risks"],
    ]
    sqlite_world.sign(waiting_statement(sqlite_world, "risks"), "language-2-fr")
    assert nested(read_page(sqlite_world, "fr")) == [
        "treatment",
        ["benefits", ["infection"]],
        ["risks"],
    ]
    assert wrong_answers(sqlite_world) == []


@pytest.mark.begins_with("en", "fr")
def test_a_section_taken_off_its_page_becomes_a_page_of_its_own(sqlite_world: World) -> None:
    sqlite_world.publish_page(page(TEXT[: TEXT.index("## Risks")], summary="Without risks"))
    assert nested(read_page(sqlite_world)) == ["treatment", ["benefits"]]
    assert nested(read_page(sqlite_world, "fr")) == ["treatment", ["benefits"]]
    assert read_page(sqlite_world, "fr")["missing"] == []
    assert nested(read_page(sqlite_world, "fr", root="risks")) == ["risks"]
    assert read(sqlite_world, "risks")["page"] == "risks"
    assert wrong_answers(sqlite_world) == []


def test_two_sections_change_places_whichever_is_signed_first(sqlite_world: World) -> None:
    world = sqlite_world
    below = "# Treatment {#treatment}\n\nRoot.\n\n## Risks {#risks}\n\nRisks.\n"
    infection = "Infection {#infection}\n\nAn infection is possible.\n"
    world.publish_page(page(f"{below}\n### {infection}"))
    turned = below.replace("## Risks {#risks}\n\nRisks.\n", f"## {infection}")
    world.write(page(f"{turned}\n### Risks {{#risks}}\n\nRisks.\n", summary="Turned round"))

    world.publish("infection")
    assert nested(read_page(world)) == ["treatment", ["risks", ["infection"]]]
    assert world.states()["infection"] == ["in_force", "approved"], "it waits for the other one"
    world.publish("risks")
    world.publish("treatment")
    assert nested(read_page(world)) == ["treatment", ["infection", ["risks"]]]
    assert not is_due(world)
    assert wrong_answers(world) == []
