"""Members that still show what was withdrawn are written to, at once and again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import col, select
from time_machine import TimeMachineFixture

from content.database import writing
from content.ledger import LedgerRow
from content.publication import demo, take_down
from content.settings import Settings
from content.syndication import member, recall, reminder, reminding, showing
from content.syndication.letter import Letter
from content.syndication.mail import Relay
from content.syndication.member import Particulars
from content.syndication.reminder import Reminder
from content.syndication.showing import Entry
from tests.postmaster import serving_mail
from tests.reader import TODAY
from tests.world import World

#: The short page is in force in English.
pytestmark = [
    pytest.mark.time_machine(TODAY, tick=False),
    pytest.mark.begins_with("en"),
    pytest.mark.on_sqlite_first,
]
START = datetime(2026, 11, 23, 9, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Way:
    """Takes letters, and fails where it is told to; `during` is what happens meanwhile."""

    def __init__(self, error: str = "", during: Callable[[], object] = lambda: None) -> None:
        self.error = error
        self.during = during
        self.letters: list[Letter] = []

    def send(self, letter: Letter) -> str:
        self.during()
        self.letters.append(letter)
        return self.error

    @property
    def names(self) -> list[str]:
        return [one.name.partition(".")[2] for one in self.letters]


def enter(world: World, *ids: str, locale: str = "en", name: str = "Example MS") -> None:
    with writing(world.engine) as session:
        for one in ids:
            told = Particulars(name, "CH", f"web@{one}.example", "https://ms.example", [locale])
            member.add(session, one, told, by="operator")


def tells(world: World, who: str, *sections: str, pages: int = 1) -> None:
    entries = [
        Entry(one, "en", f"https://{who}.example/{one}/{page}", 1)
        for one in sections
        for page in range(pages)
    ]
    with writing(world.engine) as session:
        recall.open_due(session)
        if showing.report(session, who, showing.checked(entries)):
            recall.heard(session, who)


def recalled(world: World, *ids: str) -> int:
    """`benefits` is withdrawn, which these show; the recall's number."""
    enter(world, *ids)
    for one in ids:
        tells(world, one, "benefits")
    world.withdraw("benefits")
    return opened(world)


def opened(world: World) -> int:
    with writing(world.engine) as session:
        recall.open_due(session)
        return recall.listed(session, before=2**31 - 1, limit=1, open_only=False)[0].seq


def go_round(world: World, way: Way | None = None) -> list[str]:
    """Which letters a round sent."""
    used = way or Way()
    before = len(used.names)
    reminding.send_due(world.engine, used)
    return used.names[before:]


def rows(world: World) -> list[Reminder]:
    with world.reading() as session:
        order = (col(Reminder.member), col(Reminder.step))
        return list(session.exec(select(Reminder).order_by(*order)).all())


def events(world: World) -> list[LedgerRow]:
    with world.reading() as session:
        of = col(LedgerRow.event) == "recall.reminded"
        return list(session.exec(select(LedgerRow).where(of).order_by(col(LedgerRow.seq))).all())


def test_at_once_after_a_day_after_three_and_then_every_week(
    world: World, time_machine: TimeMachineFixture
) -> None:
    seq = recalled(world, "ms")
    sent: dict[timedelta, list[str]] = {}
    for hours in range(0, 24 * 18, 12):
        time_machine.move_to(START + HOUR * hours, tick=False)
        if names := go_round(world):
            sent[HOUR * hours] = names
    assert sent == {
        0 * DAY: ["ms.0"],
        1 * DAY: ["ms.1"],
        3 * DAY: ["ms.2"],
        10 * DAY: ["ms.3"],
        17 * DAY: ["ms.4"],
    }
    assert [(one.actor, one.subject, one.detail) for one in events(world)] == [
        ("hub", f"recall-{seq}", f'{{"member":"ms","step":{step}}}') for step in range(5)
    ]


def test_it_ends_where_nothing_is_expected_any_more(
    world: World, time_machine: TimeMachineFixture
) -> None:
    seq = recalled(world, "by-hand", "closed", "gone", "ms")
    assert go_round(world) == ["by-hand.0", "closed.0", "gone.0", "ms.0"]
    tells(world, "gone")
    with world.acting("editor") as (session, actor):
        recall.close_line(session, actor, seq, "by-hand", "Seen by telephone.")
        member.close(session, "closed", by="editor")
    time_machine.move_to(START + DAY, tick=False)
    assert go_round(world) == ["ms.1"]
    time_machine.move_to(START + 40 * DAY, tick=False)
    tells(world, "gone", "benefits")
    assert go_round(world) == ["gone.1", "ms.2"], "it shows it again"
    assert go_round(world) == [], "and nobody is sent at once what was not sent meanwhile"


