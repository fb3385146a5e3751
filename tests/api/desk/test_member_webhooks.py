"""Webhooks of members at the desk: entered, tried, switched, renewed, removed."""

import re

import pytest
from standardwebhooks import Webhook as Verifier

from content import clock
from content.database import writing
from content.syndication import delivery, webhook
from content.syndication.delivery import PINGS_MAX, Attempt
from content.syndication.webhook import Webhook
from tests.api.desk.browser import Browser, as_demo
from tests.api.desk.membership import HOOK, HOOK_URL, hook, with_members
from tests.api.desk.test_members import SCRIPT, SHOWN, mark_in, signed_in
from tests.api.hubs import Hub

HOOKS = "/desk/members/ms/webhooks"
ONE = f"{HOOKS}/{HOOK}"
JSON = "/v1/members/ms/webhooks"
SECRET = re.compile(r"whsec_[0-9A-Za-z+/]{43}=")


@pytest.fixture
def hub(busy_hub: Hub) -> Hub:
    as_demo(busy_hub.world)
    with_members(busy_hub.world)
    return busy_hub


@pytest.fixture
def browser(hub: Hub) -> Browser:
    return signed_in(hub, "editor")


def webhooks(hub: Hub, of: str = "ms") -> list[dict[str, object]]:
    listed: list[dict[str, object]] = hub.read(f"/v1/members/{of}/webhooks", by="editor")[
        "webhooks"
    ]
    return listed


def test_a_webhook_is_entered_and_its_secret_shown_once(hub: Hub, browser: Browser) -> None:
    mark = mark_in(browser.get(HOOKS).text)
    told = {
        "url": "https://hooks.ms.example/new?token=1",
        "types": ["in_force", "trust"],
        "locales": "fr, de-ch",
        "pages": "treatment",
        "mark": mark,
    }
    answer = browser.send_form(HOOKS, **told)  # type: ignore[arg-type]
    assert answer.status_code == 201, answer.text
    assert answer.headers["cache-control"] == "no-store"
    (secret,) = set(SECRET.findall(answer.text))
    Verifier(secret)
    (made,) = [one for one in webhooks(hub) if one["url"] == told["url"]]
    assert (made["types"], made["locales"], made["pages"]) == (
        ["in_force", "trust"],
        ["fr", "de-CH"],
        ["treatment"],
    )
    for path in (HOOKS, f"{HOOKS}/{made['id']}", f"{HOOKS}/{made['id']}/secret"):
        assert secret not in browser.get(path).text
    again = browser.send_form(HOOKS, **told)  # type: ignore[arg-type]
    assert again.status_code == 412
    assert not SECRET.search(again.text)
    assert len(webhooks(hub)) == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"url": "http://hooks.ms.example/in"}, "The address begins with https://"),
        ({"url": "https://127.0.0.1/in"}, "The address begins with https://"),
        ({"url": ""}, "The address begins with https://"),
        ({"types": "everything"}, "Choose from the events that are listed."),
        ({"locales": "<b>"}, "A language is written like fr or de-CH"),
        ({"pages": "Not/A/Slug"}, "Pages go by their names in addresses"),
        ({"pages": SCRIPT}, SHOWN),
    ],
)
def test_what_is_refused_is_said_and_nothing_typed_is_lost(
    hub: Hub, browser: Browser, wrong: dict[str, str], said: str
) -> None:
    told = {"url": "https://a.example/x", "types": "trust", "locales": "fr", "pages": "treatment"}
    for path in (HOOKS, ONE):
        mark = mark_in(browser.get(path).text.rpartition("<form")[2])
        typed = told | wrong
        answer = browser.send_form(path, **typed, mark=mark)
        assert answer.status_code == 422, path
        assert said in answer.text
        assert "<script" not in answer.text
        for name in ("url", "locales", "pages"):
            value = typed[name].replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;")
            assert f'value="{value}"' in answer.text, (path, name)
        if typed["types"] == "trust":
            assert 'value="trust" checked' in answer.text
    assert [one["url"] for one in webhooks(hub)] == [HOOK_URL]


