"""A server that has just started answers before it looked at everything, with nothing unseen."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import pytest
from httpx2 import Response

from api import auditing, first_look
from api.dependencies import Hub as Application
from content.publication.answer import etag
from tests.api.hubs import Hub, open_app, refused
from tests.api.promised import Promised
from tests.api.test_auditing import BENEFITS, TAMPERED
from tests.tampering import tamper
from tests.world import World

RISKS, TREATMENT = "/v1/sections/risks/en", "/v1/sections/treatment/en"
#: Texts, lists of them, and what tells of them.
WAITING = (
    "/v1/pages/treatment/en",
    "/v1/sections",
    "/v1/sections/benefits/en/versions",
    "/v1/sections/benefits/en/versions/1",
    "/v1/search?q=help",
    "/v1/changes",
    "/readyz",
)
SECONDS_MAX = 30


@contextmanager
def starting(world: World, patch: pytest.MonkeyPatch) -> Iterator[tuple[Hub, Event]]:
    """A server whose first look ends when the event is set, and not before."""
    go_on, look = Event(), auditing.at_start

    def looks_later(hub: Application) -> None:
        go_on.wait(SECONDS_MAX)
        look(hub)

    patch.setattr(auditing, "at_start", looks_later)
    app = open_app(world.engine)
    with Promised(app, raise_server_exceptions=False) as client:
        try:
            yield Hub(world, app, client), go_on
        finally:
            go_on.set()


class Asked(Thread):
    """A request that waits."""

    def __init__(self, hub: Hub, path: str) -> None:
        super().__init__(daemon=True)
        self.hub, self.path = hub, path
        self.answer: Response | None = None
        before = hub.app.state.hub.first_look.waiting
        self.start()
        while hub.app.state.hub.first_look.waiting == before and self.is_alive():
            pass  # it comes to where it waits, or is answered
        assert self.answer is None, path

    def run(self) -> None:
        self.answer = self.hub.get(self.path)

    def after_all(self) -> Response:
        self.join(SECONDS_MAX)
        assert self.answer is not None, self.path
        return self.answer


def test_what_was_changed_while_no_server_ran_is_not_served(
    published_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    tamper(published_world.engine, TAMPERED)
    with starting(published_world, monkeypatch) as (hub, go_on):
        # From the parent first: nobody has asked for the child yet.
        assert [one["section"] for one in hub.read(TREATMENT)["children"]] == ["risks"]
        for path in (BENEFITS, "/v1/sections/benefits/fr", f"{BENEFITS}.html"):
            refused(hub.get(path), 503, "not-signed-off")
        assert hub.read("/v1/sections/benefits")["locales"] == []
        assert hub.get(RISKS).status_code == hub.get(RISKS).status_code == 200
        asked = {path: Asked(hub, path) for path in WAITING}
        assert hub.get("/healthz").status_code == 200
        go_on.set()
        answers = {path: one.after_all() for path, one in asked.items()}
    for path, answer in answers.items():
        assert b"9 of 10" not in answer.content, path
    assert "benefits/en/1" in answers["/readyz"].text
    assert [one["section"] for one in answers["/v1/sections"].json()["sections"]] == [
        *("risks", "risks", "treatment", "treatment")
    ]


def test_what_passes_is_served_from_memory_at_once(
    published_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with starting(published_world, monkeypatch) as (hub, _):
        table = hub.app.state.hub.table
        first = hub.get(BENEFITS)
        second = hub.get(BENEFITS)
        assert (first.content, second.status_code) == (second.content, 200)
        assert table.given[200] == 1
        assert not hub.app.state.hub.first_look.is_over
        # A text is looked at once, whatever form of it is asked for.
        monkeypatch.setattr(hub.app, "look_at", None)
        assert hub.get(f"{BENEFITS}.txt").status_code == 200


def test_a_tombstone_is_answered_once_the_text_to_read_instead_was_looked_at(
    published_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with starting(published_world, monkeypatch) as (hub, go_on):
        go_on.set()
        path = "/v1/editing/sections/risks/withdrawal"
        body = {"reason": "error", "text": "Wrong.", "replacement": "benefits"}
        assert hub.ask("PUT", path, body, by="duty-1").status_code == 200
    tamper(published_world.engine, TAMPERED)
    monkeypatch.undo()
    with starting(published_world, monkeypatch) as (hub, _):
        told = refused(hub.get("/v1/sections/risks/fr"), 410, "withdrawn")
        assert told["replacement"]["locale"] == "en"


def test_what_cannot_be_looked_at_waits(
    published_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nobody can look at a text whose date is none.
    tamper(published_world.engine, "UPDATE version SET review_by = 'x' WHERE section = 'benefits'")
    with starting(published_world, monkeypatch) as (hub, go_on):
        asked = [Asked(hub, path) for path in (BENEFITS, "/v1/sections/nowhere/en", "/v1/sections")]
        assert hub.get(RISKS).status_code == 200
        go_on.set()
        for one in asked:
            refused(one.after_all(), 503, "not-signed-off")
        refused(hub.get("/v1/sections"), 503, "not-signed-off")
        assert hub.get(RISKS).status_code == 200


def test_so_many_wait_and_no_more(published_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_look, "WAITING_MAX", 0)
    with starting(published_world, monkeypatch) as (hub, _):
        refused(hub.get("/v1/sections"), 503, "too-many-waiting")


def test_an_answer_that_was_changed_with_its_text_is_none(
    published_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with published_world.reading() as session:
        row: Any = session.connection().exec_driver_sql(
            f"SELECT body FROM representation WHERE path = '{BENEFITS}'"
        )
        body = row.scalar_one().replace(b"4 of 10", b"9 of 10")
    changed = "UPDATE representation SET body = :body, etag = :etag WHERE path = :path"
    tamper(published_world.engine, TAMPERED)
    tamper(published_world.engine, changed, body=body, etag=etag(body), path=BENEFITS)
    with starting(published_world, monkeypatch) as (hub, _):
        refused(hub.get(BENEFITS), 503, "not-signed-off")
