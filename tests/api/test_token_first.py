"""Whoever has no token is turned away before the hub reads what they send."""

from typing import Any

import anyio
import pytest
from fastapi.routing import APIRoute

from api.app import EDITING
from api.delivery import webhooks
from api.dependencies import TokenFirst
from tests.api.hubs import PROBLEM, Hub
from tests.api.test_every_endpoint_every_role import WITH_TOKEN, Row

WRITES = [row for row in WITH_TOKEN if row.method != "GET"]


def ask_without_body(hub: Hub, method: str, path: str, headers: dict[str, str]) -> dict[str, Any]:
    """The head of the answer to a request whose body cannot be read."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("192.0.2.1", 50_000),
        "server": ("192.0.2.2", 80),
        "state": {},
    }
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        raise AssertionError("the body was read")

    async def send(message: Any) -> None:
        sent.append(message)

    async def run() -> None:
        await hub.app(scope, receive, send)

    anyio.run(run)
    return sent[0]


@pytest.mark.parametrize("row", WRITES, ids=str)
@pytest.mark.parametrize(
    "credentials", ["", "Bearer msif_unknown", "Basic YTpi"], ids=["none", "unknown", "basic"]
)
def test_the_body_of_a_stranger_is_not_read(busy_read_hub: Hub, row: Row, credentials: str) -> None:
    path = row.route.format(
        slug="drafted",
        locale="en",
        number=1,
        sha256="0" * 64,
        page="treatment",
        person_id="p",
        member_id="ms",
        seq=1,
        name="cms",
        webhook_id="w",
        role="r",
        token_id=1,
        key=1,
        unit="u",
        code="c",
        thread=1,
    )
    headers = {"content-type": "application/json", "content-length": "24000000"}
    if credentials:
        headers["authorization"] = credentials
    head = ask_without_body(busy_read_hub, row.method, path, headers)
    told = {name.decode(): value.decode() for name, value in head["headers"]}
    assert (head["status"], told["content-type"]) == (401, PROBLEM)
    assert told["www-authenticate"] == "Bearer"


def test_the_body_of_somebody_known_is_read(busy_hub: Hub) -> None:
    bearer = {"authorization": f"Bearer {busy_hub.token('author')}"}
    # FastAPI makes a 400 of whatever goes wrong while it reads a body.
    head = ask_without_body(busy_hub, "POST", "/v1/editing/imports", bearer)
    assert head["status"] == 400


def test_every_route_for_people_asks_for_the_token_first() -> None:
    routers = [*(module.router for module in EDITING), webhooks.theirs]
    routes = [route for router in routers for route in router.routes]
    assert len(routes) > 20
    assert all(isinstance(route, APIRoute) for route in routes)
    assert [route for route in routes if not isinstance(route, TokenFirst)] == []
