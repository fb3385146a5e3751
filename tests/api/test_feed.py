"""The feed as it comes: waiting for it, streaming it, and the trust files it tells of."""

import json
import threading
from typing import Any

import anyio
import pytest
from httpx2 import Response

from api import newest
from api.delivery import stream
from api.delivery.changes import Asked
from api.newest import Newest
from content.errors import HubIsBusy
from tests.api.hubs import Hub, refused, signed

WAIT = "/v1/changes?wait=30&after="


class Asking(threading.Thread):
    """Somebody who asks, and waits for the answer."""

    def __init__(self, hub: Hub, path: str) -> None:
        super().__init__(daemon=True)
        self.hub, self.path = hub, path
        self.answer: Response | None = None

    def run(self) -> None:
        self.answer = self.hub.get(self.path)

    def told(self) -> Any:
        self.join(timeout=60)
        assert self.answer is not None, "nothing came"
        assert self.answer.status_code == 200
        return self.answer.json()


def waiting(hub: Hub, path: str) -> Asking:
    """Somebody who waits by now."""
    before = hub.app.state.hub.newest.waiting
    asking = Asking(hub, path)
    asking.start()
    while hub.app.state.hub.newest.waiting == before:
        assert asking.is_alive()
    return asking


def test_who_waits_hears_of_what_comes(hub: Hub) -> None:
    first, second = waiting(hub, f"{WAIT}6"), waiting(hub, f"{WAIT}6&locale=fr")
    hub.world.withdraw("risks", "fr")
    for one in (first, second):
        told = one.told()
        assert [event["type"] for event in told["events"]] == ["withdrawn"]
        assert (told["next"], told["more"]) == (7, False)
        assert one.answer is not None
        assert one.answer.headers["cache-control"] == "no-store"
    assert hub.app.state.hub.newest.waiting == 0


def test_what_is_filtered_out_ends_no_waiting(hub: Hub) -> None:
    asking = waiting(hub, f"{WAIT}6&locale=it")
    other = waiting(hub, f"{WAIT}6")
    hub.world.publish_translation("de")
    assert {event["locale"] for event in other.told()["events"]} == {"de"}
    assert asking.is_alive()
    hub.world.withdraw("risks", "de")
    told = asking.told()
    assert [(one["type"], one["locale"]) for one in told["events"]] == [("withdrawn", "de")]


def test_what_is_there_is_told_without_waiting_and_nothing_when_the_time_is_over(
    sqlite_hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(sqlite_hub.read(f"{WAIT}0")["events"]) == 6
    assert sqlite_hub.read("/v1/changes?after=6&wait=1") == {"events": [], "next": 6, "more": False}
    for seconds in (-1, 31):
        refused(sqlite_hub.get(f"/v1/changes?wait={seconds}"), 422, "bad-input")
    monkeypatch.setattr(newest, "WAITING_MAX", 0)
    refused(sqlite_hub.get(f"{WAIT}6"), 503, "too-many-waiting")
    refused(sqlite_hub.get("/v1/changes/stream?after=6"), 503, "too-many-waiting")


def test_a_look_that_fails_is_followed_by_one_that_does_not() -> None:
    looks: list[int] = []

    def look() -> int:
        looks.append(3)
        if len(looks) == 1:
            raise HubIsBusy
        return 3

    async def story() -> bool:
        feed = Newest()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(feed.follow, look)
            with feed.place():
                came = await feed.beyond(2, 60)
                assert not await feed.beyond(3, 0)
            tasks.cancel_scope.cancel()
        return came

    assert anyio.run(story)


def streamed(hub: Hub, monkeypatch: pytest.MonkeyPatch, query: str = "", **headers: str) -> Any:
    """(id, event) of each that a stream tells, which ends at once."""
    monkeypatch.setattr("api.delivery.stream.STREAM_SECONDS_MAX", 0)
    answer = hub.get(f"/v1/changes/stream{query}", **headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    parts = answer.text.removesuffix("\n\n").split("\n\n")
    assert parts[0] == "retry: 3000"
    told = []
    for part in parts[1:]:
        fields = dict(line.split(": ", 1) for line in part.split("\n"))
        told.append((int(fields["id"]), json.loads(fields["data"]) if "data" in fields else None))
    return told


def test_a_stream_tells_what_the_feed_tells_and_resumes(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = hub.read("/v1/changes")["events"]
    whole = streamed(hub, monkeypatch)
    assert whole == [*((one["seq"], one) for one in events), (6, None)]
    part = streamed(hub, monkeypatch, "?limit=2")
    assert [event for _, event in part if event] == events
    resumed = streamed(hub, monkeypatch, "?after=1", last_event_id="4")
    assert [seq for seq, event in resumed if event] == [5, 6]
    french = streamed(hub, monkeypatch, "?after=3&locale=it")
    assert french == [(6, None)]


def test_a_stream_goes_on_when_something_comes(hub: Hub) -> None:
    served = hub.app.state.hub
    wanted = Asked(after=6, locale="", page="", limit=100)

    async def story() -> list[bytes]:
        told: list[bytes] = []
        answer = await stream.stream_changes(served, wanted)
        parts: Any = answer.body_iterator
        while b"withdrawn" not in (told or [b""])[-1]:
            told.append(await anext(parts))
            if told[-1] == b"id: 6\n\n":
                await anyio.to_thread.run_sync(hub.world.withdraw, "risks", "fr")
        await parts.aclose()
        return told

    assert hub.client.portal is not None
    told = hub.client.portal.call(story)
    assert told[:2] == [b"retry: 3000\n\n", b"id: 6\n\n"]
    assert told[-1].startswith(b"id: 7\nevent: withdrawn\ndata: {")
    assert served.newest.waiting == 0


def test_the_head_of_a_stream_ends(sqlite_hub: Hub) -> None:
    answer = sqlite_hub.ask("HEAD", "/v1/changes/stream")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert sqlite_hub.app.state.hub.newest.waiting == 0


def test_a_stream_refuses_what_is_no_number_and_what_this_hub_never_came_to(hub: Hub) -> None:
    for said in ("x", "-1", "1" * 11):
        refused(hub.get("/v1/changes/stream", last_event_id=said), 422, "bad-input")
    refused(hub.get("/v1/changes/stream", last_event_id="7"), 422, "bad-input")


def test_a_new_trust_file_is_told_whatever_a_reader_asks_for(hub: Hub) -> None:
    digest = hub.world.propose_trust()
    for person in ("board-1", "board-2", "board-3"):
        told = signed(person, digest)
        path = f"/v1/editing/trust/{digest}/signatures"
        assert hub.ask("POST", path, told, by=person).status_code == 201
    for query in ("after=6", "after=6&locale=it", "after=6&page=elsewhere"):
        (event,) = hub.read(f"/v1/changes?{query}")["events"]
        assert event == {
            "seq": 7,
            "type": "trust",
            "section": None,
            "locale": None,
            "version": 2,
            "sha256": digest,
            "page": None,
            "at": event["at"],
            "change": None,
            "reason": None,
        }
