"""Sessions at the desk: whose they are, how they end, and what the database does not tell."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from content.database import writing
from content.errors import (
    PersonNotFound,
    SessionNotFound,
    SessionOver,
    TokenExpired,
    TokenUnknown,
)
from content.ledger import LedgerRow, latest_of
from content.people import person, session, token
from content.people.role import Permission
from content.people.session import KEPT_MAX, DeskSession, Way
from tests.world import World

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def begin(world: World, who: str = "editor", browser: str = "Firefox, Linux") -> str:
    with writing(world.engine) as opened:
        return session.begin(opened, who, way=Way.DEMO, browser=browser)


def kept(world: World, who: str = "editor") -> list[DeskSession]:
    with world.reading() as opened:
        return list(session.of_person(opened, who))


def is_over(world: World, secret: str) -> bool:
    with world.reading() as opened:
        try:
            session.find(opened, secret)
        except SessionOver:
            return True
    return False


def events(world: World) -> list[tuple[str, str, str]]:
    with world.reading() as opened:
        rows = opened.exec(select(LedgerRow).where(col(LedgerRow.event).startswith("session.")))
        return [(row.actor, row.event, row.detail) for row in rows]


def test_who_has_the_secret_is_its_person_with_all_their_roles(world: World) -> None:
    secret = begin(world)
    with world.reading() as opened:
        row, actor = session.find(opened, secret)
    assert (row.person, row.way, row.browser) == ("editor", "demo", "Firefox, Linux")
    assert actor.id == "editor"
    assert actor.may(Permission.SCHEDULE)
    assert events(world) == [
        ("editor", "session.began", f'{{"session":{row.key},"way":"demo"}}'),
    ]


def test_the_secret_is_nowhere_in_the_database(sqlite_world: World) -> None:
    secret = begin(sqlite_world)
    (row,) = kept(sqlite_world)
    assert secret not in row.model_dump_json()
    assert all(secret not in detail for _, _, detail in events(sqlite_world))
    assert is_over(sqlite_world, row.digest)
    assert secret != begin(sqlite_world)


def test_what_a_browser_says_of_itself_is_one_short_line(sqlite_world: World) -> None:
    begin(sqlite_world, browser="a\r\nb\x00" + "c" * 500)
    (row,) = kept(sqlite_world)
    assert row.browser.startswith("a  b c")
    assert len(row.browser) == session.BROWSER_MAX


def test_it_ends_after_hours_of_nothing(world: World) -> None:
    with time_machine.travel(NOW, tick=False) as traveller:
        secret = begin(world)
        traveller.shift(timedelta(hours=2, seconds=-1))
        assert not is_over(world, secret)
        traveller.shift(timedelta(seconds=1))
        assert is_over(world, secret)
        assert not kept(world)[0].is_open


def test_it_ends_after_half_a_day_whatever_happens_in_it(sqlite_world: World) -> None:
    with time_machine.travel(NOW, tick=False) as traveller:
        secret = begin(sqlite_world)
        for _ in range(11):
            traveller.shift(timedelta(hours=1))
            with writing(sqlite_world.engine) as opened:
                session.see(opened, session.find(opened, secret)[0].key)
        traveller.shift(timedelta(hours=1, seconds=-1))
        assert not is_over(sqlite_world, secret)
        traveller.shift(timedelta(seconds=1))
        assert is_over(sqlite_world, secret)


def test_that_something_happens_is_written_down_once_a_minute(world: World) -> None:
    with time_machine.travel(NOW, tick=False) as traveller:
        begin(world)
        traveller.shift(timedelta(seconds=59))
        assert not session.is_to_be_seen(kept(world)[0])
        traveller.shift(timedelta(seconds=1))
        assert session.is_to_be_seen(kept(world)[0])
        with writing(world.engine) as opened:
            session.see(opened, kept(world)[0].key)
        assert kept(world)[0].last_seen_at == NOW + timedelta(minutes=1)


def test_one_that_was_ended_is_not_seen_again(sqlite_world: World) -> None:
    with time_machine.travel(NOW, tick=False) as traveller:
        begin(sqlite_world)
        key = kept(sqlite_world)[0].key
        with writing(sqlite_world.engine) as opened:
            session.end(opened, "editor", key)
        traveller.shift(timedelta(minutes=5))
        with writing(sqlite_world.engine) as opened:
            session.see(opened, key)
        assert kept(sqlite_world)[0].last_seen_at == NOW


def test_it_is_ended_once(world: World) -> None:
    secret = begin(world)
    key = kept(world)[0].key
    for _ in range(2):
        with writing(world.engine) as opened:
            session.end(opened, "editor", key)
    assert is_over(world, secret)
    assert [event for _, event, _ in events(world)] == ["session.began", "session.ended"]


@pytest.mark.parametrize("number", [None, 999])
def test_nobody_ends_the_session_of_another(sqlite_world: World, number: int | None) -> None:
    secret = begin(sqlite_world)
    key = number or kept(sqlite_world)[0].key
    with writing(sqlite_world.engine) as opened, pytest.raises(SessionNotFound) as refused:
        session.end(opened, "lay", key)
    assert refused.value.context == {"session": key}
    assert not is_over(sqlite_world, secret)


def test_its_own_secret_ends_it(sqlite_world: World) -> None:
    secret, other = begin(sqlite_world), begin(sqlite_world)
    for one in (secret, "nothing"):
        with writing(sqlite_world.engine) as opened:
            session.end_by_secret(opened, one)
    assert is_over(sqlite_world, secret)
    assert not is_over(sqlite_world, other)


def test_all_others_are_ended(world: World) -> None:
    first, second, mine = begin(world), begin(world), begin(world)
    somebody_elses = begin(world, "lay")
    here = kept(world)[0].key
    with writing(world.engine) as opened:
        session.end_others(opened, "editor", here)
    assert [is_over(world, one) for one in (first, second)] == [True, True]
    assert [is_over(world, one) for one in (mine, somebody_elses)] == [False, False]
    with writing(world.engine) as opened:
        session.end_others(opened, "editor", here)
    assert [event for _, event, _ in events(world)].count("session.ended") == 2


def test_a_further_one_takes_the_place_of_the_oldest(sqlite_world: World) -> None:
    other = begin(sqlite_world, "lay")
    first = begin(sqlite_world)
    later = [begin(sqlite_world) for _ in range(KEPT_MAX)]
    assert len(kept(sqlite_world)) == KEPT_MAX
    assert is_over(sqlite_world, first)
    assert not any(is_over(sqlite_world, one) for one in [other, *later])


def test_a_token_begins_one_that_may_what_it_may_and_ends_with_it(world: World) -> None:
    with writing(world.engine) as opened:
        bearer = token.make(
            opened, "editor", by="administrator", label="desk", days=1, scope="read-drafts"
        )
    with writing(world.engine) as opened:
        secret = session.begin_with_token(opened, bearer, browser="")
    with world.reading() as opened:
        row, actor = session.find(opened, secret)
    assert (row.way, row.browser) == ("token", "")
    assert actor.may(Permission.READ_DRAFTS)
    assert not actor.may(Permission.SCHEDULE)
    with writing(world.engine) as opened:
        token.revoke(opened, row.token or 0, by="administrator")
    assert is_over(world, secret)


def test_a_token_that_expired_ends_its_session(sqlite_world: World) -> None:
    with time_machine.travel(NOW, tick=False) as traveller:
        with writing(sqlite_world.engine) as opened:
            bearer = token.make_until(
                opened, "lay", NOW + timedelta(hours=1), by="operator", label="desk", scope=""
            )
            secret = session.begin_with_token(opened, bearer, browser="")
        traveller.shift(timedelta(hours=1))
        assert is_over(sqlite_world, secret)
        with writing(sqlite_world.engine) as opened, pytest.raises(TokenExpired):
            session.begin_with_token(opened, bearer, browser="")


@pytest.mark.parametrize("scope", ["read-drafts sign-board", "read-drafts sign-language"])
def test_the_secret_of_a_link_to_sign_begins_none(sqlite_world: World, scope: str) -> None:
    """Somebody else made it, and may have kept it."""
    secret = sqlite_world.token("board-1", scope)
    with writing(sqlite_world.engine) as database, pytest.raises(TokenUnknown):
        session.begin_with_token(database, secret, browser="")


def test_no_token_begins_none(sqlite_world: World) -> None:
    with writing(sqlite_world.engine) as opened, pytest.raises(TokenUnknown):
        session.begin_with_token(opened, "msif_nothing", browser="")
    assert events(sqlite_world) == []


def test_whoever_was_erased_is_signed_in_nowhere(world: World) -> None:
    secret = begin(world, "lay")
    with writing(world.engine) as opened:
        person.erase(opened, "lay", by="administrator")
    assert is_over(world, secret)
    with pytest.raises(PersonNotFound), writing(world.engine) as opened:
        session.begin(opened, "lay", way=Way.DEMO, browser="")


@pytest.mark.parametrize("way", ["window", "token"])
def test_the_database_holds_to_ways_and_tokens(world: World, way: str) -> None:
    row = DeskSession(
        person="lay", digest="0" * 64, way=way, browser="", created_at=NOW, last_seen_at=NOW
    )
    with pytest.raises(IntegrityError), writing(world.engine) as opened:
        opened.add(row)


def test_what_somebody_did_last_is_found(world: World) -> None:
    begin(world)
    begin(world, "lay")
    begin(world)
    with world.reading() as opened:
        found = latest_of(opened, "editor", 2)
    assert [row.event for row in found] == ["session.began"] * 2
    assert found[0].seq > found[1].seq


def test_somebody_else_ends_sessions_and_the_ledger_says_who(world: World) -> None:
    secrets = [begin(world) for _ in range(3)]
    one, *_ = kept(world)
    with writing(world.engine) as opened:
        session.end(opened, "editor", one.key, by="administrator")
        with pytest.raises(SessionNotFound):
            session.end(opened, "lay", one.key, by="administrator")
        session.end_all(opened, "editor", by="operator")
    assert all(is_over(world, secret) for secret in secrets)
    told = [(actor, event) for actor, event, _ in events(world) if event == "session.ended"]
    assert told == [("administrator", "session.ended"), *[("operator", "session.ended")] * 2]


def test_whose_a_session_was_is_known_when_it_is_over(sqlite_world: World) -> None:
    with writing(sqlite_world.engine) as opened:
        secret = session.begin(opened, "editor", way=Way.DEMO, browser="")
        session.end_all(opened, "editor", by="operator")
        assert session.whose(opened, secret) == "editor"
        assert session.whose(opened, "another") == ""
