"""Webhooks: entered, changed, renewed, switched off and on, removed."""

import hmac
import json
import stat
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import standardwebhooks
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from content import clock
from content.database import reading, writing
from content.errors import (
    AddressRefused,
    AlreadyThere,
    BadInput,
    ContentError,
    LimitReached,
    LocaleMalformed,
    MemberClosed,
    WebhookKeyMissing,
    WebhookKeyUnusable,
    WebhookNotFound,
    WebhookOff,
)
from content.ledger import LedgerRow
from content.publication.release import Release
from content.syndication import delivery, member, message, webhook, webhook_key, webhook_secret
from content.syndication.webhook import WEBHOOKS_MAX, Wanted, Webhook
from tests.postbox import attempts, deliveries, enter, happen, hook, postman, receiving, row_of

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
URL = "https://hooks.ms.example/in"


def ledger_of(engine: Engine, webhook_id: str) -> list[tuple[str, str]]:
    with reading(engine) as session:
        rows = session.exec(select(LedgerRow).where(col(LedgerRow.subject) == webhook_id)).all()
        return [(row.event, row.detail) for row in rows]


def test_one_is_told_of_what_comes_and_its_life_is_in_the_ledger(engine: Engine) -> None:
    enter(engine)
    happen(engine, "in_force")
    one = hook(engine, URL)
    assert row_of(engine, one).cursor == 1
    with writing(engine) as session:
        row = webhook.find(session, "ms", one)
        for _ in range(2):
            wanted = Wanted(URL, ["trust", "in_force"], ["fr", "de-ch", "fr"], ["told"])
            webhook.change(session, row, wanted, targets="public", by="ada")
            webhook.switch_off(session, row, "by-hand", by="ada")
        webhook.renew_secret(session, row, by="ada")
        for _ in range(2):
            delivery.switch_on(session, row, by="ada")
    found = row_of(engine, one)
    assert (found.types, found.locales, found.pages) == ("in_force trust", "fr de-CH", "told")
    assert ledger_of(engine, one) == [
        ("webhook.added", '{"member":"ms"}'),
        ("webhook.changed", '{"member":"ms"}'),
        ("webhook.switched_off", '{"member":"ms","reason":"by-hand"}'),
        ("webhook.secret_made", '{"member":"ms"}'),
        ("webhook.switched_on", '{"member":"ms"}'),
    ]


def test_one_that_is_removed_leaves_nothing_but_its_rows_in_the_ledger(engine: Engine) -> None:
    enter(engine)
    with receiving() as receiver:
        one = hook(engine, receiver.url)
        happen(engine, "in_force", times=3)
        postman(engine).drain()
    assert len(attempts(engine, one)) == 3
    with writing(engine) as session:
        delivery.remove(session, webhook.find(session, "ms", one), by="ada")
    assert (deliveries(engine, one), attempts(engine, one)) == ([], [])
    with reading(engine) as session:
        assert session.get(Webhook, one) is None
        with pytest.raises(WebhookNotFound):
            webhook.find(session, "ms", one)
    assert ledger_of(engine, one)[-1] == ("webhook.removed", '{"member":"ms"}')


def test_another_members_is_not_there_and_a_closed_member_gets_none(sqlite_engine: Engine) -> None:
    enter(sqlite_engine)
    enter(sqlite_engine, "sm")
    one = hook(sqlite_engine, URL)
    with reading(sqlite_engine) as session:
        with pytest.raises(WebhookNotFound):
            webhook.find(session, "sm", one)
        assert [row.id for row in webhook.of_member(session, "ms")] == [one]
    with writing(sqlite_engine) as session:
        member.close(session, "ms", by="ada")
    with pytest.raises(MemberClosed):
        hook(sqlite_engine, URL)


