"""The recall board at the desk: who still shows what was withdrawn, and closing a line by hand."""

from datetime import timedelta

import pytest
import time_machine

from content.database import writing
from content.syndication import recall, reminder
from content.syndication.recall import REASON_MAX
from tests.api.desk.browser import Browser, as_demo
from tests.api.desk.membership import enter, shows, with_members
from tests.api.desk.test_members import SCRIPT, SHOWN, signed_in
from tests.api.hubs import Hub

BOARD = "/desk/recalls"


@pytest.fixture
def hub(busy_hub: Hub) -> Hub:
    """`ms` still shows `gone`, which was withdrawn."""
    as_demo(busy_hub.world)
    with_members(busy_hub.world)
    return busy_hub


@pytest.fixture
def browser(hub: Hub) -> Browser:
    return signed_in(hub, "editor")


def number(hub: Hub) -> int:
    """Of the recall of `gone`."""
    (one,) = [r for r in hub.read("/v1/recalls", by="editor")["recalls"] if r["section"] == "gone"]
    return int(one["seq"])


def line(hub: Hub, member: str = "ms") -> dict[str, object]:
    told = hub.read(f"/v1/recalls/{number(hub)}", by="editor")
    (one,) = [one for one in told["members"] if one["member"] == member]
    found: dict[str, object] = one
    return found


def test_the_board_says_who_has_still_to_act(hub: Hub, browser: Browser) -> None:
    told = browser.reads(BOARD)
    assert "Gone (en, version 1)" in told
    assert "Withdrawn 23 November 2026, 09:00:00 UTC by Duty-1" in told
    assert "A mistake in the text A number was wrong." in told
    assert "1 of 1 still to act" in told
    assert "Example Society Still shows it Not reminded yet" in told
    assert "None." in told[told.index("Over") :]


def test_reminders_are_told(hub: Hub, browser: Browser, traveller: time_machine.Traveller) -> None:
    with writing(hub.world.engine) as session:
        reminder.begin(session)
        taken = reminder.take(session)
        assert taken is not None
        reminder.note(session, taken, "")
    told = browser.reads(BOARD)
    assert "One reminder, on 23 November 2026 The next on 24 November 2026" in told
    traveller.shift(timedelta(days=1))
    with writing(hub.world.engine) as session:
        taken = reminder.take(session)
        assert taken is not None
        reminder.note(session, taken, "smtp-refused")
    told = signed_in(hub, "duty-1").reads(f"{BOARD}/{number(hub)}")
    assert "The last e-mail could not be sent." in told


def test_one_recall_is_told_in_full(hub: Hub, browser: Browser) -> None:
    told = browser.reads(f"{BOARD}/{number(hub)}")
    assert "Open: a member still has to take this text down." in told
    assert "https://ms.example/gone/en version 1, shown since 23 November 2026" in told
    assert told.index("Still shows it") < told.index("Never showed it")
    assert "Never said what it shows" in told
    assert "It may show it all the same." in told


def test_whom_a_recall_waits_for_stands_first(hub: Hub, browser: Browser) -> None:
    enter(hub.world.engine, "aa")
    told = browser.get(f"{BOARD}/{number(hub)}").text
    assert told.index('"/desk/members/ms"') < told.index('"/desk/members/aa"')


def test_a_site_that_took_it_down_ends_its_line(hub: Hub, browser: Browser) -> None:
    shows(hub.world.engine, "ms")
    told = browser.reads(BOARD)
    assert "None. No member shows a withdrawn text, as far as they have said." in told
    assert "One member showed it, and has acted." in told
    told = browser.reads(f"{BOARD}/{number(hub)}")
    assert "Over since 23 November 2026" in told
    assert "that it is gone" in told
    assert "Close it for this member" not in told


def test_a_line_is_closed_with_a_reason_that_stays_on_record(hub: Hub, browser: Browser) -> None:
    seq = number(hub)
    path = f"{BOARD}/{seq}/members/ms/closure"
    answer = browser.send_form(path, reason="Seen by telephone.\r\nIt is gone.")
    assert answer.headers["location"] == f"{BOARD}/{seq}?done=line-closed"
    told = browser.reads(answer.headers["location"])
    assert "Nothing more is expected of this member in this recall." in told
    assert "Closed 23 November 2026, 09:00:00 UTC by Editor" in told
    assert "Seen by telephone. It is gone." in told
    closed = line(hub)["closed"]
    assert isinstance(closed, dict)
    assert (closed["by"], closed["reason"]) == ("editor", "Seen by telephone.\nIt is gone.")
    late = browser.send_form(path, reason="Once more")
    assert late.status_code == 409
    assert "Meanwhile somebody else changed this" in late.text


