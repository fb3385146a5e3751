"""Invitations to sign: who gets one, what its secret may do, and what stands in the way."""

from datetime import timedelta

import pytest
from time_machine import TimeMachineFixture

from content import clock
from content.database import writing
from content.errors import (
    AlreadyThere,
    ContentError,
    FourEyes,
    PersonNotFound,
    RoleMissing,
    ScopeMissing,
    StateHasMoved,
    TokenExpired,
)
from content.people import person, token
from content.people.role import Permission
from content.sign_off import invitations, rotation, signatory, trust_file
from content.sign_off import statement as statements
from tests.keys import SIGNERS
from tests.reader import TODAY
from tests.world import World

BOARD = {"board-1", "board-2", "board-3", "board-4"}


def asked(world: World) -> str:
    world.write()
    for section in ("treatment", "benefits"):
        world.submit(section)
        world.review_all(section)
    return world.open_statement("treatment", "benefits")


def invited(world: World, digest: str, only: str = "") -> dict[str, str]:
    with writing(world.engine) as session:
        statement = statements.find(session, digest)
        return invitations.to_statement(session, statement, world.policy, by="operator", only=only)


def obstacle(world: World, digest: str, who: str) -> ContentError | None:
    with world.reading() as session:
        statement = statements.find(session, digest)
        return signatory.obstacle(session, person.actor(session, who), statement, world.policy)


def test_whoever_may_still_sign_gets_a_secret(world: World) -> None:
    digest = asked(world)
    assert set(invited(world, digest)) == BOARD
    world.sign(digest, "board-1")
    with writing(world.engine) as session:
        person.revoke(session, "board-2", "board", by="operator")
    assert set(invited(world, digest)) == BOARD - {"board-1", "board-2"}