def test_a_change_is_refused_where_somebody_changed_it_meanwhile(
    hub: Hub, browser: Browser
) -> None:
    mark = mark_in(browser.get(ONE).text)
    first = browser.send_form(ONE, url=HOOK_URL, types="trust", mark=mark)
    assert first.headers["location"] == f"{ONE}?done=webhook-changed"
    late = browser.send_form(ONE, url="https://late.example/x", locales="it", mark=mark)
    assert late.status_code == 412
    assert 'value="https://late.example/x"' in late.text
    assert f"It stands now as: {HOOK_URL}" in late.text
    assert "It stands now as: The trust file changes" in late.text
    assert (
        browser.send_form(ONE, url="https://late.example/x", mark=mark_in(late.text)).status_code
        == 303
    )
    assert webhooks(hub)[0]["url"] == "https://late.example/x"
    assert hub.get(f"{JSON}/{HOOK}", by="editor").headers["etag"] == mark_in(browser.get(ONE).text)


def test_a_test_is_sent_and_every_attempt_at_it_is_seen(hub: Hub, browser: Browser) -> None:
    answer = browser.send_form(f"{ONE}/pings")
    assert answer.headers["location"] == f"{ONE}/deliveries/-2?done=ping-sent"
    told = browser.reads(answer.headers["location"])
    assert "A test is on its way." in told
    assert "Test 2 Waits" in told
    assert "Not sent yet." in told
    with writing(hub.world.engine) as session:
        for number, (status, error, answered) in enumerate(
            ((None, "tls", None), (None, "strange", None), (503, None, SCRIPT.encode() + b"\xff")),
            1,
        ):
            made = Attempt(
                webhook=HOOK, seq=-2, number=number, at=clock.now(), status=status, error=error
            )
            made.answer, made.duration_ms = answered, 7 * number
            session.add(made)
        session.add(Attempt(webhook=HOOK, seq=-2, number=4, at=clock.now()))
    page = browser.get(f"{ONE}/deliveries/-2").text
    assert "<script" not in page
    assert SHOWN in page
    told = browser.reads(f"{ONE}/deliveries/-2")
    for words in ("The certificate or the encryption", "Another fault.", "Answer 503", "21 ms"):
        assert words in told
    assert "Not ended." in told
    for _ in range(PINGS_MAX - 2):
        assert browser.send_form(f"{ONE}/pings").status_code == 303
    full = browser.send_form(f"{ONE}/pings")
    assert full.status_code == 409
    assert "There are as many as there may be." in full.text


def test_it_is_switched_off_and_on_again(hub: Hub, browser: Browser) -> None:
    assert browser.send_form(f"{ONE}/off").headers["location"] == f"{ONE}?done=webhook-off"
    told = browser.reads(ONE)
    assert "It was switched off by hand. Off since 23 November 2026" in told
    assert "Send a test" not in told
    assert "It was switched off by hand." in browser.reads(HOOKS)
    for doing, typed in (("pings", {}), ("replays", {"first": "1", "last": "3"})):
        refused = browser.send_form(f"{ONE}/{doing}", **typed)
        assert refused.status_code == 409
        assert "The webhook is switched off, so nothing was sent." in refused.text
    assert webhooks(hub)[0]["state"] == "off"
    assert browser.send_form(f"{ONE}/on").headers["location"] == f"{ONE}?done=webhook-on"
    assert webhooks(hub)[0]["state"] == "on"


def test_a_span_of_the_feed_is_sent_again(hub: Hub, browser: Browser) -> None:
    assert "Send again" not in browser.reads(ONE)
    with writing(hub.world.engine) as session:
        webhook.find(session, "ms", HOOK).cursor = 4
    assert "Told of the feed up to event 4." in browser.reads(ONE)
    page = browser.get(ONE).text
    assert 'name="first" type="text" value="1"' in page
    assert 'name="last" type="text" value="4"' in page
    answer = browser.send_form(f"{ONE}/replays", first="2", last="3")
    assert answer.headers["location"] == f"{ONE}?done=replayed"
    assert "The events of this span are sent again." in browser.reads(answer.headers["location"])
    sent = hub.read(f"{JSON}/{HOOK}/deliveries", by="editor")["deliveries"]
    assert [one["seq"] for one in sent] == [3, 2, -1]
    beyond = browser.send_form(f"{ONE}/replays", first="9", last="9")
    assert beyond.headers["location"] == f"{ONE}?done=replayed-none"
    for first, last in (("3", "2"), ("0", "2"), ("", "2"), ("1", "2000"), ("x", "2"), ("²", "3")):
        refused = browser.send_form(f"{ONE}/replays", first=first, last=last)
        assert refused.status_code == 422, (first, last)
        assert "A span has at most 1,000 events" in refused.text
        assert f'name="first" type="text" value="{first}"' in refused.text
    assert browser.send_form(f"{ONE}/replays", first="1" * 11, last="2").status_code == 422


