"""Webhooks over HTTP: a member's site enters one, tries it, and sees what became of everything."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import standardwebhooks
import time_machine
from httpx2 import Response

from api.dependencies import Hub as ServedHub
from content.syndication import webhook_key
from content.syndication.webhook import FAILING_AFTER
from tests.api.hubs import Hub, open_app, refused
from tests.api.promised import Promised
from tests.api.test_members import bearer, enter, key
from tests.postbox import Receiver, answering, postman, receiving

MINE = "/v1/members/me/webhooks"
URL = "https://hooks.ms.example/in"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


def anywhere(hub: Hub, **more: Any) -> None:
    """This hub may send to this machine."""
    served: ServedHub = hub.app.state.hub
    update = {"webhook_targets": "any"} | more
    hub.app.state.hub = replace(served, settings=served.settings.model_copy(update=update))


class Site:
    """A member's site, with its key."""

    def __init__(self, hub: Hub) -> None:
        enter(hub)
        self.hub = hub
        self.key = key(hub)

    def ask(self, method: str, path: str, body: Any = None, if_match: str = "") -> Response:
        return self.hub.ask(method, path, body, headers=bearer(self.key), if_match=if_match)

    def read(self, path: str) -> Any:
        answer = self.ask("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def hook(self, url: str = URL, **more: Any) -> Any:
        answer = self.ask("POST", MINE, {"url": url} | more)
        assert answer.status_code == 201, answer.text
        return answer.json()


def test_a_site_enters_a_webhook_and_is_told_what_there_is_to_pull(
    new_hub: Hub, receiver: Receiver
) -> None:
    anywhere(new_hub)
    site = Site(new_hub)
    made = site.ask("POST", MINE, {"url": receiver.url, "locales": ["en"]})
    assert made.headers["cache-control"] == "no-store"
    told = made.json()
    path = f"{MINE}/{told['id']}"
    assert made.headers["location"] == told["self"] == path
    secret = told.pop("secret")
    assert site.read(path) == told
    assert secret not in site.ask("GET", MINE).text
    assert told == {
        "id": told["id"],
        "url": receiver.url,
        "types": [],
        "locales": ["en"],
        "pages": [],
        "state": "on",
        "off": None,
        "failures": 0,
        "paused_until": None,
        "seq": 0,
        "created_at": "2026-11-23T09:00:00Z",
        "self": path,
    }
    new_hub.world.publish_page()
    new_hub.world.withdraw("risks")
    postman(new_hub.world.engine).drain()
    events = new_hub.read("/v1/changes?after=0")["events"]
    came = {json.loads(got.body)["data"]["seq"]: got for got in receiver.got}
    assert sorted(came) == [event["seq"] for event in events]
    for event in events:
        message = standardwebhooks.Webhook(secret).verify(
            came[event["seq"]].body, came[event["seq"]].headers
        )
        assert message == {
            "type": f"section.{event['type']}",
            "timestamp": event["at"],
            "data": {name: event[name] for name in ("seq", "section", "locale", "version")},
        }
    (listed,) = site.read(MINE)["webhooks"]
    assert (listed["seq"], listed["waiting"]) == (events[-1]["seq"], 0)


def test_a_ping_and_what_became_of_it(sqlite_hub: Hub, receiver: Receiver) -> None:
    anywhere(sqlite_hub)
    site = Site(sqlite_hub)
    path = site.hook(receiver.url)["self"]
    receiver.behaviour = answering("503 Busy", body=b"<b>later</b>\xff")
    pinged = site.ask("POST", f"{path}/pings")
    assert (pinged.status_code, pinged.json()["state"]) == (202, "waiting")
    assert pinged.headers["location"] == f"{path}/deliveries/-1"
    assert site.read(MINE)["webhooks"][0]["waiting"] == 1
    postman(sqlite_hub.world.engine).drain()
    found = site.read(pinged.headers["location"])
    (attempt,) = found.pop("attempts")
    assert found == {
        "seq": -1,
        "state": "waiting",
        "due_at": "2026-11-23T09:00:05Z",
        "created_at": "2026-11-23T09:00:00Z",
        "ended_at": None,
        "attempts_made": 1,
        "url": f"{path}/deliveries/-1",
    }
    assert attempt.pop("duration_ms") >= 0
    assert attempt == {
        "number": 1,
        "at": "2026-11-23T09:00:00Z",
        "status": 503,
        "error": None,
        "answer": "<b>later</b>\ufffd",
    }
    refused(site.ask("GET", f"{path}/deliveries/-2"), 404, "delivery-not-found")
    refused(site.ask("GET", f"{path}/deliveries/9"), 404, "delivery-not-found")


def test_deliveries_come_in_pages(sqlite_hub: Hub, receiver: Receiver) -> None:
    anywhere(sqlite_hub)
    site = Site(sqlite_hub)
    path = site.hook(receiver.url)["self"]
    newest = sqlite_hub.read("/v1/changes?after=0")["next"]
    assert site.ask("POST", f"{path}/replays", {"after": 0, "to": newest}).json() == {
        "replayed": newest
    }
    seen: list[int] = []
    before = ""
    while True:
        page = site.read(f"{path}/deliveries?limit=2{before}")
        seen += [one["seq"] for one in page["deliveries"]]
        if page["next"] is None:
            break
        before = f"&before={page['next']}"
    assert seen == list(range(newest, 0, -1))
    assert site.read(f"{path}/deliveries?state=delivered")["deliveries"] == []
    postman(sqlite_hub.world.engine).drain()
    told = site.read(f"{path}/deliveries?state=delivered")["deliveries"]
    assert len(told) == newest
    assert (told[0]["due_at"], told[0]["ended_at"]) == (None, "2026-11-23T09:00:00Z")
    for span in ({"after": 2, "to": 2}, {"after": -1, "to": 2}, {"after": 0, "to": 1_001}):
        refused(site.ask("POST", f"{path}/replays", span), 422, "bad-input")


def test_what_fails_is_shown_then_switched_off_and_switched_on_again(
    sqlite_hub: Hub, receiver: Receiver, traveller: time_machine.Traveller
) -> None:
    anywhere(sqlite_hub)
    site = Site(sqlite_hub)
    path = site.hook(receiver.url)["self"]
    site.ask("POST", f"{path}/pings")
    worker = postman(sqlite_hub.world.engine)
    receiver.behaviour = answering("500 Oops")
    for _ in range(FAILING_AFTER):
        worker.drain()
        traveller.shift(timedelta(minutes=30))
    assert (site.read(path)["state"], site.read(path)["failures"]) == ("failing", FAILING_AFTER)
    tag = site.ask("GET", path).headers["etag"]
    receiver.behaviour = answering("410 Gone")
    traveller.shift(timedelta(days=1))
    worker.drain()
    off = site.read(path)
    assert (off["state"], off["off"]["reason"]) == ("off", "gone")
    assert "410" in off["off"]["message"]
    refused(site.ask("POST", f"{path}/pings"), 409, "webhook-off")
    refused(site.ask("POST", f"{path}/replays", {"after": 0, "to": 1}), 409, "webhook-off")
    refused(site.ask("PUT", path, {"url": URL}, if_match=tag), 412, "precondition-stale")
    refused(site.ask("PUT", path, {"url": URL}), 428, "precondition-missing")
    tag = site.ask("GET", path).headers["etag"]
    on = site.ask("PUT", path, {"url": receiver.url, "types": ["notice"]}, if_match=tag)
    assert (on.json()["state"], on.json()["off"], on.json()["types"]) == ("on", None, ["notice"])
    assert site.ask("POST", f"{path}/pings").status_code == 202
    body = {"url": receiver.url, "state": "off"}
    by_hand = site.ask("PUT", path, body, if_match=on.headers["etag"]).json()
    assert by_hand["off"]["reason"] == "by-hand"


def test_a_new_secret_works_beside_the_old_one_for_a_day(
    sqlite_hub: Hub, receiver: Receiver
) -> None:
    anywhere(sqlite_hub)
    site = Site(sqlite_hub)
    made = site.hook(receiver.url)
    renewed = site.ask("POST", f"{made['self']}/secrets")
    assert renewed.status_code == 201
    assert renewed.json()["secret_before_until"] == "2026-11-24T09:00:00Z"
    site.ask("POST", f"{made['self']}/pings")
    postman(sqlite_hub.world.engine).drain()
    (got,) = receiver.got
    for secret in (made["secret"], renewed.json()["secret"]):
        assert standardwebhooks.Webhook(secret).verify(got.body, got.headers)["type"] == "ping"


def test_an_editor_does_the_same_for_any_member(sqlite_hub: Hub) -> None:
    site = Site(sqlite_hub)
    mine = site.hook()
    theirs = f"/v1/members/ms/webhooks/{mine['id']}"
    told = sqlite_hub.read(theirs, by="editor")
    assert told["self"] == theirs
    assert sqlite_hub.ask("DELETE", theirs, by="administrator").status_code == 204
    refused(site.ask("GET", mine["self"]), 404, "webhook-not-found")
    path = "/v1/members/none/webhooks"
    refused(sqlite_hub.get(path, by="editor"), 404, "member-not-found")
    made = sqlite_hub.ask("POST", path, {"url": URL}, by="editor")
    refused(made, 404, "member-not-found")


@pytest.mark.parametrize(
    "url",
    [
        *("http://hooks.ms.example/", "https://localhost/", "https://127.0.0.1/", "https://[::1]/"),
        *("https://2130706433/", "https://hooks.ms.example:22/", "https://u:p@hooks.ms.example/"),
    ],
)
def test_an_address_within_is_refused(sqlite_hub: Hub, url: str) -> None:
    answer = Site(sqlite_hub).ask("POST", MINE, {"url": url})
    refused(answer, 422, "address-refused")


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": 7},
        {"types": ["told"]},
        {"types": "in_force"},
        {"locales": ["f r"]},
        {"pages": ["No Slug"]},
        {"member": "sm"},
        {"secret": "whsec_AAAA"},
        {"cursor": 0},
    ],
)
def test_what_is_no_webhook_is_refused(sqlite_hub: Hub, wrong: dict[str, Any]) -> None:
    answer = Site(sqlite_hub).ask("POST", MINE, {"url": URL} | wrong)
    assert answer.status_code == 422


