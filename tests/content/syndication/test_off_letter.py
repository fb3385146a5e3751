"""A member whose webhook the hub switched off is written to; once, and at least once."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import Engine

from content.database import writing
from content.settings import Settings
from content.syndication import delivery, member, reminding, webhook
from content.syndication.letter import Letter
from tests.postbox import enter, hook, row_of

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def traveller() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-23T09:00:00Z", tick=False) as traveller:
        yield traveller


class Way:
    """Takes letters, and fails where it is told to; `during` is what happens meanwhile."""

    def __init__(self, error: str = "", during: Callable[[], object] = lambda: None) -> None:
        self.error, self.during = error, during
        self.letters: list[Letter] = []

    def send(self, letter: Letter) -> str:
        self.during()
        self.letters.append(letter)
        return self.error


def switched_off(engine: Engine, reason: str) -> str:
    enter(engine)
    one = hook(engine, "https://hooks.ms.example/secret")
    off(engine, one, reason)
    return one


def speaks(engine: Engine, locale: str) -> None:
    with writing(engine) as session:
        member.find(session, "ms").locales = locale


def off(engine: Engine, one: str, reason: str) -> None:
    with writing(engine) as session:
        webhook.switch_off(session, webhook.find(session, "ms", one), reason, by="hub")


def on(engine: Engine, one: str) -> None:
    with writing(engine) as session:
        delivery.switch_on(session, webhook.find(session, "ms", one), by="ada")


def sent(engine: Engine, way: Way | None = None, public_url: str = "") -> list[Letter]:
    used = way or Way()
    before = len(used.letters)
    reminding.send_off_letters(engine, used, public_url)
    return used.letters[before:]


@pytest.mark.parametrize(
    ("reason", "why"),
    [("gone", "Its endpoint answered 410 Gone."), ("failing", "for about three days.")],
)
def test_it_says_what_why_and_what_to_do(sqlite_engine: Engine, reason: str, why: str) -> None:
    one = switched_off(sqlite_engine, reason)
    speaks(sqlite_engine, "en")
    (letter,) = sent(sqlite_engine, public_url="https://hub.example")
    assert letter.subject == "Action needed: your webhook was switched off (hooks.ms.example)"
    assert f"the webhook {one} to hooks.ms.example" in letter.body
    assert why in letter.body
    assert f"PUT https://hub.example/v1/members/me/webhooks/{one}" in letter.body
    assert "https://hub.example/v1/changes\n" in letter.body
    assert "secret" not in letter.body + letter.subject
    assert sent(sqlite_engine) == []


@pytest.mark.parametrize("locale", ["fr", "it", "de"])
def test_it_is_in_the_language_of_the_member(sqlite_engine: Engine, locale: str) -> None:
    switched_off(sqlite_engine, "gone")
    speaks(sqlite_engine, locale)
    (letter,) = sent(sqlite_engine)
    for english in ("webhook was", "Its endpoint", "Please", "Until then", "To the people"):
        assert english not in letter.subject + letter.body


def test_whoever_switched_it_off_knows_of_it(sqlite_engine: Engine) -> None:
    switched_off(sqlite_engine, "by-hand")
    assert sent(sqlite_engine) == []


def test_it_ends_where_the_webhook_is_on_again_or_the_member_left(engine: Engine) -> None:
    one = switched_off(engine, "gone")
    on(engine, one)
    assert sent(engine) == []
    off(engine, one, "failing")
    with writing(engine) as session:
        member.close(session, "ms", by="ada")
    assert sent(engine) == []


def test_what_failed_is_tried_each_hour_for_three_days(
    engine: Engine, traveller: time_machine.Traveller
) -> None:
    switched_off(engine, "gone")
    way = Way("recipient-550")
    for hours in range(80):
        assert len(sent(engine, way)) == (1 if hours < 72 else 0), hours
        assert sent(engine, way) == []
        traveller.shift(HOUR)


def test_a_second_switching_off_while_it_is_sent_is_told_too(engine: Engine) -> None:
    one = switched_off(engine, "gone")

    def again() -> None:
        way.during = lambda: None
        on(engine, one)
        off(engine, one, "failing")

    way = Way(during=again)
    first, second = sent(engine, way)
    assert "410" in first.body
    assert "410" not in second.body
    assert row_of(engine, one).letter_due_at is None


def test_a_round_has_an_end(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    one = switched_off(sqlite_engine, "gone")
    other = hook(sqlite_engine, "https://other.ms.example/")
    off(sqlite_engine, other, "gone")
    monkeypatch.setattr(reminding, "LETTERS_MAX", 1)
    names = [letter.name.split(".")[0] for _ in range(3) for letter in sent(sqlite_engine)]
    assert sorted(names) == sorted([f"webhook-{one}", f"webhook-{other}"])


def test_the_server_sends_it_with_the_reminders(sqlite_engine: Engine, tmp_path: Path) -> None:
    switched_off(sqlite_engine, "gone")
    settings = Settings(data_dir=tmp_path)
    assert reminding.go_round(sqlite_engine, settings) == 0
    (file,) = settings.outbox.iterdir()
    assert b"hooks.ms.example" in file.read_bytes()
    assert reminding.go_round(sqlite_engine, settings) == 0
    assert len(list(settings.outbox.iterdir())) == 1