def test_the_secret_reads_and_signs_until_the_statement_lapses(
    world: World, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(TODAY)
    digest = asked(world)
    secret = invited(world, digest)["board-3"]
    with world.acting("board-3") as (session, _):
        statement = statements.find(session, digest)
        actor = token.authenticate(session, secret)
        assert actor.scope == {Permission.READ_DRAFTS, Permission.SIGN_BOARD}
        SIGNERS.sign(session, actor, statement, world.policy)
        lapses = statement.lapses_at
    time_machine.move_to(lapses - timedelta(seconds=1), tick=False)
    with world.reading() as session:
        token.authenticate(session, secret)
    time_machine.move_to(lapses, tick=False)
    with world.reading() as session, pytest.raises(TokenExpired):
        token.authenticate(session, secret)


def test_no_secret_outlives_what_a_token_may(world: World) -> None:
    with writing(world.engine) as session:
        secret = token.make_until(
            session,
            "board-1",
            clock.now() + timedelta(days=token.DAYS_MAX * 2),
            by="operator",
            label="x",
            scope=Permission.SIGN_BOARD,
        )
        row = session.get(token.Token, 1)
        assert row is not None
        assert row.expires_at == row.created_at + timedelta(days=token.DAYS_MAX)
        assert token.authenticate(session, secret).id == "board-1"


@pytest.mark.parametrize(
    ("who", "error"),
    [("author", RoleMissing), ("board-2", AlreadyThere), ("board-3", None), ("lay", RoleMissing)],
)
def test_what_stands_in_somebodys_way_is_known_before(
    world: World, who: str, error: type[ContentError] | None
) -> None:
    digest = asked(world)
    world.sign(digest, "board-2")
    found = obstacle(world, digest, who)
    assert (found is None) if error is None else isinstance(found, error)
    if error is None:
        assert set(invited(world, digest, who)) == {who}
    else:
        with pytest.raises(error):
            invited(world, digest, who)


def test_whoever_is_not_in_the_trust_file_or_had_a_part_is_told(world: World) -> None:
    digest = asked(world)
    with writing(world.engine) as session:
        for one in ("medical-1", "author-2", "editor"):
            person.grant(session, one, "board", by="operator")
    assert isinstance(obstacle(world, digest, "author-2"), RoleMissing)
    assert isinstance(obstacle(world, digest, "medical-1"), FourEyes)  # reviewed it
    assert isinstance(obstacle(world, digest, "editor"), FourEyes)  # opened it


def test_a_statement_that_is_over_invites_nobody(world: World) -> None:
    digest = asked(world)
    for one in ("board-1", "board-2", "board-3"):
        world.sign(digest, one)
    assert invited(world, digest) == {}
    assert isinstance(obstacle(world, digest, "board-4"), StateHasMoved)


def proposed(world: World) -> tuple[str, str]:
    """A trust file that waits, without board-4; its digest and the one before."""
    with writing(world.engine) as session:
        before = trust_file.required(session, "")
        person.revoke(session, "board-4", "board", by="operator")
        row = rotation.propose(session, world.trust_draft(), before, frozenset(), by="operator")
        return row.sha256, before.sha256


def test_both_boards_are_invited_to_a_trust_file(world: World) -> None:
    digest, _ = proposed(world)
    with writing(world.engine) as session:
        row = trust_file.find(session, digest)
        before = trust_file.required(session, "")
        # board-4 is in the board before and has lost the role in the hub.
        found = invitations.to_trust_file(session, row, before, world.policy, by="operator")
        assert set(found) == BOARD - {"board-4"}
        actor = token.authenticate(session, found["board-1"])
        assert actor.scope == {Permission.READ_DRAFTS, Permission.SIGN_BOARD}
        assert not SIGNERS.sign_trust(session, actor, row, world.policy)
        with pytest.raises(AlreadyThere):
            invitations.to_trust_file(
                session, row, before, world.policy, by="operator", only="board-1"
            )
        again = invitations.to_trust_file(
            session, row, before, world.policy, by="operator", only="board-2"
        )
        assert set(again) == {"board-2"}


def test_a_trust_file_that_waits_no_more_is_signed_by_nobody(world: World) -> None:
    digest, first = proposed(world)
    with writing(world.engine) as session:
        row = trust_file.find(session, digest)
        actor = person.actor(session, "board-1")
        assert isinstance(rotation.obstacle(session, actor, row, None), StateHasMoved)
        before = trust_file.required(session, "")
        assert rotation.obstacle(session, actor, row, before) is None
        old = trust_file.find(session, first)
        assert isinstance(rotation.obstacle(session, actor, old, before), StateHasMoved)
        person.grant(session, "author-2", "board", by="operator")
        other = person.actor(session, "author-2")
        assert isinstance(rotation.obstacle(session, other, row, before), RoleMissing)


def invite(world: World, digest: str, who: str, by: str = "editor-2") -> str:
    with world.acting(by) as (session, actor):
        statement = statements.find(session, digest)
        return invitations.invite(session, actor, statement, world.policy, who)


def test_an_editor_invites_one_person(world: World) -> None:
    digest = asked(world)
    secret = invite(world, digest, "board-3")
    with world.reading() as session:
        assert token.authenticate(session, secret).id == "board-3"
    for by in ("board-1", "author", "administrator", "language-1-fr"):
        with pytest.raises(RoleMissing):
            invite(world, digest, "board-3", by)
    with pytest.raises(PersonNotFound):
        invite(world, digest, "nobody")
    with pytest.raises(RoleMissing):
        invite(world, digest, "lay")


def for_oneself(world: World, digest: str, who: str, *scope: Permission) -> str:
    with writing(world.engine) as session:
        actor = person.actor(session, who, frozenset(scope))
        statement = statements.find(session, digest)
        return invitations.for_oneself(session, actor, statement, world.policy)


def test_who_is_here_goes_and_signs_for_some_hours(
    world: World, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(TODAY, tick=False)
    digest = asked(world)
    secret = for_oneself(world, digest, "board-2")
    with world.reading() as session:
        actor = token.authenticate(session, secret)
        assert actor.id == "board-2"
        assert actor.scope == {Permission.READ_DRAFTS, Permission.SIGN_BOARD}
    time_machine.shift(timedelta(hours=invitations.OWN_HOURS))
    with world.reading() as session, pytest.raises(TokenExpired):
        token.authenticate(session, secret)


def test_nobody_comes_by_more_than_they_may(world: World) -> None:
    digest = asked(world)
    world.sign(digest, "board-1")
    for who, scope, error in (
        ("board-1", (), AlreadyThere),
        ("lay", (), RoleMissing),
        ("board-2", (Permission.READ_DRAFTS,), ScopeMissing),
        ("board-2", (Permission.SIGN_BOARD,), ScopeMissing),
    ):
        with pytest.raises(error):
            for_oneself(world, digest, who, *scope)


def test_who_is_here_goes_and_signs_a_trust_file(world: World) -> None:
    digest, _ = proposed(world)
    with writing(world.engine) as session:
        row = trust_file.find(session, digest)
        before = trust_file.required(session, "")
        actor = person.actor(session, "board-1")
        told = (session, actor, row, before, world.policy)
        secret = invitations.for_oneself_to_trust_file(*told)
        assert token.authenticate(session, secret).id == "board-1"
        SIGNERS.sign_trust(session, actor, row, world.policy)
        with pytest.raises(AlreadyThere):
            invitations.for_oneself_to_trust_file(*told)
