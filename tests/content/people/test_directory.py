"""The directory: everybody is found, however they are spelled, with what they hold."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from content.database import writing
from content.people import directory, passkey, person, session, token
from content.people.directory import Directory, Means
from content.people.role import Grant, Role
from content.people.session import Way
from tests.world import PEOPLE, World

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def look_up(world: World, word: str = "", role: Role | None = None, start: int = 0) -> Directory:
    with world.reading() as opened:
        return directory.look_up(opened, word=word, role=role, start=start, most=50)


def names(found: Directory) -> list[str]:
    return [one.person.id for one in found.people]


def enter(world: World, person_id: str, name: str) -> None:
    with writing(world.engine) as opened:
        person.add(opened, name=name, organisation="MSIF", by="operator", person_id=person_id)


def test_everybody_is_listed_by_name_and_the_erased_at_last(world: World) -> None:
    enter(world, "x-1", "élodie")
    enter(world, "x-2", "Zoé")
    with writing(world.engine) as opened:
        person.erase(opened, "author", by="operator")
    found = look_up(world)
    assert found.total == len(PEOPLE) + 2
    listed = names(found)
    assert listed.index("editor") < listed.index("x-1") < listed.index("lay") < listed.index("x-2")
    assert listed[-1] == "author"


@pytest.mark.parametrize("word", ["ELODIE", "élod", " elodie ", "x-1", "E\u0301lodie"])
def test_a_name_is_found_whatever_its_capitals_and_accents(sqlite_world: World, word: str) -> None:
    enter(sqlite_world, "x-1", "Élodie")
    assert names(look_up(sqlite_world, word)) == ["x-1"]


def test_an_organisation_is_found_and_nothing_where_nothing_is(sqlite_world: World) -> None:
    assert names(look_up(sqlite_world, "organisation of lay")) == ["lay"]
    assert look_up(sqlite_world, "nobody") == Directory((), 0)
    assert names(look_up(sqlite_world, "%")) == []


def test_those_of_a_role_are_found(sqlite_world: World) -> None:
    assert names(look_up(sqlite_world, role=Role.DUTY_OFFICER)) == ["duty-1", "duty-2"]
    found = look_up(sqlite_world, "fr", Role.TRANSLATOR)
    assert [one.grants for one in found.people] == [(Grant(Role.TRANSLATOR, "fr"),)]


def test_a_long_list_is_cut(sqlite_world: World) -> None:
    every = names(look_up(sqlite_world))
    with sqlite_world.reading() as opened:
        some = directory.look_up(opened, start=10, most=5)
        beyond = directory.look_up(opened, start=1_000, most=5)
    assert (names(some), some.total) == (every[10:15], len(every))
    assert (beyond.people, beyond.total) == ((), len(every))


def test_by_what_somebody_acts_is_counted_as_long_as_it_works(world: World) -> None:
    with time_machine.travel(NOW, tick=False) as traveller:
        with writing(world.engine) as opened:
            session.begin(opened, "board-1", way=Way.DEMO, browser="Firefox")
            session.begin(opened, "board-1", way=Way.DEMO, browser="Chrome")
            token.make(opened, "board-1", by="operator", label="a", days=1)
            token.make(opened, "board-1", by="operator", label="b", days=90)
        assert means(world) == Means(1, 2, 2, NOW)
        with writing(world.engine) as opened:
            (key,) = passkey.of_person(opened, "board-1")
            passkey.remove(opened, key.credential, by="operator")
            session.end(opened, "board-1", session.of_person(opened, "board-1")[0].key)
        assert means(world) == Means(0, 2, 1, NOW)
        traveller.shift(timedelta(days=1))
        assert means(world) == Means(0, 1, 0, NOW)
        with writing(world.engine) as opened:
            token.revoke(opened, token.of_person(opened, "board-1")[0].key, by="operator")
        assert means(world) == Means(0, 0, 0, NOW)


def means(world: World) -> Means:
    (one,) = look_up(world, "board-1").people
    return one.means


def test_who_was_never_there_was_never_seen(sqlite_world: World) -> None:
    (one,) = look_up(sqlite_world, "lay").people[:1]
    assert one.means == Means(0, 0, 0, None)
