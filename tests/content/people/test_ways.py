"""The ways to sign in, by themselves: what is kept, what is bounded, what is left in the end."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlmodel import col, func, select

from content import clock, secret_file
from content.database import reading, writing
from content.errors import (
    AlreadyThere,
    BadInput,
    CeremonyOver,
    DeskKeyUnusable,
    InvitationUnknown,
    LastWayIn,
    NotFound,
    PasskeyNotFound,
    PasswordRefused,
    SessionNotFound,
    SignInFailed,
    TooManyAttempts,
)
from content.ledger import LedgerRow
from content.people import (
    ceremony,
    delay,
    desk_key,
    invitation,
    oidc_link,
    passkey,
    passkey_proof,
    password,
    password_hash,
    password_proof,
    person,
    recovery,
    session,
    totp,
    ways,
)
from content.people.ceremony import Ceremony, Purpose
from content.people.delay import SignInDelay
from content.people.desk_key import DeskKey
from content.people.session import Way
from tests.keys import PARTY, SIGNERS
from tests.reader import TODAY
from tests.world import World

KEY = DeskKey(bytes(32))
SECRET = bytes(range(totp.SECRET_BYTES))
TYPED = "correct horse battery staple"


@pytest.fixture(autouse=True)
def traveller() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(TODAY, tick=False) as traveller:
        yield traveller


def code() -> str:
    return totp.code_of(SECRET, int(clock.seconds()) // totp.STEP_SECONDS)


def sets(world: World, who: str = "board-1") -> None:
    told: dict[str, Any] = {
        "name": who,
        "sealed": KEY.seal(SECRET, who),
        "code": code(),
        "key": KEY,
    }
    hashed = password.hash_for(world.engine, who, password=TYPED, **told)
    with writing(world.engine) as opened:
        password.set_for(opened, who, hashed=hashed, **told)


def rows(world: World, table: type) -> int:
    with reading(world.engine) as opened:
        return opened.exec(select(func.count()).select_from(table)).one()


def test_the_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B, of which six digits are shown."""
    secret = b"12345678901234567890"
    for seconds, told in ((59, "287082"), (1111111109, "081804"), (20000000000, "353130")):
        assert totp.code_of(secret, seconds // 30) == told
    assert totp.address(secret, "p-03").startswith("otpauth://totp/MSIF%20hub:p-03?")


def test_a_ceremony_is_for_one_thing_and_one_person(world: World) -> None:
    with writing(world.engine) as opened:
        secret = ceremony.begin(opened, Purpose.STEP_UP, person="board-1", onward="/desk")
    for purpose, who in ((Purpose.SIGN_IN, "board-1"), (Purpose.STEP_UP, "board-2")):
        with pytest.raises(CeremonyOver), writing(world.engine) as opened:
            ceremony.take(opened, secret, purpose, person=who)
    with writing(world.engine) as opened:
        row = ceremony.take(opened, secret, Purpose.STEP_UP, person="board-1")
    assert row.onward == "/desk"
    assert secret not in row.model_dump_json()
    assert rows(world, Ceremony) == 0


def test_words_of_a_ceremony_tell_of_no_other() -> None:
    assert len({ceremony.word("secret", what) for what in ("state", "nonce", "verifier")}) == 3


def test_ceremonies_are_kept_for_minutes_and_in_number(
    world: World, traveller: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ceremony, "KEPT_MAX", 2)
    secrets = []
    for _ in range(3):
        with writing(world.engine) as opened:
            secrets.append(ceremony.begin(opened, Purpose.SIGN_IN))
        traveller.shift(1)
    assert rows(world, Ceremony) == 2
    with pytest.raises(CeremonyOver), writing(world.engine) as opened:
        ceremony.take(opened, secrets[0], Purpose.SIGN_IN)
    traveller.shift(ceremony.MINUTES * 60)
    with writing(world.engine) as opened:
        ceremony.begin(opened, Purpose.SIGN_IN)
    assert rows(world, Ceremony) == 1


def test_a_wait_doubles_has_an_end_and_is_forgotten(
    world: World, traveller: time_machine.Traveller
) -> None:
    seconds = [delay.wait(failed).total_seconds() for failed in (1, 4, 5, 6, 7, 9, 10, 5_000)]
    assert seconds == [0, 0, 30, 60, 120, 480, 900, 900]
    for _ in range(delay.FREE):
        with writing(world.engine) as opened:
            delay.take_turn(opened, "name")
    with pytest.raises(TooManyAttempts), writing(world.engine) as opened:
        delay.take_turn(opened, "name")
    traveller.shift(timedelta(hours=delay.HOURS))
    with writing(world.engine) as opened:
        assert delay.take_turn(opened, "name") == 1
        assert delay.succeed(opened, "name") == 0
        assert delay.succeed(opened, "name") == 0
    assert rows(world, SignInDelay) == 0


def test_made_up_names_push_out_made_up_names(
    world: World, traveller: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delay, "NAMES_MAX", 3)
    for name in ("victim", "victim", "a", "b", "c", "d"):
        with writing(world.engine) as opened:
            delay.take_turn(opened, name)
        traveller.shift(1)
    assert rows(world, SignInDelay) == 3
    with writing(world.engine) as opened:
        assert delay.take_turn(opened, "victim") == 3


def test_a_secret_is_sealed_for_one_person_by_one_key(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "desk.key"
    key = desk_key.load(path)
    sealed = key.seal(SECRET, "board-1")
    assert SECRET not in sealed
    assert desk_key.load(path).unseal(sealed, "board-1") == SECRET
    for other, who in ((key, "board-2"), (DeskKey(bytes(32)), "board-1")):
        with pytest.raises(DeskKeyUnusable):
            other.unseal(sealed, who)
    with pytest.raises(DeskKeyUnusable):
        key.unseal(b"short", "board-1")


@pytest.mark.parametrize("text", ["", "msif-desk-", "msif-desk-AAAA", "msif-desk-!", "A" * 44])
def test_a_file_that_holds_no_key_is_not_used(tmp_path: Path, text: str) -> None:
    path = tmp_path / "desk.key"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(DeskKeyUnusable, match="holds none"):
        desk_key.load(path)
    path.chmod(0o644)
    with pytest.raises(DeskKeyUnusable, match="read by others"):
        desk_key.load(path)


def test_a_key_that_another_process_makes_meanwhile_is_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real = tmp_path / "desk.key", secret_file.make
    theirs = desk_key.load(tmp_path / "theirs.key")
    sealed = theirs.seal(SECRET, "board-1")

    def make_late(path: Path, secret: str) -> None:
        path.write_bytes((tmp_path / "theirs.key").read_bytes())
        path.chmod(0o600)
        real(path, secret)

    monkeypatch.setattr(secret_file, "make", make_late)
    assert desk_key.load(path).unseal(sealed, "board-1") == SECRET


def test_a_key_that_cannot_be_written_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DeskKeyUnusable, match="cannot be"):
        desk_key.load(tmp_path / "file" / "desk.key")


def test_a_folder_that_takes_no_key_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, _secret: str) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(secret_file, "make", refuse)
    with pytest.raises(DeskKeyUnusable, match="cannot be made: Permission denied"):
        desk_key.load(tmp_path / "desk.key")


