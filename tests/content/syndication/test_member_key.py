"""Members and their keys: shown once, kept as a digest, good for so much and so long."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from content import clock
from content.database import reading, writing
from content.errors import (
    AlreadyThere,
    BadInput,
    ContentError,
    KeyExpired,
    KeyRevoked,
    KeyUnknown,
    LimitReached,
    LocaleMalformed,
    MemberClosed,
    MemberKeyNotFound,
    MemberNotFound,
    ScopeMissing,
)
from content.ledger import LedgerRow
from content.syndication import member, member_key
from content.syndication.member import Member, Particulars
from content.syndication.member_key import KEYS_MAX, Bearer, MemberKey, Scope

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TOLD = Particulars("Example MS", "CH", "web@ms.example", "https://ms.example", ["fr", "de", "fr"])


def told(**changed: object) -> Particulars:
    return Particulars(**{**vars(TOLD), **changed})


def enter(engine: Engine, member_id: str = "ms", particulars: Particulars = TOLD) -> None:
    with writing(engine) as session:
        member.add(session, member_id, particulars, by="operator")


def key(
    engine: Engine, name: str = "cms", scopes: tuple[str, ...] = ("read",), days: int | None = None
) -> str:
    with writing(engine) as session:
        return member_key.make(session, "ms", name, scopes, by="operator", days=days)


def bearer(engine: Engine, secret: str) -> Bearer:
    with reading(engine) as session:
        return member_key.authenticate(session, secret)


def rows(engine: Engine, of: str) -> list[tuple[str, str]]:
    with reading(engine) as session:
        found = session.exec(select(LedgerRow).where(col(LedgerRow.subject) == of)).all()
        return [(row.event, row.detail) for row in found]


def test_whoever_shows_a_key_speaks_for_its_member(engine: Engine) -> None:
    enter(engine)
    secret = key(engine, scopes=("showing", "read"))
    found = bearer(engine, secret)
    assert (found.member, found.key) == ("ms", "cms")
    found.must(Scope.READ)
    found.must(Scope.SHOWING)
    with pytest.raises(ScopeMissing) as missing:
        found.must(Scope.WEBHOOKS)
    assert missing.value.context == {"scope": "webhooks"}


def test_the_secret_is_nowhere_and_the_ledger_has_digests_alone(sqlite_engine: Engine) -> None:
    enter(sqlite_engine)
    secret = key(sqlite_engine)
    with reading(sqlite_engine) as session:
        row = session.exec(select(MemberKey)).one()
        assert secret not in row.model_dump_json()
        assert session.get(Member, "ms") is not None
    assert secret.startswith("msif_m_")
    assert rows(sqlite_engine, "ms") == [
        ("member.added", "{}"),
        ("member.key_made", f'{{"key":"{row.digest}","scope":"read"}}'),
    ]


def test_a_key_is_found_by_its_digest_and_compared_nowhere(sqlite_engine: Engine) -> None:
    enter(sqlite_engine)
    secret = key(sqlite_engine)
    asked: list[str] = []
    event.listen(
        sqlite_engine,
        "before_cursor_execute",
        lambda *told: asked.append(f"{told[2]} {told[3]}"),
    )
    bearer(sqlite_engine, secret)
    assert not any(secret in one or secret.removeprefix("msif_m_") in one for one in asked)
    queries = [one for one in asked if one.startswith("SELECT")]
    assert len(queries) == 1
    assert "member_key.digest = ?" in queries[0]


def test_a_slip_in_a_key_is_noticed_without_asking_the_database(sqlite_engine: Engine) -> None:
    enter(sqlite_engine)
    secret = key(sqlite_engine)
    asked: list[str] = []
    event.listen(sqlite_engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    swapped = secret[:10] + ("A" if secret[10] != "A" else "B") + secret[11:]
    for wrong in ("", "garbage", secret[:-1], f"{secret}x", swapped, secret.lower(), "msif_x", "é"):
        with pytest.raises(KeyUnknown, match="copy all of it"):
            bearer(sqlite_engine, wrong)
    assert not any("member_key" in one for one in asked)


def test_a_whole_key_of_another_hub_is_unknown(sqlite_engine: Engine) -> None:
    with pytest.raises(KeyUnknown, match="not known here"):
        bearer(sqlite_engine, member_key._drawn())


def test_a_key_ends_when_it_is_revoked_and_stays_ended(engine: Engine) -> None:
    enter(engine)
    secret, other = key(engine), key(engine, "app")
    for _ in range(2):
        with writing(engine) as session:
            member_key.revoke(session, "ms", "cms", by="editor")
    with pytest.raises(KeyRevoked):
        bearer(engine, secret)
    assert bearer(engine, other).key == "app"
    assert [name for name, _ in rows(engine, "ms")].count("member.key_revoked") == 1
    with pytest.raises(AlreadyThere):
        key(engine)
    with pytest.raises(MemberKeyNotFound), writing(engine) as session:
        member_key.revoke(session, "ms", "none", by="editor")


@time_machine.travel(NOW, tick=False)
def test_a_key_ends_on_its_day_and_one_without_an_end_does_not(engine: Engine) -> None:
    enter(engine)
    short, endless = key(engine, days=1), key(engine, "endless")
    with time_machine.travel(NOW + timedelta(hours=23, minutes=59), tick=False):
        assert bearer(engine, short).key == "cms"
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        with pytest.raises(KeyExpired):
            bearer(engine, short)
        assert bearer(engine, endless).key == "endless"
        with reading(engine) as session:
            assert member_key.living(session) == {"ms": 1}


def test_the_keys_of_a_member_end_with_it_and_its_contact_is_forgotten(engine: Engine) -> None:
    enter(engine)
    secret = key(engine)
    for _ in range(2):
        with writing(engine) as session:
            closed = member.close(session, "ms", by="editor")
    assert closed.contact == ""
    with pytest.raises(KeyRevoked):
        bearer(engine, secret)
    with pytest.raises(MemberClosed):
        key(engine, "again")
    with pytest.raises(MemberClosed), writing(engine) as session:
        member.change(session, "ms", TOLD, by="editor")
    assert [name for name, _ in rows(engine, "ms")].count("member.closed") == 1


def test_what_changed_of_a_member_is_named_and_not_repeated(engine: Engine) -> None:
    enter(engine)
    for _ in range(2):
        with writing(engine) as session:
            changed = told(contact="new@ms.example", locales=["de-ch"])
            row = member.change(session, "ms", changed, by="editor")
    assert row.locale_tags == ("de-CH",)
    assert rows(engine, "ms")[1:] == [("member.changed", '{"changed":["contact","locales"]}')]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"name": " "}, BadInput),
        ({"name": "a\nb"}, BadInput),
        ({"country": "ch"}, BadInput),
        ({"country": "CHE"}, BadInput),
        ({"contact": "web"}, BadInput),
        ({"contact": "web@ms.example\nBcc: x@y.example"}, BadInput),
        ({"contact": "a@b.example,c@d.example"}, BadInput),
        ({"contact": f"{'a' * 250}@ms.example"}, BadInput),
        ({"site": "http://ms.example"}, BadInput),
        ({"site": "https://ms.example/<script>"}, BadInput),
        ({"site": f"https://ms.example/{'a' * 200}"}, BadInput),
        ({"locales": []}, BadInput),
        ({"locales": ["fr"] * 51}, BadInput),
        ({"locales": ["f r"]}, LocaleMalformed),
    ],
)
def test_what_is_no_member_is_refused(
    sqlite_engine: Engine, wrong: dict[str, object], error: type[ContentError]
) -> None:
    with pytest.raises(error):
        enter(sqlite_engine, particulars=told(**wrong))


def test_ids_are_plain_and_taken_once(sqlite_engine: Engine) -> None:
    enter(sqlite_engine)
    with pytest.raises(AlreadyThere):
        enter(sqlite_engine)
    for wrong in ("me", "MS", "a_b", "", "-a", "a" * 61):
        with pytest.raises(BadInput):
            enter(sqlite_engine, wrong)
    with pytest.raises(MemberNotFound), reading(sqlite_engine) as session:
        member.find(session, "none")


def test_there_is_an_end_to_members_and_keys(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(member, "MEMBERS_MAX", 1)
    enter(sqlite_engine)
    with pytest.raises(LimitReached):
        enter(sqlite_engine, "other")
    for number in range(KEYS_MAX):
        key(sqlite_engine, f"k{number}")
    with pytest.raises(LimitReached):
        key(sqlite_engine, "one-more")
    with writing(sqlite_engine) as session:
        member_key.revoke(session, "ms", "k0", by="editor")
    key(sqlite_engine, "one-more")


@pytest.mark.parametrize(
    "make",
    [
        lambda engine: key(engine, "Name"),
        lambda engine: key(engine, "a" * 61),
        lambda engine: key(engine, scopes=()),
        lambda engine: key(engine, scopes=("read", "write")),
        lambda engine: key(engine, days=0),
        lambda engine: key(engine, days=3_661),
    ],
)
def test_what_is_no_key_is_refused(sqlite_engine: Engine, make: Callable[[Engine], str]) -> None:
    enter(sqlite_engine)
    with pytest.raises(BadInput):
        make(sqlite_engine)


@time_machine.travel(NOW, tick=False)
def test_the_last_use_is_written_down_once_an_hour(engine: Engine) -> None:
    enter(engine)
    secret = key(engine)

    def used(minutes: int) -> datetime | None:
        at = clock.now() + timedelta(minutes=minutes)
        with writing(engine) as session:
            member_key.note_uses(session, {("ms", "cms"): at})
        return bearer(engine, secret).last_used_at

    assert used(0) == NOW
    assert used(59) == NOW
    assert used(60) == NOW + timedelta(minutes=60)
    assert not member_key.is_stale(NOW, NOW + timedelta(minutes=59))
    assert member_key.is_stale(NOW, NOW + timedelta(minutes=60))


@pytest.mark.parametrize(
    "attack",
    [
        "DELETE FROM member",
        "DELETE FROM member_key",
        "UPDATE member SET id = 'other'",
        "UPDATE member_key SET scope = 'read showing'",
        "UPDATE member_key SET expires_at = NULL, digest = 'x'",
        "UPDATE member_key SET revoked_at = NULL WHERE name = 'gone'",
    ],
)
def test_the_database_holds_it_too(engine: Engine, attack: str) -> None:
    enter(engine)
    key(engine)
    key(engine, "gone")
    with writing(engine) as session:
        member_key.revoke(session, "ms", "gone", by="editor")
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.execute(text(attack))
