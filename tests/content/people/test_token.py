"""Tokens: shown once, kept as a digest, for a while, for so much."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlmodel import col, select

from content.database import writing
from content.errors import (
    BadInput,
    NotFound,
    PersonNotFound,
    ScopeMissing,
    TokenExpired,
    TokenUnknown,
)
from content.ledger import LedgerRow
from content.people import person, token
from content.people.role import Permission
from content.people.token import Token
from tests.world import World

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def make(world: World, *, days: int = 30, label: str = "Ada's laptop", scope: str = "") -> str:
    with writing(world.engine) as session:
        return token.make(
            session, "editor", by="administrator", label=label, days=days, scope=scope
        )


def test_who_bears_the_secret_is_its_person(world: World) -> None:
    secret = make(world)

    with world.reading() as session:
        bearer = token.authenticate(session, secret)

    assert bearer.id == "editor"
    assert bearer.may(Permission.SCHEDULE)
    assert secret.startswith("msif_")


def test_the_secret_is_nowhere_in_the_database(sqlite_world: World) -> None:
    secret = make(sqlite_world)

    with sqlite_world.reading() as session:
        kept = session.exec(select(Token)).one().model_dump_json()
        told = session.exec(select(LedgerRow).where(col(LedgerRow.event) == "token.made")).one()

    assert secret not in kept
    assert secret.removeprefix("msif_") not in kept
    # A label may be a person's own words, and the ledger cannot forget.
    assert told.detail == '{"scope":"","token":1}'
    assert (told.actor, told.subject) == ("administrator", "editor")


def test_no_two_secrets_are_alike(sqlite_world: World) -> None:
    assert make(sqlite_world) != make(sqlite_world)


def test_a_token_ends_on_its_last_second(sqlite_world: World) -> None:
    with time_machine.travel(NOW, tick=False):
        secret = make(sqlite_world, days=1)
    ends = NOW + timedelta(days=1)

    with sqlite_world.reading() as session:
        with time_machine.travel(ends - timedelta(seconds=1), tick=False):
            assert token.authenticate(session, secret).id == "editor"
        with (
            time_machine.travel(ends, tick=False),
            pytest.raises(TokenExpired, match="ask for a new one"),
        ):
            token.authenticate(session, secret)


def test_a_revoked_token_is_unknown_and_is_revoked_once(sqlite_world: World) -> None:
    secret = make(sqlite_world)
    with writing(sqlite_world.engine) as session:
        for _ in range(2):
            token.revoke(session, 1, by="administrator")

    with sqlite_world.reading() as session:
        with pytest.raises(TokenUnknown, match="it was revoked"):
            token.authenticate(session, secret)
        told = session.exec(select(LedgerRow).where(col(LedgerRow.event) == "token.revoked")).all()
    assert [(row.subject, row.detail) for row in told] == [("editor", '{"token":1}')]


@pytest.mark.parametrize("secret", ["", "msif_", "msif_wrong", "Bearer x", "é"])
def test_what_is_no_token_is_unknown(sqlite_world: World, secret: str) -> None:
    make(sqlite_world)

    with sqlite_world.reading() as session, pytest.raises(TokenUnknown):
        token.authenticate(session, secret)


def test_a_token_can_be_made_for_less(sqlite_world: World) -> None:
    secret = make(sqlite_world, scope="read-drafts read-ledger")

    with sqlite_world.reading() as session:
        bearer = token.authenticate(session, secret)

    bearer.must(Permission.READ_LEDGER)
    with pytest.raises(ScopeMissing):
        bearer.must(Permission.SCHEDULE)


@pytest.mark.parametrize(
    ("days", "label", "scope", "words"),
    [
        (0, "laptop", "", "lives 1 to 366 days"),
        (367, "laptop", "", "lives 1 to 366 days"),
        (1, " ", "", "a label of 1 to 100 characters"),
        (1, "l" * 101, "", "a label of 1 to 100 characters"),
        (1, "lap\x00top", "", "on one line"),
        (1, "laptop", " ", "leave it out for all of them"),
        (1, "laptop", "read-drafts everything", "'everything' is not a valid Permission"),
    ],
)
def test_a_token_that_cannot_be_is_refused(
    sqlite_world: World, days: int, label: str, scope: str, words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        make(sqlite_world, days=days, label=label, scope=scope)


def test_a_token_belongs_to_somebody(sqlite_world: World) -> None:
    with writing(sqlite_world.engine) as session:
        with pytest.raises(PersonNotFound):
            token.make(session, "nobody", by="administrator", label="laptop", days=1)
        with pytest.raises(NotFound, match="There is no such token") as missing:
            token.revoke(session, 7, by="administrator")
    assert missing.value.context == {"token": 7}


def test_what_another_person_makes_decides_nothing(sqlite_world: World) -> None:
    with writing(sqlite_world.engine) as session:
        told = {"by": "administrator", "label": "laptop"}
        secret = token.make_undecided(session, "board-1", days=1, **told)
        with pytest.raises(ScopeMissing, match="cannot sign-board"):
            token.make_undecided(session, "board-1", days=1, scope="read-drafts sign-board", **told)
        less = token.make_undecided(session, "board-1", days=1, scope="read-drafts", **told)
        bearer, lesser = (token.authenticate(session, one) for one in (secret, less))
    assert bearer.may(Permission.READ_LEDGER)
    assert not bearer.may(Permission.SIGN_BOARD)
    assert not lesser.may(Permission.READ_LEDGER)


def test_a_persons_tokens_are_listed_the_newest_first(sqlite_world: World) -> None:
    make(sqlite_world, label="one")
    make(sqlite_world, label="two", days=2)
    with writing(sqlite_world.engine) as session:
        newest, oldest = token.of_person(session, "editor")
        assert (newest.label, oldest.label) == ("two", "one")
        token.revoke(session, oldest.key, by="administrator")
        assert [row.is_living for row in token.of_person(session, "editor")] == [True, False]
        with time_machine.travel(newest.expires_at, tick=False):
            assert not newest.is_living
        assert token.of_person(session, "lay") == []


def test_nobody_gets_a_token_who_was_erased(sqlite_world: World) -> None:
    with writing(sqlite_world.engine) as session:
        person.erase(session, "lay", by="operator")
        with pytest.raises(BadInput, match="was erased"):
            token.make(session, "lay", by="operator", label="laptop", days=1)
