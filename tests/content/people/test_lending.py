"""Whoever makes a link for somebody else could open it: so it leads to nothing that decides."""

import pytest

from content.database import writing
from content.errors import BadInput, FourEyes, RoleMalformed, ScopeMissing
from content.people import invitation, lending, person
from content.people.role import Role
from tests.world import World

DECIDERS = {
    *(Role.MEDICAL_REVIEWER, Role.LAY_REVIEWER, Role.REVISER, Role.LANGUAGE_REVIEWER),
    *(Role.BOARD, Role.EDITOR, Role.DUTY_OFFICER),
}


def test_it_is_known_which_roles_decide() -> None:
    assert {role for role in Role if lending.decides(role)} == DECIDERS


def test_a_link_is_made_for_who_decides_nothing(world: World) -> None:
    with writing(world.engine) as session:
        for who in ("author", "translator-fr"):
            secret = lending.invite(session, who, by="administrator", days=7)
            assert invitation.find(session, secret).person == who
        with pytest.raises(BadInput):
            lending.invite(session, "author", by="administrator", days=31)


@pytest.mark.parametrize("who", ["lay", "board-1", "reviser-fr", "editor", "duty-1"])
def test_a_link_for_who_decides_is_made_at_the_machine(sqlite_world: World, who: str) -> None:
    with writing(sqlite_world.engine) as session:
        with pytest.raises(ScopeMissing, match="msif people invite"):
            lending.invite(session, who, by="administrator", days=7)
        assert invitation.make(session, who, by="operator", days=7)


def test_who_was_given_a_link_by_a_person_gets_no_role_that_decides(world: World) -> None:
    with writing(world.engine) as session:
        lending.invite(session, "author", by="administrator", days=7)
        with pytest.raises(FourEyes, match="msif people grant"):
            lending.grant(session, "author", "lay-reviewer", by="administrator")
        lending.grant(session, "author", "translator:it", by="administrator")
        person.grant(session, "author", "lay-reviewer", by="operator")


def test_a_link_of_the_machine_or_of_ones_own_is_no_hindrance(sqlite_world: World) -> None:
    with writing(sqlite_world.engine) as session:
        invitation.make(session, "author", by="operator", days=7)
        invitation.make(session, "author", by="author", days=1)
        given = lending.grant(session, "author", "lay-reviewer", by="administrator")
        assert given.role is Role.LAY_REVIEWER
        with pytest.raises(RoleMalformed):
            lending.grant(session, "author", "king", by="administrator")
