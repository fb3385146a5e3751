"""Recalls over HTTP."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlalchemy.exc import OperationalError

from api import rounds
from api.dependencies import Hub as ServedHub
from content.syndication import recall, reminder
from tests.api.hubs import Hub, refused
from tests.api.test_members import enter, key
from tests.api.test_showing import put, shown

RECALLS = "/v1/recalls"


def test_an_editor_follows_a_withdrawal_from_site_to_site(
    hub: Hub, traveller: time_machine.Traveller
) -> None:
    enter(hub, "ms", "sm")
    mine, other = key(hub), key(hub, "sm")
    put(hub, mine, [shown(), shown(url="https://ms.example/again")])
    put(hub, other, [shown("risks")])
    assert hub.read(RECALLS, by="editor") == {"recalls": []}
    hub.world.withdraw("benefits", "en")
    newest, last = hub.read(RECALLS, by="board-1")["recalls"]
    assert (newest["locale"], newest["open"], newest["showed"]) == ("fr", False, 0)
    assert (last["locale"], last["open"], last["showed"], last["done"]) == ("en", True, 1, 0)
    assert hub.read(f"{RECALLS}?state=open", by="editor")["recalls"] == [last]
    assert hub.read(f"{RECALLS}?before={newest['seq']}", by="editor")["recalls"] == [last]
    feed = hub.read("/v1/changes")["events"]
    assert last["seq"] in [one["seq"] for one in feed if one["type"] == "withdrawn"]

    told = hub.read(last["url"], by="duty-1")
    assert (told["reason"], told["text"], told["closed_at"]) == (
        "error",
        "A number was wrong.",
        None,
    )
    ms, sm = told["members"]
    assert [one["url"] for one in ms["showed"]] == [
        "https://ms.example/again",
        "https://ms.example/benefits/en",
    ]
    assert (ms["state"], sm["state"]) == ("not-reported-since", "never-showed")

    traveller.shift(90)
    assert put(hub, mine, [shown()]).json()["counts"]["withdrawn"] == 1
    assert hub.read(last["url"], by="editor")["members"][0]["state"] == "still-shows"
    put(hub, mine, [])
    told = hub.read(last["url"], by="editor")
    assert (told["open"], told["closed_at"]) == (False, "2026-11-23T09:01:30Z")
    assert told["members"][0]["took_seconds"] == 90


def test_a_line_is_closed_by_hand_with_a_reason(sqlite_hub: Hub) -> None:
    enter(sqlite_hub)
    put(sqlite_hub, key(sqlite_hub), [shown()])
    sqlite_hub.world.withdraw("benefits")
    (one,) = sqlite_hub.read(f"{RECALLS}?state=open", by="editor")["recalls"]
    path = f"{one['url']}/members/ms/closure"
    body = {"reason": "Seen by telephone."}
    refused(sqlite_hub.ask("PUT", path, {}, by="editor"), 422, "bad-input")
    closed = sqlite_hub.ask("PUT", path, body, by="editor")
    assert closed.json()["closed_at"] == "2026-11-23T09:00:00Z"
    refused(sqlite_hub.ask("PUT", path, body, by="editor"), 409, "state-has-moved")
    (line,) = sqlite_hub.read(one["url"], by="editor")["members"]
    assert line["state"] == "closed"
    assert line["closed"] == {"by": "editor", "at": "2026-11-23T09:00:00Z"} | body
    refused(sqlite_hub.get(f"{RECALLS}/999", by="editor"), 404, "recall-not-found")


def test_a_server_reminds_members_by_itself(
    sqlite_hub: Hub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    enter(sqlite_hub)
    put(sqlite_hub, key(sqlite_hub), [shown()])
    sqlite_hub.world.withdraw("benefits")
    served: ServedHub = sqlite_hub.app.state.hub
    hub = "https://hub.example"
    told = {"data_dir": tmp_path / "var", "worker": "on", "public_url": hub}
    here = replace(served, settings=served.settings.model_copy(update=told))
    off = replace(served, settings=served.settings.model_copy(update=told | {"worker": "off"}))
    outbox = here.settings.outbox

    def broken(_: object) -> bool:
        raise OperationalError("", {}, Exception())

    rounds.go_round(off)
    with monkeypatch.context() as down:
        down.setattr(reminder, "anything_due", broken)
        rounds.go_round(here)
    assert not outbox.exists()
    (one,) = sqlite_hub.read(f"{RECALLS}?state=open", by="editor")["recalls"]
    assert reminders(sqlite_hub, one["url"]) == {"sent_at": [], "next_at": None, "error": None}
    rounds.go_round(here)
    rounds.go_round(here)
    (letter,) = outbox.iterdir()
    sent_letter = letter.read_bytes()
    assert b"https://ms.example/benefits/en" in sent_letter
    assert b"https://hub.example/v1/sections/benefits/en" in sent_letter.replace(b"=\r\n", b"")
    sent = {"sent_at": ["2026-11-23T09:00:00Z"], "error": None}
    assert reminders(sqlite_hub, one["url"]) == sent | {"next_at": "2026-11-24T09:00:00Z"}
    body = {"reason": "Seen by telephone."}
    sqlite_hub.ask("PUT", f"{one['url']}/members/ms/closure", body, by="editor")
    assert reminders(sqlite_hub, one["url"]) == sent | {"next_at": None}


def reminders(hub: Hub, url: str) -> Any:
    (line,) = hub.read(url, by="editor")["members"]
    return line["reminders"]


def test_a_server_opens_recalls_by_itself(sqlite_hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    sqlite_hub.world.withdraw("benefits")
    served: ServedHub = sqlite_hub.app.state.hub

    def broken(_: object) -> bool:
        raise OperationalError("", {}, Exception())

    with monkeypatch.context() as down:
        down.setattr(recall, "anything_due", broken)
        rounds.go_round(served)
    rounds.go_round(served)
    with sqlite_hub.world.reading() as session:
        assert not recall.anything_due(session)
        assert len(recall.listed(session, before=999, limit=9, open_only=False)) == 2