def test_a_failed_letter_is_tried_again_ever_later(
    world: World, time_machine: TimeMachineFixture
) -> None:
    recalled(world, "ms", "other")
    way = Way("recipient-550")
    assert go_round(world, way) == ["ms.0", "other.0"], "one recipient is not the server"
    assert [(one.tries, one.error, one.sent_at) for one in rows(world)] == [
        (1, "recipient-550", None)
    ] * 2
    for minutes, names in ((9, []), (10, ["ms.0", "other.0"]), (29, []), (30, ["ms.0", "other.0"])):
        time_machine.move_to(START + MINUTE * minutes, tick=False)
        assert go_round(world, way) == names
    for day in range(1, 20):
        time_machine.move_to(START + DAY * day, tick=False)
        go_round(world, way)
    time_machine.shift(6 * HOUR)
    way.error = ""
    assert go_round(world, way) == ["ms.0", "other.0"]
    assert events(world)[0].detail == '{"member":"ms","step":0}'
    (sent, following) = rows(world)[:2]
    assert (sent.error, following.step, following.tries) == (None, 1, 0)


@pytest.mark.parametrize("error", ["connection", "outbox"])
def test_a_round_ends_where_the_server_cannot_be_reached(world: World, error: str) -> None:
    recalled(world, "ms", "other")
    way = Way(error)
    assert go_round(world, way) == ["ms.0"]
    assert go_round(world, way) == ["other.0"]
    assert go_round(world, way) == []


def test_a_round_has_an_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    recalled(world, "a", "b", "c")
    monkeypatch.setattr(reminding, "LETTERS_MAX", 2)
    assert [go_round(world), go_round(world)] == [["a.0", "b.0"], ["c.0"]]


def test_whoever_dies_while_sending_loses_nothing_and_doubles_one(
    world: World, time_machine: TimeMachineFixture
) -> None:
    class Killed(BaseException):
        pass

    def die() -> None:
        raise Killed

    recalled(world, "ms", "other")
    with pytest.raises(Killed):
        go_round(world, Way(during=die))
    assert go_round(world) == ["other.0"]
    time_machine.move_to(START + 10 * MINUTE, tick=False)
    assert go_round(world) == ["ms.0"]
    assert go_round(world) == []


def test_two_processes_send_each_letter_once(world: World) -> None:
    recalled(world, "a", "b", "c")
    other = Way()
    one = Way(during=lambda: reminding.send_due(world.engine, other))
    assert sorted(go_round(world, one) + other.names) == ["a.0", "b.0", "c.0"]


@pytest.mark.parametrize("late", ["", "connection"])
def test_what_comes_too_late_changes_nothing(
    world: World, time_machine: TimeMachineFixture, late: str
) -> None:
    recalled(world, "ms")

    def take_over() -> None:
        time_machine.move_to(START + 10 * MINUTE, tick=False)
        assert go_round(world) == ["ms.0"]

    go_round(world, Way(late, take_over))
    assert [(one.step, one.error, one.tries) for one in rows(world)] == [(0, None, 2), (1, None, 0)]
    assert len(events(world)) == 1


def test_a_reminder_that_was_sent_stays(world: World) -> None:
    recalled(world, "ms")
    go_round(world)
    for change in (
        "UPDATE reminder SET tries = 9 WHERE step = 0",
        "UPDATE reminder SET step = 7 WHERE step = 1",
        "DELETE FROM reminder WHERE step = 1",
        "UPDATE reminder SET tries = -1 WHERE step = 1",
        "UPDATE reminder SET sent_at = due_at WHERE step = 1",
    ):
        with (
            pytest.raises(Exception, match=r"(?i)reminder|check"),
            writing(world.engine) as session,
        ):
            session.connection().execute(text(change))


# What stands in it


def letter_to(world: World, who: str, public_url: str = "") -> Letter:
    way = Way()
    reminding.send_due(world.engine, way, public_url)
    return next(one for one in way.letters if one.to == f"web@{who}.example")