def test_a_closure_that_is_refused_loses_nothing(hub: Hub, browser: Browser) -> None:
    path = f"{BOARD}/{number(hub)}/members/ms/closure"
    for reason in ("", "  ", "x" * (REASON_MAX + 1), SCRIPT + "\x07"):
        answer = browser.send_form(path, reason=reason)
        assert answer.status_code == 422, reason
        assert "Say why, in at most 1,000 characters." in answer.text
        assert "<details open>" in answer.text
        assert "<script" not in answer.text
        assert reason.replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;") in answer.text
    assert browser.send_form(path, reason="x" * 2_001).status_code == 422
    assert browser.send_form(path, reason="x", by="lay").status_code == 422
    assert line(hub)["closed"] is None


def test_what_is_not_there_is_not_found(hub: Hub, browser: Browser) -> None:
    assert browser.get(f"{BOARD}/99999").status_code == 404  # recall-not-found
    assert browser.get(f"{BOARD}/0").status_code == 422
    for path in (f"{BOARD}/99999/members/ms/closure", f"{BOARD}/{number(hub)}/members/sm/closure"):
        assert browser.send_form(path, reason="x").status_code == 404, path
    assert browser.get(f"{BOARD}?before=0").status_code == 422


@pytest.mark.parametrize("who", ["lay", "translator-fr", "author", "administrator", "medical-1"])
def test_who_does_not_follow_recalls_sees_and_does_nothing(hub: Hub, who: str) -> None:
    browser = signed_in(hub, who)
    seq = number(hub)
    assert BOARD not in browser.get("/desk").text
    assert browser.get(BOARD).status_code == 403
    assert browser.get(f"{BOARD}/{seq}").status_code == 403
    assert browser.send_form(f"{BOARD}/{seq}/members/ms/closure", reason="x").status_code == 403
    assert line(hub)["closed"] is None


def test_who_may_read_and_not_close_gets_no_form(new_hub: Hub) -> None:
    world = new_hub.world
    world.publish_page()
    enter(world.engine, "ms")
    shows(world.engine, "ms", ("risks", "en", 1))
    world.withdraw("risks")
    browser = Browser(new_hub)
    browser.send_form("/desk/sign-in", token=world.token("board-1", "read-showing"))
    told = browser.get(BOARD)
    assert "Treatment" not in told.text
    assert "Risks" in told.text
    with world.reading() as session:
        (row,) = recall.listed(session, before=2**31 - 1, limit=9, open_only=True)
    page = browser.get(f"{BOARD}/{row.seq}").text
    assert "Showed it; has said nothing since" in page
    assert "/closure" not in page
    path = f"{BOARD}/{row.seq}/members/ms/closure"
    assert browser.send_form(path, reason="x").status_code == 403
    assert '<a href="/desk/recalls" aria-current' not in browser.get(BOARD).text


def test_a_reason_of_a_withdrawal_stands_as_text(hub: Hub, browser: Browser) -> None:
    enter(hub.world.engine, "xs", name=SCRIPT)
    shows(hub.world.engine, "xs", ("gone", "en", 1))
    browser.send_form(f"{BOARD}/{number(hub)}/members/xs/closure", reason=SCRIPT)
    for path in (BOARD, f"{BOARD}/{number(hub)}"):
        page = browser.get(path).text
        assert "<script" not in page
    assert page.count(SHOWN) == 2


def test_a_board_with_many_members_and_recalls_is_cut(
    hub: Hub, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.desk.members.recalls.MEMBERS_SHOWN", 2)
    enter(hub.world.engine, *(f"m-{one}" for one in range(5)))
    for one in range(5):
        shows(hub.world.engine, f"m-{one}", ("gone", "en", 1), ("benefits", "en", 1))
    hub.world.withdraw("benefits")
    told = browser.reads(BOARD)
    assert "6 of 6 still to act" in told
    assert "4 more" in told
    monkeypatch.setattr("api.desk.members.recalls.OPEN_SHOWN", 2)
    assert "?before=" not in browser.get(BOARD).text
    monkeypatch.setattr("api.desk.members.recalls.OPEN_SHOWN", 1)
    first = browser.reads(BOARD)
    assert "Benefits (en" in first
    assert "Gone (en" not in first
    older = browser.get(BOARD).text.partition("?before=")[2].partition('"')[0]
    second = browser.reads(f"{BOARD}?before={older}")
    assert "Gone (en" in second
    assert "To the newest" in second
    monkeypatch.setattr("api.desk.members.recalls.OVER_SHOWN", 1)
    for who in ("ms", "sm", *(f"m-{number}" for number in range(5))):
        shows(hub.world.engine, who)
    over = browser.get(BOARD).text
    assert "Gone" not in over
    further = over.partition("?over_before=")[2].partition("#")[0]
    assert "Gone (en" in browser.reads(f"{BOARD}?over_before={further}")