def test_the_public_key_is_anybodys(sqlite_hub: Hub, tmp_path: Path) -> None:
    refused(sqlite_hub.get("/v1/webhook-key"), 404, "webhook-key-missing")
    file = tmp_path / "webhook.key"
    made = webhook_key.make(file)
    anywhere(sqlite_hub, webhook_key_file=file)
    assert sqlite_hub.read("/v1/webhook-key") == {"key": webhook_key.public(made)}
    file.chmod(0o644)
    refused(sqlite_hub.get("/v1/webhook-key"), 503, "webhook-key-unusable")


def test_a_server_sends_by_itself_and_ends_at_once(
    published_world: Any, receiver: Receiver
) -> None:
    app = open_app(published_world.engine, worker="on", webhook_targets="any")
    came = Event()
    answer = receiver.behaviour

    def behave(wire: Any) -> None:
        answer(wire)
        came.set()

    receiver.behaviour = behave
    with Promised(app) as client:
        hub = Hub(published_world, app, client)
        site = Site(hub)
        site.ask("POST", f"{site.hook(receiver.url)['self']}/pings")
        assert came.wait(30)
    assert len(receiver.got) == 1


def test_an_id_that_no_member_can_have_is_refused(sqlite_hub: Hub) -> None:
    for method, below in (("GET", ""), ("POST", "/1/pings"), ("DELETE", "/1")):
        path = f"/v1/members/{'0' * 64}/webhooks{below}"
        refused(sqlite_hub.ask(method, path, by="administrator"), 422, "bad-input")