@pytest.mark.begins_with("en")
@pytest.mark.parametrize("hub", ["", "https://hub.example"])
def test_it_says_what_why_where_and_what_to_do(sqlite_world: World, hub: str) -> None:
    world = sqlite_world
    enter(world, "ms")
    tells(world, "ms", "benefits")
    with world.acting("duty-1") as (session, actor):
        words = "A number was wrong.\n\nIt was {far} too high.\nTo: you"
        told = {"reason": "error", "text": words, "replacement": "risks"}
        take_down.withdraw(session, actor, "benefits", None, world.policy, **told)
    seq = opened(world)
    one = letter_to(world, "ms", hub)
    assert (one.locale, one.name) == ("en", f"recall-{seq}.ms.0")
    assert one.subject == "Action needed: withdrawn text on your site (benefits/en/1)"
    assert (
        one.body
        == f"""To the people who look after the website of Example MS

The text “Benefits” (benefits, en) was withdrawn on 23 November 2026. Version 1 and all earlier \
versions must no longer be shown.

The text had an error.
    A number was wrong.
    It was {{far}} too high.
    To: you

According to what your site last told the hub, it is shown here:
- version 1, since 23 November 2026: https://ms.example/benefits/0

Please take it off these pages now, or show what the hub now serves in its place: \
{hub}/v1/sections/benefits/en
Then have your site tell the hub what it shows (PUT {hub}/v1/members/me/showing). You will get no \
more of these letters once the text is no longer on that list.
To read instead: {hub}/v1/sections/risks/en

If your site cannot tell the hub, please reply to this letter. In the feed, this withdrawal is \
number {seq}.
"""
    )


@pytest.mark.begins_with("en")
@pytest.mark.parametrize(
    ("locale", "subject", "day"),
    [
        ("fr-CH", "Action requise\u00a0: texte retiré", "23 novembre 2026"),
        ("de", "Handlungsbedarf: zurückgezogener Text", "23. November 2026"),
        ("it", "Intervento richiesto: testo ritirato", "23 novembre 2026"),
        ("ja", "Action needed: withdrawn text", "23 November 2026"),
    ],
)
def test_it_is_in_the_first_language_of_the_member(
    sqlite_world: World, locale: str, subject: str, day: str
) -> None:
    enter(sqlite_world, "ms", locale=locale)
    tells(sqlite_world, "ms", "benefits")
    sqlite_world.withdraw("benefits")
    opened(sqlite_world)
    one = letter_to(sqlite_world, "ms")
    assert one.subject.startswith(subject)
    assert day in one.body
    assert "https://ms.example/benefits/0" in one.body
    assert ("To the people" in one.body) == (locale == "ja")


@pytest.mark.begins_with("en")
def test_the_next_one_is_called_a_reminder_and_long_lists_are_cut(
    sqlite_world: World, time_machine: TimeMachineFixture
) -> None:
    enter(sqlite_world, "ms")
    tells(sqlite_world, "ms", "benefits", pages=51)
    sqlite_world.withdraw("benefits")
    opened(sqlite_world)
    body = letter_to(sqlite_world, "ms").body
    assert body.count("https://ms.example/") == 50
    assert "\n- …\n" in body
    time_machine.move_to(START + DAY, tick=False)
    assert letter_to(sqlite_world, "ms").subject.startswith("Reminder: ")


def test_a_hostile_name_and_address_reach_no_header(world: World) -> None:
    recalled(world, "evil", "ms")
    name = "X\r\nBcc: all@other.example\u2028\u202e\n\nPay now: https://evil.example {name} {0}"
    with writing(world.engine) as session:
        connection = session.connection()
        connection.execute(text("UPDATE member SET name = :name"), {"name": name})
        contact = "web@evil.example>\r\nRCPT TO:<all@other.example"
        change = "UPDATE member SET contact = :contact WHERE id = 'evil'"
        connection.execute(text(change), {"contact": contact})
    with serving_mail() as master:
        way = Relay(master.url(), "hub@hub.example")
        assert reminding.send_due(world.engine, way) == 1
    assert [one.error for one in rows(world)][:1] == ["address-malformed"]
    ((_, recipient, _),) = master.got
    (told,) = master.letters
    assert recipient == told["To"] == "web@ms.example"
    assert told["Bcc"] is None
    first, second = told.get_content().splitlines()[:2]
    assert first.endswith("Bcc: all@other.example    Pay now: https://evil.example {name} {0}")
    assert second == ""


# As a server does it


def test_the_settings_say_how(world: World, tmp_path: Path) -> None:
    with serving_mail() as master:
        settings = Settings(data_dir=tmp_path, mail_from="hub@hub.example", smtp_url=master.url())
        assert reminding.go_round(world.engine, settings) == 0
        recalled(world, "ms")
        with world.reading() as session:
            assert reminder.anything_due(session)
        assert reminding.go_round(world.engine, settings) == 1
        assert reminding.go_round(world.engine, settings) == 0
    assert len(master.got) == 1
    assert not (tmp_path / "outbox").exists()


def test_a_demonstration_fills_its_outbox(world: World, tmp_path: Path) -> None:
    recalled(world, "ms")
    with writing(world.engine) as session:
        demo.mark(session)
    with serving_mail() as master:
        settings = Settings(data_dir=tmp_path, mail_from="hub@hub.example", smtp_url=master.url())
        assert reminding.go_round(world.engine, settings) == 1
    assert master.said == []
    assert len(list((tmp_path / "outbox").glob("*.eml"))) == 1
