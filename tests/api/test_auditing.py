"""A server that runs while somebody writes into its database."""

import anyio
import anyio.from_thread
import pytest

from api import auditing
from content.publication.answer import etag
from content.publication.representation import Representation
from tests.api.hubs import Hub, refused
from tests.tampering import tamper

BENEFITS = "/v1/sections/benefits/en"
TAMPERED = (
    "UPDATE document SET body = CAST(replace(CAST(body AS TEXT), '4 of 10', '9 of 10') AS BLOB)"
)


def told(hub: Hub) -> str:
    return str(hub.get("/readyz").json()["checks"]["sign_offs"])


@pytest.mark.parametrize("address", ["", f"{BENEFITS}/versions/1"])
def test_whoever_meets_changed_bytes_stops_them_for_everybody(
    sqlite_hub: Hub, address: str
) -> None:
    content = sqlite_hub.read(BENEFITS)["urls"]["content"]
    tamper(sqlite_hub.world.engine, TAMPERED)
    refused(sqlite_hub.get(address or content), 503, "not-signed-off")
    answer = sqlite_hub.get(BENEFITS)
    refused(answer, 503, "not-signed-off")
    assert answer.headers["cache-control"] == "no-store"
    assert "benefits/en/1 (not-signed-off)" in told(sqlite_hub)
    ready = sqlite_hub.get("/readyz")
    assert (ready.status_code, ready.json()["status"]) == (200, "ok")


def test_a_look_refuses_and_a_later_one_takes_it_back(sqlite_hub: Hub) -> None:
    hub = sqlite_hub.app.state.hub
    tamper(sqlite_hub.world.engine, TAMPERED)
    auditing.at_start(hub)
    assert sqlite_hub.get(BENEFITS).status_code == 503
    back = TAMPERED.replace("'4 of 10', '9 of 10'", "'9 of 10', '4 of 10'")
    tamper(sqlite_hub.world.engine, back)
    auditing.at_start(hub)
    assert sqlite_hub.get(BENEFITS).status_code == 200
    assert told(sqlite_hub) == "ok"


def test_an_answer_whose_bytes_alone_were_changed_is_made_anew_when_it_is_asked_for(
    sqlite_hub: Hub,
) -> None:
    before = sqlite_hub.get(BENEFITS).content
    tamper(sqlite_hub.world.engine, TAMPERED.replace("document", "representation"))
    assert sqlite_hub.get(BENEFITS).content == before


def test_an_answer_that_was_changed_with_its_tag_is_found_by_comparison(sqlite_hub: Hub) -> None:
    with sqlite_hub.world.reading() as session:
        row = session.get(Representation, BENEFITS)
        assert row is not None
        before = row.body
        body = row.body.replace(b"4 of 10", b"9 of 10")
    changed = "UPDATE representation SET body = :body, etag = :etag WHERE path = :path"
    tamper(sqlite_hub.world.engine, changed, body=body, etag=etag(body), path=BENEFITS)
    assert sqlite_hub.get(BENEFITS).content == body
    auditing.compare_answers(sqlite_hub.app.state.hub)
    assert sqlite_hub.get(BENEFITS).content == before


def test_nothing_that_is_wrong_with_the_database_ends_the_server(
    sqlite_hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    tamper(sqlite_hub.world.engine, "ALTER TABLE refusal RENAME TO gone")
    auditing.at_start(sqlite_hub.app.state.hub)
    # It goes on looking, and ends when it is told to.
    monkeypatch.setattr(auditing, "SECONDS_TO_BEGIN_WITH", 0)
    monkeypatch.setattr(auditing, "SECONDS_BETWEEN", 0)
    looks: list[bool] = []

    async def some() -> None:
        with anyio.CancelScope() as scope:

            def look(_hub: object, compare: bool) -> None:
                looks.append(compare)
                if len(looks) == 13:
                    anyio.from_thread.run_sync(scope.cancel)

            monkeypatch.setattr(auditing, "_try", look)
            await auditing.go_on(sqlite_hub.app.state.hub)

    anyio.run(some)
    assert looks == [True, *[False] * 11, True]
