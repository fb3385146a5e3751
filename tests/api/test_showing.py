"""A member's site tells what it shows, over HTTP."""

import json
from typing import Any

import pytest
import time_machine
from httpx2 import Response

from tests.api.hubs import Hub, contents, refused
from tests.api.test_members import bearer, enter, key

ME = "/v1/members/me/showing"


def shown(section: str = "benefits", locale: str = "en", **more: Any) -> dict[str, Any]:
    told = {"section": section, "locale": locale, "version": 1}
    return told | {"url": f"https://ms.example/{section}/{locale}"} | more


def put(hub: Hub, secret: str, body: Any) -> Response:
    return hub.ask("PUT", ME, body, headers=bearer(secret))


def test_a_site_is_told_what_to_do_about_each_text(hub: Hub) -> None:
    enter(hub)
    secret = key(hub)
    hub.world.withdraw("risks")
    answer = put(
        hub,
        secret,
        [
            shown(),
            shown("risks", "fr"),
            shown("nowhere"),
            shown(version=9, url="https://ms.example/"),
        ],
    )
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert told["counts"] == {
        "current": 1,
        "behind": 0,
        "outdated": 0,
        "withdrawn": 1,
        "unknown": 2,
    }
    states = {(one["section"], one["version"]): one for one in told["showing"]}
    assert states["benefits", 1]["state"] == "current"
    assert states["benefits", 1]["newest"] == {
        "version": 1,
        "status": "current",
        "url": "/v1/sections/benefits/en",
    }
    gone = states["risks", 1]
    assert (gone["state"], gone["newest"]) == ("withdrawn", None)
    assert gone["withdrawal"]["reason"] == "error"
    assert gone["withdrawal"]["text"] == "A number was wrong."
    assert hub.get(ME, **bearer(secret)).json() == told


def test_where_to_read_instead_is_told_in_the_language_of_the_text(sqlite_hub: Hub) -> None:
    enter(sqlite_hub)
    path = "/v1/editing/sections/benefits/withdrawal"
    body = {"reason": "error", "text": "Wrong.", "replacement": "risks"}
    assert sqlite_hub.ask("PUT", path, body, by="duty-1").status_code == 200
    (one,) = put(sqlite_hub, key(sqlite_hub), [shown(locale="fr")]).json()["showing"]
    assert one["withdrawal"]["replacement"] == {
        "section": "risks",
        "url": "/v1/sections/risks/fr",
    }


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"showing": []},
        [7],
        [shown(version="1")],
        [shown(version=True)],
        [shown(version=1.0)],
        [shown(version=0)],
        [shown(version=2**63)],
        [shown(more="x")],
        [shown(url="http://ms.example/")],
        [shown(url="https://ms.example/\0")],
        [shown("Not a slug")],
        [shown(locale="")],
        [shown(), shown()],
        [shown(), shown(version=2)],
        b"[{",
        b'[{"section":"a","locale":"en","version":NaN,"url":"https://ms.example/"}]',
        b"\xff\xfe",
    ],
)
def test_what_is_no_list_is_refused_and_the_last_one_stays(sqlite_hub: Hub, body: Any) -> None:
    enter(sqlite_hub)
    secret = key(sqlite_hub)
    put(sqlite_hub, secret, [shown()])
    before = contents(sqlite_hub.world.engine)
    answer = put(sqlite_hub, secret, body)
    assert answer.status_code in (400, 422), answer.text
    assert answer.json()["code"] in ("bad-input", "unreadable")
    assert contents(sqlite_hub.world.engine) == before


def test_a_list_that_is_too_long_is_refused(sqlite_hub: Hub) -> None:
    enter(sqlite_hub)
    secret = key(sqlite_hub)
    whole = [shown(url=f"https://ms.example/{number}") for number in range(10_000)]
    assert put(sqlite_hub, secret, whole).json()["counts"]["current"] == 10_000
    refused(put(sqlite_hub, secret, [*whole, shown()]), 422, "bad-input")
    assert len(sqlite_hub.get(ME, **bearer(secret)).json()["showing"]) == 10_000


def test_a_body_of_a_hundred_megabytes_is_not_read_to_its_end(sqlite_hub: Hub) -> None:
    enter(sqlite_hub)
    secret = key(sqlite_hub)
    sent = 0

    def parts() -> Any:
        nonlocal sent
        for _ in range(100):
            sent += 1
            yield b" " * 1_000_000

    headers = bearer(secret) | {"Content-Type": "application/json"}
    answer = sqlite_hub.client.request("PUT", ME, content=parts(), headers=headers)
    refused(answer, 413, "input-too-large")
    narrow = key(sqlite_hub, name="reads", scopes=("read",))
    body = json.dumps([shown()]).encode()
    refused(put(sqlite_hub, narrow, body), 403, "scope-missing")
    refused(put(sqlite_hub, "garbage", b" " * 30_000_000), 401, "key-unknown")


def test_editors_see_who_shows_what_and_how_far_behind(
    hub: Hub, traveller: time_machine.Traveller
) -> None:
    enter(hub, "ms", "sm", "silent")
    put(hub, key(hub), [shown(), shown(locale="fr")])
    put(hub, key(hub, "sm"), [shown(url="https://sm.example/")])
    path = "/v1/showing?section=benefits&limit=2"
    first = hub.get(path, by="editor")
    told = first.json()
    assert [(one["member"], one["locale"]) for one in told["showing"]] == [
        ("ms", "en"),
        ("sm", "en"),
    ]
    assert told["showing"][0]["state"] == "current"
    assert told["showing"][0]["shown_since"] == "2026-11-23T09:00:00Z"
    assert told["more"]
    following = first.headers["link"].partition("<")[2].partition(">")[0]
    rest = hub.read(following, by="board-1")
    assert [(one["member"], one["locale"]) for one in rest["showing"]] == [("ms", "fr")]
    assert not rest["more"]
    stale = {one["id"]: (one["reported_at"], one["stale"]) for one in told["members"]}
    at = "2026-11-23T09:00:00Z"
    assert stale == {"ms": (at, False), "silent": (None, True), "sm": (at, False)}
    traveller.move_to("2026-12-23T09:00:00Z", tick=False)
    with_token = bearer(hub.world.token("editor"))
    told = hub.get("/v1/showing?locale=FR&member=ms", **with_token).json()
    assert [one["section"] for one in told["showing"]] == ["benefits"]
    assert all(one["stale"] for one in told["members"])
    for wrong in ("/v1/showing?cursor=garbage", "/v1/showing?cursor=YQBi"):
        refused(hub.get(wrong, **with_token), 422, "bad-input")


def test_a_member_sees_its_own_list_alone(sqlite_hub: Hub) -> None:
    enter(sqlite_hub, "ms", "sm")
    mine, other = key(sqlite_hub), key(sqlite_hub, "sm")
    put(sqlite_hub, mine, [shown()])
    put(sqlite_hub, other, [shown("risks", url="https://sm.example/")])
    told = sqlite_hub.get(ME, **bearer(mine)).json()
    assert [one["url"] for one in told["showing"]] == ["https://ms.example/benefits/en"]
    for path in ("/v1/members/sm", "/v1/members/sm/keys", "/v1/showing", "/v1/members/sm/showing"):
        assert sqlite_hub.get(path, **bearer(mine)).status_code in (401, 404), path