def test_there_is_an_end_to_webhooks(sqlite_engine: Engine) -> None:
    enter(sqlite_engine)
    for _ in range(WEBHOOKS_MAX):
        hook(sqlite_engine, URL)
    with pytest.raises(LimitReached):
        hook(sqlite_engine, URL)


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        (Wanted("http://hooks.ms.example/in"), AddressRefused),
        (Wanted(URL, types=["told"]), BadInput),
        (Wanted(URL, types=["in_force"] * 51), BadInput),
        (Wanted(URL, locales=["f r"]), LocaleMalformed),
        (Wanted(URL, pages=["A page"]), BadInput),
        (Wanted(URL, pages=["a" * 81]), BadInput),
    ],
)
def test_what_is_no_webhook_is_refused(wanted: Wanted, error: type[ContentError]) -> None:
    with pytest.raises(error):
        wanted.checked("public")


def test_one_that_is_off_is_not_sent_to(sqlite_engine: Engine) -> None:
    enter(sqlite_engine)
    one = hook(sqlite_engine, URL)
    with writing(sqlite_engine) as session:
        assert webhook.find_on(session, "ms", one).id == one
        webhook.switch_off(session, webhook.find(session, "ms", one), "gone", by="hub")
        with pytest.raises(WebhookOff) as off:
            webhook.find_on(session, "ms", one)
    assert off.value.context == {"reason": "gone"}


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE webhook SET cursor = cursor - 1",
        "UPDATE webhook SET member = 'sm'",
        "UPDATE webhook SET off_reason = 'gone'",
        "UPDATE webhook SET off_at = created_at, off_reason = 'because'",
        "UPDATE webhook SET old_secret = secret",
        "UPDATE delivery SET state = 'waiting'",
        "UPDATE delivery SET state = 'lost', ended_at = NULL",
        "INSERT INTO delivery SELECT * FROM delivery",
        "DELETE FROM delivery",
        "UPDATE attempt SET status = 500",
        "UPDATE attempt SET number = 2",
    ],
)
def test_the_database_holds_it_too(engine: Engine, attack: str) -> None:
    enter(engine)
    enter(engine, "sm")
    with receiving() as receiver:
        hook(engine, receiver.url)
        happen(engine, "in_force")
        postman(engine).drain()
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.execute(text(attack))


# Secrets and signatures


