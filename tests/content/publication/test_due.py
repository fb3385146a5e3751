"""The cheap look of readers: one question, and never a no where something is due."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlmodel import Session
from time_machine import TimeMachineFixture

from content.publication import due
from content.review.policy import Policy
from tests.questions import asked
from tests.reader import TODAY, is_due, schedule, time_passes
from tests.world import TEXT, World, page

pytestmark = pytest.mark.time_machine(TODAY, tick=False)
CHANGED = TEXT.replace("4 of 10", "5 of 10")


def looks(world: World) -> tuple[bool, bool]:
    """What the look says, and whether it needed the policy."""
    policies: list[Session] = []

    def policy_of(session: Session) -> Policy:
        policies.append(session)
        return world.policy

    with asked(world.engine) as questions, world.reading() as session:
        found = due.may_be_due(session, policy_of)
    assert len(questions) == 1
    return found, bool(policies)


def nobody_signs(world: World) -> str:
    world.write(page(CHANGED))
    world.put_to_signature("benefits")
    return "2026-12-23T09:00:00Z"


def a_text_waits_for_its_hour(world: World) -> str:
    world.write(page(CHANGED))
    schedule(world, "benefits", datetime(2026, 12, 1, 9, tzinfo=UTC))
    world.publish("benefits")
    return "2026-12-01T09:00:00Z"


def nobody_reviews_again(_world: World) -> str:
    return "2027-11-21T00:00:00Z"


@pytest.mark.parametrize("begin", [nobody_signs, a_text_waits_for_its_hour, nobody_reviews_again])
def test_what_time_makes_due_is_seen_from_that_second_on_and_not_before(
    published: World, time_machine: TimeMachineFixture, begin: Callable[[World], str]
) -> None:
    moment = datetime.fromisoformat(begin(published))
    time_machine.move_to(moment.timestamp() - 1, tick=False)
    assert looks(published) == (False, False)
    time_machine.move_to(moment, tick=False)
    assert looks(published)[0]
    time_passes(published)
    assert not looks(published)[0]


def test_a_text_past_its_review_date_stays_in_force_as_long_as_the_policy_says(
    published: World, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to("2027-11-21T00:00:00Z", tick=False)
    time_passes(published)
    time_machine.move_to("2028-05-20T23:59:59Z", tick=False)
    assert looks(published) == (False, True)
    time_machine.move_to("2028-05-21T00:00:00Z", tick=False)
    assert looks(published) == (True, True)


def test_a_translation_that_waits_for_its_source_is_passed_by(published: World) -> None:
    published.write(page(CHANGED))
    published.submit("benefits")
    published.translate("fr")
    published.submit("benefits", "fr")
    published.review_all("benefits", "fr")
    assert published.version("benefits", "fr").state == "in_review", "its source is not signed off"
    published.review_all("benefits")
    schedule(published, "benefits", datetime(2026, 12, 1, 9, tzinfo=UTC))
    published.sign_off("benefits")
    published.sign_off("benefits", locale="fr")
    assert published.version("benefits", "fr").state == "approved"
    assert looks(published) == (False, False)


def test_it_is_seen_where_the_proof_fails_and_nothing_comes_of_it(published: World) -> None:
    published.write(page(CHANGED))
    schedule(published, "benefits", datetime(2026, 12, 1, 9, tzinfo=UTC))
    published.publish("benefits")
    with published.engine.begin() as connection:
        for trigger in connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'signature'"
        ).scalars():
            connection.exec_driver_sql(f'DROP TRIGGER "{trigger}"')
        connection.exec_driver_sql("DELETE FROM signature")
        connection.exec_driver_sql("UPDATE version SET effective_at = NULL")
    assert looks(published) == (True, False)
    assert not is_due(published)
