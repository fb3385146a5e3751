"""What can be put to signature: everything that is ready, by who signs it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import event
from time_machine import TimeMachineFixture

from content.database import writing
from content.errors import BadInput, RequirementsOpen, RoleMissing
from content.people import person
from content.records import version as versions
from content.sign_off import composing
from content.sign_off.composing import InReview
from tests.reader import TODAY
from tests.world import TEXT, World, page


def in_review(world: World, who: str = "editor") -> InReview:
    with world.reading() as session:
        return composing.in_review(session, person.actor(session, who), world.policy)


def told(found: InReview) -> dict[str, list[str]]:
    return {role: [one.version.reference for one in listed] for role, listed in found.ready.items()}


def busy(world: World) -> None:
    world.publish_page()
    world.translate("fr")
    world.translate("it")
    for section in ("benefits", "risks"):
        world.submit(section, "fr")
    world.review_all("benefits", "fr")
    world.submit("treatment", "it")
    world.review_all("treatment", "it")
    world.write(page(TEXT.replace("4 of 10", "5 of 10"), summary="Newer"))
    world.submit("benefits")
    world.review_all("benefits")


def test_what_is_ready_is_told_by_who_signs_it(world: World) -> None:
    busy(world)
    found = in_review(world)
    assert told(found) == {
        "board": ["benefits/en/2"],
        "language-reviewer:fr": ["benefits/fr/1"],
        "language-reviewer:it": ["treatment/it/1"],
    }
    assert list(found.ready) == ["board", "language-reviewer:fr", "language-reviewer:it"]
    assert found.unready == 1
    assert found.needed == {"board": 3, "language-reviewer:fr": 1, "language-reviewer:it": 1}


def test_urgent_texts_are_ready_at_once_and_say_what_is_to_come(sqlite_world: World) -> None:
    sqlite_world.write(page(kind="safety"))
    sqlite_world.submit("treatment")
    (one,) = in_review(sqlite_world).ready["board"]
    assert {it.code for it in one.to_come} == {
        "medical-reviews",
        "medical-organisations",
        "lay-reviews",
    }


def test_where_nobody_can_sign_it_is_not_told_how_many_have_to(
    sqlite_world: World, time_machine: TimeMachineFixture
) -> None:
    sqlite_world.staff("pt")
    sqlite_world.publish_page()
    sqlite_world.translate("pt")
    sqlite_world.submit("benefits", "pt")
    sqlite_world.review_all("benefits", "pt")
    with writing(sqlite_world.engine) as session:
        for one in ("language-1-pt", "language-2-pt"):
            person.revoke(session, one, "language-reviewer:pt", by="operator")
    sqlite_world.replace_trust()
    found = in_review(sqlite_world)
    assert (list(found.ready), found.needed) == (["language-reviewer:pt"], {})
    time_machine.move_to(datetime.fromisoformat(TODAY) + timedelta(days=800))
    assert in_review(sqlite_world).needed == {}


def test_nothing_in_review_is_an_empty_list(sqlite_world: World) -> None:
    assert in_review(sqlite_world) == InReview({}, 0, {})


def test_editors_alone_compose(sqlite_world: World) -> None:
    for who in ("board-1", "author", "administrator", "translator-fr"):
        with pytest.raises(RoleMissing):
            in_review(sqlite_world, who)


def test_more_texts_are_no_more_questions(sqlite_world: World) -> None:
    def questions() -> int:
        found: list[str] = []
        listener = lambda *args: found.append(args[2])  # noqa: E731
        event.listen(sqlite_world.engine, "before_cursor_execute", listener)
        in_review(sqlite_world)
        event.remove(sqlite_world.engine, "before_cursor_execute", listener)
        return len(found)

    sqlite_world.publish_page()
    sqlite_world.translate("fr")
    # Something is found in this one, so that answers to warnings are asked for.
    sqlite_world.submit("risks", "fr")
    before = questions()
    for section in ("benefits", "treatment"):
        sqlite_world.submit(section, "fr")
    assert questions() == before


def put(world: World, *sections: str, days: int, by: str = "editor") -> str:
    with world.acting(by) as (session, actor):
        chosen = [versions.opened(session, one, "en") for one in sections]
        listed = [one for one in chosen if one is not None]
        made = composing.put_to_signature(session, actor, listed, world.policy, days=days)
        assert (made.lapses_at - made.opened_at).days == days
        return made.sha256


def test_a_statement_lapses_when_its_editor_says_but_no_later_than_the_policy(
    sqlite_world: World,
) -> None:
    sqlite_world.write()
    sqlite_world.submit("treatment")
    with pytest.raises(RequirementsOpen):
        put(sqlite_world, "treatment", days=5)
    sqlite_world.review_all("treatment")
    for days in (0, -1, 31):
        with pytest.raises(BadInput):
            put(sqlite_world, "treatment", days=days)
    with pytest.raises(RoleMissing):
        put(sqlite_world, "treatment", days=5, by="board-1")
    assert put(sqlite_world, "treatment", days=5)
