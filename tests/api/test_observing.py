"""An operator reads the log and the metrics; no reader is in them."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from content import log_lines
from tests.api.hubs import Hub

ID = "0f9c2d8e-from-proxy"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What a server writes as JSON."""
    root = logging.getLogger()
    before = (root.handlers, root.level)
    stream = io.StringIO()
    log_lines.configure("json", stream)
    yield stream
    root.handlers, root.level = before


def told(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def answered(lines: io.StringIO) -> list[dict[str, Any]]:
    return [line for line in told(lines) if line["event"] == "answered"]


def metric(hub: Hub, name: str, **labels: str) -> float:
    text = hub.get("/metrics").text
    samples = [one for family in text_string_to_metric_families(text) for one in family.samples]
    found = [
        one.value for one in samples if one.name == name and labels.items() <= one.labels.items()
    ]
    assert found, (name, labels, text)
    return sum(found)


def test_a_request_leaves_one_line_without_the_reader(sqlite_hub: Hub, lines: io.StringIO) -> None:
    headers = {"User-Agent": "Somebody/1", "X-Forwarded-For": "203.0.113.9"}
    answer = sqlite_hub.ask("GET", "/v1/sections?page=secret-word", headers=headers)
    (line,) = answered(lines)
    assert (line["method"], line["route"], line["path"]) == ("GET", "/v1/sections", "/v1/sections")
    assert (line["status"], line["bytes"]) == (200, len(answer.content))
    # What caches keep for others has nothing of one request in it.
    assert (len(line["request"]), "x-request-id" in answer.headers) == (32, False)
    assert not any(one in lines.getvalue() for one in ("secret-word", "Somebody", "203.0.113.9"))


def test_a_token_is_in_no_line(sqlite_hub: Hub, lines: io.StringIO) -> None:
    sqlite_hub.get("/v1/editing/people/me", by="editor")
    assert sqlite_hub.token("editor") not in lines.getvalue()


def test_the_id_of_a_proxy_is_taken_and_nonsense_is_not(
    sqlite_hub: Hub, lines: io.StringIO
) -> None:
    path = "/v1/editing/people/me"
    answer = sqlite_hub.get(path, X_Request_Id=ID)
    assert answer.headers["x-request-id"] == answered(lines)[0]["request"] == ID
    for odd in ("short", "a" * 65, 'quote"quote', "with blank"):
        given = sqlite_hub.get(path, X_Request_Id=odd).headers["x-request-id"]
        assert (given != odd, len(given)) == (True, 32)


def test_health_and_metrics_leave_no_line(sqlite_hub: Hub, lines: io.StringIO) -> None:
    for path in ("/healthz", "/readyz", "/metrics"):
        sqlite_hub.get(path)
    assert answered(lines) == []


def test_what_breaks_is_written_with_the_id_that_the_client_sees(
    sqlite_hub: Hub, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("content.publication.listing.locale_coverage", broken)
    sqlite_hub.client._transport.raise_server_exceptions = False  # type: ignore[attr-defined]
    answer = sqlite_hub.get("/v1/locales")
    assert answer.status_code == 500
    assert answer.json()["request"] == answer.headers["x-request-id"]
    assert answered(lines)[-1]["request"] == answer.json()["request"]
    assert answered(lines)[-1]["status"] == 500


def test_requests_are_counted_by_route(sqlite_hub: Hub) -> None:
    for slug in ("one", "two", "three"):
        sqlite_hub.get(f"/v1/sections/{slug}")
    sqlite_hub.client.head("/v1/locales")
    sqlite_hub.client.request("BREW", "/nowhere")
    route = {"route": "/v1/sections/{slug}", "status": "404", "method": "GET"}
    assert metric(sqlite_hub, "msif_requests_total", **route) == 3
    assert metric(sqlite_hub, "msif_request_seconds_count", route="/v1/sections/{slug}") == 3
    assert metric(sqlite_hub, "msif_requests_total", route="/v1/locales", method="HEAD") == 1
    assert metric(sqlite_hub, "msif_requests_total", route="other", method="other") == 1


def test_answers_from_memory_are_counted_and_leave_no_line(
    sqlite_hub: Hub, lines: io.StringIO
) -> None:
    path = "/v1/sections/benefits/en"
    first = sqlite_hub.get(path)
    for _ in range(3):
        sqlite_hub.get(path)
    sqlite_hub.get(path, If_None_Match=first.headers["etag"])
    assert metric(sqlite_hub, "msif_published_given", status="200") == 3
    assert metric(sqlite_hub, "msif_published_given", status="304") == 1
    assert metric(sqlite_hub, "msif_published") == 1
    assert len(answered(lines)) == 1


def test_texts_are_told_by_their_label(sqlite_hub: Hub) -> None:
    sqlite_hub.world.withdraw("benefits")
    # In English and in French; the tombstone of a page stands at two addresses, and is one text.
    assert metric(sqlite_hub, "msif_texts", label="withdrawn") == 2
    assert metric(sqlite_hub, "msif_texts", label="current") > 1
    assert metric(sqlite_hub, "msif_seq") == sqlite_hub.read("/v1")["seq"]
    assert metric(sqlite_hub, "msif_database_up") == 1


def test_a_database_that_is_gone_is_told(sqlite_hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite_hub.world.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE representation")
    assert metric(sqlite_hub, "msif_database_up") == 0


def test_lines_for_people_name_what_happened() -> None:
    root = logging.getLogger()
    before = (root.handlers, root.level)
    stream = io.StringIO()
    log_lines.configure("text", stream)
    logging.getLogger("a.server").info("Started", extra={"color_message": "\x1b[1mStarted"})
    root.handlers, root.level = before
    assert "Started" in stream.getvalue()
    assert "\x1b" not in stream.getvalue()