def is_hmac(secret: str, headers: dict[str, str], body: bytes, signature: str) -> bool:
    """Standard Webhooks 1.0.0, without a line of ours."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    made = hmac.new(b64decode(secret[len("whsec_") :]), signed, sha256).digest()
    return hmac.compare_digest(made, b64decode(signature))


@time_machine.travel(NOW, tick=False)
def test_a_secret_is_32_random_bytes_and_two_work_for_a_day(engine: Engine) -> None:
    enter(engine)
    one = hook(engine, URL)
    first = row_of(engine, one).secret
    assert first.startswith("whsec_")
    assert len(b64decode(first.removeprefix("whsec_"))) == 32

    def renew() -> str:
        with writing(engine) as session:
            return webhook.renew_secret(session, webhook.find(session, "ms", one), by="ada")

    second = renew()
    assert row_of(engine, one).living_secrets == (second, first)
    third = renew()
    assert row_of(engine, one).living_secrets == (third, second)
    with time_machine.travel(NOW + timedelta(hours=23, minutes=59), tick=False):
        assert row_of(engine, one).living_secrets == (third, second)
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert row_of(engine, one).living_secrets == (third,)


def test_signatures_are_those_of_standard_webhooks(tmp_path: Path) -> None:
    new, old = webhook_secret.drawn(), webhook_secret.drawn()
    key = webhook_key.make(tmp_path / "keys" / "webhook.key")
    body = '{"type":"section.in_force","data":{"section":"é"}}'.encode()
    headers = webhook_secret.headers("msg_1", clock.now(), body, (new, old), key)
    for secret in (new, old):
        told = standardwebhooks.Webhook(secret).verify(body, headers)
        assert told["data"] == {"section": "é"}
    first, second, third = headers["webhook-signature"].split(" ")
    assert is_hmac(new, headers, body, first.removeprefix("v1,"))
    assert is_hmac(old, headers, body, second.removeprefix("v1,"))
    public = b64decode(webhook_key.public(key).removeprefix("whpk_"))
    signed = f"msg_1.{headers['webhook-timestamp']}.".encode() + body
    signature = b64decode(third.removeprefix("v1a,"))
    Ed25519PublicKey.from_public_bytes(public).verify(signature, signed)
    other = standardwebhooks.Webhook(webhook_secret.drawn())
    with pytest.raises(standardwebhooks.WebhookVerificationError):
        other.verify(body, headers)


def test_the_example_of_the_standard_is_signed_as_its_library_signs_it() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    at = datetime.fromtimestamp(1_614_265_330, UTC)
    headers = webhook_secret.headers(
        "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}', (secret,), None
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_key_is_its_owners_alone_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "webhook.key"
    assert webhook_key.load_if_there(path) is None
    with pytest.raises(WebhookKeyMissing):
        webhook_key.load(path)
    key = webhook_key.make(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert webhook_key.public(webhook_key.load(path)) == webhook_key.public(key)
    with pytest.raises(AlreadyThere):
        webhook_key.make(path)


@pytest.mark.parametrize("content", ["", "whsk_", "whsk_AAAA", "whsk_é", "whsk_%%%%", "A" * 49])
def test_a_file_that_holds_no_key_is_not_used(tmp_path: Path, content: str) -> None:
    path = tmp_path / "webhook.key"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(WebhookKeyUnusable) as refused:
        webhook_key.load(path)
    assert content == "" or content not in refused.value.message


def test_a_key_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "webhook.key"
    webhook_key.make(path)
    path.chmod(0o640)
    with pytest.raises(WebhookKeyUnusable, match="chmod 600"):
        webhook_key.load_if_there(path)


# Messages


def event(kind: str, **more: object) -> Release:
    fields = {"seq": 7, "type": kind, "section": "told", "locale": "fr", "version": 3, "page": "p"}
    return Release(at=NOW, **fields | more)  # type: ignore[arg-type]


def test_a_message_is_thin_and_the_same_each_time() -> None:
    assert message.of_event(event("withdrawn")) == (
        b'{"type":"section.withdrawn","timestamp":"2026-11-23T09:00:00Z",'
        b'"data":{"seq":7,"section":"told","locale":"fr","version":3}}'
    )
    trust = json.loads(message.of_event(event("trust", section=None, locale=None, page=None)))
    assert (trust["type"], trust["data"]["section"]) == ("trust", None)
    assert message.ping(NOW) == b'{"type":"ping","timestamp":"2026-11-23T09:00:00Z","data":{}}'
    assert (message.name("ab", 7), message.name("ab", -2)) == ("msg_ab_7", "ping_ab_2")


@pytest.mark.parametrize(
    ("narrow", "told", "wanted"),
    [
        ({}, event("notice"), True),
        ({"types": "in_force"}, event("notice"), False),
        ({"types": "in_force"}, event("withdrawn"), True),
        ({"types": "in_force"}, event("trust", section=None), False),
        ({"locales": "de"}, event("in_force"), False),
        ({"locales": "de fr"}, event("in_force"), True),
        ({"locales": "de", "pages": "q"}, event("withdrawn"), True),
        ({"locales": "de", "pages": "q"}, event("trust", section=None), True),
        ({"pages": "q"}, event("in_force"), False),
        ({"pages": "q p"}, event("in_force"), True),
    ],
)
def test_a_filter_never_hides_a_withdrawal(
    narrow: dict[str, str], told: Release, wanted: bool
) -> None:
    fields = {"types": "", "locales": "", "pages": ""} | narrow
    assert delivery.is_wanted(Webhook(**fields), told) is wanted  # type: ignore[arg-type]
