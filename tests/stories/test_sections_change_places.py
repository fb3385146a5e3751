"""Two sections change places: what is to stand below the other waits for the other to let it go."""

from datetime import timedelta

import time_machine

from content import clock
from content.records import version as versions
from content.review import submission
from tests.world import World, page

UP_AND_DOWN = page("# Up {#up}\n\nText.\n\n## Down {#down}\n\nText.\n")
DOWN_AND_UP = page("# Down {#down}\n\nText.\n\n## Up {#up}\n\nText.\n")


def test_both_come_into_force_in_whatever_order_they_were_signed(sqlite_world: World) -> None:
    sqlite_world.publish_page(UP_AND_DOWN)
    sqlite_world.write(DOWN_AND_UP)

    sqlite_world.publish("down")
    assert sqlite_world.states() == {"up": ["in_force", "draft"], "down": ["in_force", "approved"]}

    sqlite_world.publish("up")
    assert sqlite_world.states() == {
        "up": ["superseded", "in_force"],
        "down": ["superseded", "in_force"],
    }


def test_both_come_into_force_by_one_statement(sqlite_world: World) -> None:
    sqlite_world.publish_page(UP_AND_DOWN)

    sqlite_world.publish_page(DOWN_AND_UP)

    assert sqlite_world.states()["down"] == ["superseded", "in_force"]


def test_one_that_waits_keeps_nobody_else_from_their_work(sqlite_world: World) -> None:
    sqlite_world.publish_page(UP_AND_DOWN)
    sqlite_world.write(DOWN_AND_UP)
    sqlite_world.submit("down")
    sqlite_world.review_all("down")
    with sqlite_world.acting("editor") as (session, actor):
        waiting = versions.find(session, "down", "en", 2)
        submission.schedule(session, actor, waiting, clock.now() + timedelta(days=1))
    sqlite_world.sign_off("down")

    with time_machine.travel(clock.now() + timedelta(days=2)):
        sqlite_world.write(page("# Other {#other}\n\nText.\n"))
        sqlite_world.withdraw("up")

    assert sqlite_world.states()["up"] == ["withdrawn", "draft"]
    assert sqlite_world.states()["other"] == ["draft"]