def test_a_password_that_is_replaced_meanwhile_counts_no_more(
    world: World, traveller: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    sets(world)
    traveller.shift(60)
    is_of = password_hash.is_of

    def replaced(typed: str, hashed: str) -> bool:
        sets(world)
        traveller.shift(60)
        return is_of(typed, hashed)

    monkeypatch.setattr(password_hash, "is_of", replaced)
    with pytest.raises(SignInFailed):
        password_proof.recognise(world.engine, "board-1", TYPED, code(), KEY)


def test_a_password_that_is_too_long_is_none_and_who_has_none_proves_nothing(
    world: World, traveller: time_machine.Traveller
) -> None:
    sets(world)
    traveller.shift(60)
    with pytest.raises(SignInFailed):
        password_proof.recognise(world.engine, "board-1", "x" * 257, code(), KEY)
    with pytest.raises(SignInFailed):
        password_proof.recognise_person(world.engine, "board-2", TYPED, code(), KEY)
    password_proof.recognise_person(world.engine, "board-1", TYPED, code(), KEY)


def test_a_name_that_somebody_else_took_meanwhile_proves_nothing(
    world: World, traveller: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    sets(world)
    traveller.shift(60)
    with reading(world.engine) as opened:
        found = password.of_person(opened, "board-1")
    monkeypatch.setattr(password, "of_person", lambda _session, _person: found)
    with pytest.raises(SignInFailed):
        password_proof.recognise_person(world.engine, "board-2", TYPED, code(), KEY)


def test_nothing_slow_is_done_while_others_wait_to_write_or_for_a_wrong_code(
    sqlite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = []

    def look(typed: str, about: list[str]) -> None:
        with writing(sqlite_world.engine):
            looked.append((typed, about))

    monkeypatch.setattr(password_hash, "require_strong", look)
    wrong: dict[str, Any] = {"sealed": KEY.seal(SECRET, "board-1"), "code": "000000", "key": KEY}
    for named, why in (("board-1", "code"), ("board-2", "taken")):
        with pytest.raises(PasswordRefused) as refused:
            password.hash_for(sqlite_world.engine, "board-1", name=named, password=TYPED, **wrong)
        assert refused.value.context == {"reason": why}
    assert not looked
    sets(sqlite_world)
    known = ["board-1", "Board-1", "Organisation of board-1", "board-1"]
    assert looked == [(TYPED, known)]


def test_a_long_password_is_looked_at_as_far_as_it_is_soon_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lengths = []

    def guess(typed: str, **_known: object) -> dict[str, int]:
        lengths.append(len(typed))
        return {"score": 4}

    monkeypatch.setattr("zxcvbn.zxcvbn", guess)
    password_hash.require_strong("4@8({[<369&#!1|0$5+7%2xX" * 10, [])
    assert lengths == [password_hash.LOOKED_AT]
    with pytest.raises(PasswordRefused, match="known of you"):  # however far behind
        password_hash.require_strong("4@8({[<369&#!1|0$5+7%2xX" * 5 + "frida", ["Frida"])


def test_the_last_way_in_stays(world: World) -> None:
    sets(world, "editor")
    with pytest.raises(LastWayIn), writing(world.engine) as opened:
        ways.remove_password(opened, "editor")
    with writing(world.engine) as opened:
        ways.remove_password(opened, "author")  # who has none
        (key,) = passkey.of_person(opened, "board-1")
    with pytest.raises(LastWayIn), writing(world.engine) as opened:
        ways.remove_passkey(opened, "board-1", key.credential)
    with pytest.raises(PasskeyNotFound), writing(world.engine) as opened:
        ways.remove_passkey(opened, "board-2", key.credential)
    sets(world)
    with writing(world.engine) as opened:
        ways.remove_passkey(opened, "board-1", key.credential)
        assert ways.own(opened, "board-1") == 1


def test_a_reset_ends_all_but_passkeys(world: World) -> None:
    sets(world)
    with writing(world.engine) as opened:
        session.begin(opened, "board-1", way=Way.PASSKEY, browser="")
        session.begin(opened, "board-1", way=Way.OIDC, browser="")
        oidc_link.join(opened, "board-1", "https://id.example", "subject")
        oidc_link.join(opened, "board-1", "https://id.example", "subject")
        session.end(opened, "board-1", session.of_person(opened, "board-1")[0].key)
        link = invitation.make(opened, "board-1", by="board-1", days=1)
        ways.reset(opened, "board-1", by="operator")
        with pytest.raises(InvitationUnknown):
            invitation.find(opened, link)
        ways.reset(opened, "board-1", by="operator")
        assert ways.own(opened, "board-1") == 1
        assert not [one for one in session.of_person(opened, "board-1") if one.is_open]
        assert recovery.left(opened, "board-1") == 0
        with pytest.raises(NotFound):
            password.require(opened, "board-1")
        with pytest.raises(SignInFailed):
            oidc_link.recognise(opened, "https://id.example", "subject")
        by = select(LedgerRow.event).where(LedgerRow.actor == "operator")
        told = opened.exec(by.order_by(col(LedgerRow.seq).desc()).limit(3)).all()
    assert told == ["session.ended", "person.parted", "person.password_removed"]


def test_with_a_key_goes_what_its_finder_could_hold_on_to(world: World) -> None:
    with writing(world.engine) as opened:
        (key,) = passkey.of_person(opened, "board-1")
        for way in (Way.PASSKEY, Way.OIDC, Way.PASSKEY):
            session.begin(opened, "board-1", way=way, browser="")
        own, *_ = session.of_person(opened, "board-1")
        session.begin(opened, "board-2", way=Way.PASSKEY, browser="")
        link = invitation.make(opened, "board-1", by="board-1", days=1)
        ways.take_passkey(opened, key.credential, by="operator", but=own.key)
        left = [one for one in session.of_person(opened, "board-1") if one.is_open]
        assert [one.way for one in left] == ["passkey", "oidc"]
        assert left[0].key == own.key
        assert session.of_person(opened, "board-2")[0].is_open
        with pytest.raises(InvitationUnknown):
            invitation.find(opened, link)
        ways.take_passkey(opened, key.credential, by="operator")
        assert not session.of_person(opened, "board-1")[0].is_open


def test_an_account_is_of_one_person(world: World) -> None:
    with writing(world.engine) as opened:
        oidc_link.join(opened, "board-1", "https://id.example", "subject")
    with pytest.raises(AlreadyThere), writing(world.engine) as opened:
        oidc_link.join(opened, "board-2", "https://id.example", "subject")


def test_a_session_is_proven_by_its_own_person_while_it_is_open(world: World) -> None:
    with writing(world.engine) as opened:
        session.begin(opened, "board-1", way=Way.OIDC, browser="")
        (row,) = session.of_person(opened, "board-1")
        assert not row.may_decide
        session.prove(opened, "board-1", row.key, Way.PASSKEY)
        assert row.may_decide
        for who, key in (("board-2", row.key), ("board-1", 999)):
            with pytest.raises(SessionNotFound):
                session.prove(opened, who, key, Way.PASSKEY)
        session.end(opened, "board-1", row.key)
        with pytest.raises(SessionNotFound):
            session.prove(opened, "board-1", row.key, Way.PASSKEY)


def test_whose_key_it_is_need_not_be_said_where_it_is_known(sqlite_world: World) -> None:
    told = SIGNERS.authenticators["board-1"].get(
        ceremony.challenge("secret"), PARTY.rp_id, PARTY.origins[0]
    )
    with writing(sqlite_world.engine) as opened:
        with pytest.raises(SignInFailed):
            passkey_proof.recognise(opened, "secret", json.dumps(told), PARTY)
        with pytest.raises(SignInFailed):
            passkey_proof.recognise(opened, "secret", json.dumps(told), PARTY, "board-2")
        with pytest.raises(SignInFailed):
            passkey_proof.recognise(opened, "secret", " " * 20_000, PARTY, "board-1")
        who = passkey_proof.recognise(opened, "secret", json.dumps(told), PARTY, "board-1")
        assert who == "board-1"
        assert len(passkey_proof.last_uses(opened, [told["id"]])) == 1
        person.erase(opened, "board-1", by="administrator")
        with pytest.raises(SignInFailed):
            passkey_proof.recognise(opened, "secret", json.dumps(told), PARTY, "board-1")


def test_a_name_that_grows_when_it_is_compared_has_an_end(sqlite_world: World) -> None:
    with writing(sqlite_world.engine) as opened, pytest.raises(BadInput, match="at most"):
        password.require_name(opened, "board-1", "ß" * password.NAME_MAX)