def test_what_was_sent_is_listed_by_state_a_page_at_a_time(hub: Hub, browser: Browser) -> None:
    with writing(hub.world.engine) as session:
        row = webhook.find(session, "ms", HOOK)
        for seq in range(1, 61):
            one = delivery.new(row, seq, urgent=seq == 60)
            if seq <= 10:
                one.state, one.ended_at = "delivered", clock.now()
            session.add(one)
    page = browser.get(ONE).text
    assert page.count('<th scope="row">') == 50
    assert f'href="{ONE}?before=11#sent"' in page
    assert page.count("Withdrawal") >= 1
    older = browser.get(f"{ONE}?before=11").text
    assert older.count('<th scope="row">') == 11
    assert "To the newest" in older
    done = browser.get(f"{ONE}?state=delivered").text
    assert done.count('<th scope="row">') == 10
    assert "Nothing here. What is over" in browser.reads(f"{ONE}?state=given-up")
    assert browser.get(f"{ONE}?state=lost").status_code == 422
    assert browser.get(f"{ONE}?before=99999999999").status_code == 422
    waiting = browser.reads(HOOKS)
    assert "51 messages wait to be sent." in waiting


def test_a_new_secret_is_shown_once_and_not_made_twice(hub: Hub, browser: Browser) -> None:
    path = f"{ONE}/secret"
    mark = mark_in(browser.get(path).text)
    answer = browser.send_form(path, mark=mark)
    assert answer.status_code == 201
    (secret,) = set(SECRET.findall(answer.text))
    assert "The secret before it works beside it until 24 November 2026" in answer.text
    again = browser.send_form(path, mark=mark)
    assert again.status_code == 412
    assert not SECRET.search(again.text)
    with hub.world.reading() as session:
        assert webhook.find(session, "ms", HOOK).living_secrets[0] == secret
    assert browser.send_form(path).status_code == 412


def test_a_webhook_is_removed_after_it_was_asked_once_more(hub: Hub, browser: Browser) -> None:
    assert "It is told nothing more" in browser.reads(f"{ONE}/removal")
    answer = browser.send_form(f"{ONE}/removal")
    assert answer.headers["location"] == f"{HOOKS}?done=webhook-removed"
    assert "None. The site can enter one by itself" in browser.reads(answer.headers["location"])
    assert webhooks(hub) == []
    assert browser.get(ONE).status_code == 404  # webhook-not-found


def test_the_webhook_of_another_member_is_not_there(hub: Hub, browser: Browser) -> None:
    hook(hub.world.engine, "sm", "aa")
    base = f"{HOOKS}/aa"
    for path in ("", "/secret", "/removal", "/deliveries/-1"):
        assert browser.get(base + path).status_code == 404, path
    for path in ("", "/pings", "/replays", "/on", "/off", "/secret", "/removal"):
        sent = {"first": "1", "last": "2"} if path == "/replays" else {}
        assert browser.send_form(base + path, **sent).status_code == 404, path
    (theirs,) = webhooks(hub, "sm")
    assert (theirs["id"], theirs["state"]) == ("aa", "on")
    assert browser.get(f"{ONE}/deliveries/7").status_code == 404  # delivery-not-found


@pytest.mark.parametrize("who", ["board-1", "duty-1", "lay", "translator-fr"])
def test_nobody_else_sees_or_does_anything(hub: Hub, who: str) -> None:
    browser = signed_in(hub, who)
    for path in ("", f"/{HOOK}", f"/{HOOK}/secret", f"/{HOOK}/removal", f"/{HOOK}/deliveries/-1"):
        assert browser.get(HOOKS + path).status_code == 403, path
    for path in ("", "/pings", "/replays", "/on", "/off", "/secret", "/removal"):
        assert browser.send_form(ONE + path).status_code == 403, path
    assert browser.send_form(HOOKS, url=HOOK_URL).status_code == 403
    assert webhooks(hub)[0]["state"] == "on"


def test_one_that_fails_says_so(hub: Hub, browser: Browser) -> None:
    with writing(hub.world.engine) as session:
        row: Webhook = webhook.find(session, "ms", HOOK)
        row.failures, row.paused_until = 4, clock.now()
    told = browser.reads(ONE)
    assert "Failing" in told
    assert "The last 4 attempts failed." in told
    assert "It asked to be left alone until" in told
