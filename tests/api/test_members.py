"""Members' keys over HTTP: who gets in with which, and what a key that is no good is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from api import rounds
from api.dependencies import Hub as ServedHub
from content.database import writing
from content.errors import HubIsBusy
from content.syndication import member, member_key
from content.syndication.member import Particulars
from tests.api.hubs import Hub, open_app, refused
from tests.api.promised import Promised

MEMBERS = "/v1/members"
ME = f"{MEMBERS}/me"
EVERYTHING = ("read", "showing", "webhooks")
TOLD = {
    "name": "Example MS",
    "country": "CH",
    "contact": "web@ms.example",
    "site": "https://ms.example",
    "locales": ["fr", "de"],
}
#: What members read, and what stays open whatever the setting says.
GUARDED = (
    *("/v1", "/v1/locales", "/v1/sections", "/v1/sections/benefits", "/v1/sections/benefits/en"),
    *("/v1/sections/benefits/en/versions", "/v1/sections/benefits/en/versions/1"),
    *("/v1/pages/treatment/en", "/v1/changes"),
)
OPEN = (
    *("/", "/.well-known/api-catalog", "/problems/key-missing", "/healthz", "/readyz"),
    *("/v1/trust", "/v1/trust/1", "/proof/benefits/en", "/log/tile/0/000.p/9"),
)


def enter(hub: Hub, *ids: str) -> None:
    with writing(hub.world.engine) as session:
        for one in ids or ("ms",):
            told = Particulars("Example MS", "CH", "web@ms.example", "https://ms.example", ["fr"])
            member.add(session, one, told, by="operator")


def key(
    hub: Hub,
    of: str = "ms",
    name: str = "cms",
    scopes: tuple[str, ...] = EVERYTHING,
    days: int | None = None,
) -> str:
    with writing(hub.world.engine) as session:
        return member_key.make(session, of, name, scopes, by="operator", days=days)


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def asking(sqlite_hub: Hub) -> Iterator[Hub]:
    """A hub that wants to know who reads."""
    served: ServedHub = sqlite_hub.app.state.hub
    settings = served.settings.model_copy(update={"read_keys": "required"})
    sqlite_hub.app.state.hub = replace(served, settings=settings)
    yield sqlite_hub
    sqlite_hub.app.state.hub = served


def test_an_editor_enters_a_member_and_its_site_asks_who_it_is(hub: Hub) -> None:
    made = hub.ask("POST", MEMBERS, {"id": "ms"} | TOLD, by="editor")
    assert made.status_code == 201
    assert made.headers["location"] == f"{MEMBERS}/ms"
    assert made.json() == TOLD | {
        "id": "ms",
        "created_at": "2026-11-23T09:00:00Z",
        "closed_at": None,
        "url": f"{MEMBERS}/ms",
    }
    refused(hub.ask("POST", MEMBERS, {"id": "ms"} | TOLD, by="editor"), 409, "already-there")
    asked = {"name": "cms", "scope": ["read"], "days": 30}
    secret = hub.ask("POST", f"{MEMBERS}/ms/keys", asked, by="editor").json()["key"]
    mine = hub.get(ME, **bearer(secret))
    assert mine.headers["cache-control"] == "no-store"
    assert mine.json()["key"] == {"name": "cms", "scope": ["read"]}
    assert "contact" not in mine.json()
    (listed,) = hub.read(f"{MEMBERS}/ms/keys", by="administrator")["keys"]
    assert listed["expires_at"] == "2026-12-23T09:00:00Z"
    assert secret not in str(listed)
    assert hub.read(MEMBERS, by="editor")["members"][0]["keys"] == 1


def test_a_change_names_what_it_was_made_from(sqlite_hub: Hub) -> None:
    enter(sqlite_hub)
    path = f"{MEMBERS}/ms"
    tag = sqlite_hub.get(path, by="editor").headers["etag"]
    refused(sqlite_hub.ask("PUT", path, TOLD, by="editor"), 428, "precondition-missing")
    assert sqlite_hub.ask("PUT", path, TOLD, by="editor", if_match=tag).json()["locales"] == [
        "fr",
        "de",
    ]
    answer = sqlite_hub.ask("PUT", path, TOLD, by="editor", if_match=tag)
    refused(answer, 412, "precondition-stale")


def test_a_key_says_why_it_is_no_good_as_far_as_its_owner_may_know(
    sqlite_hub: Hub, traveller: time_machine.Traveller
) -> None:
    enter(sqlite_hub, "ms", "gone")
    good, revoked, short = (
        key(sqlite_hub),
        key(sqlite_hub, name="b"),
        key(sqlite_hub, name="c", days=1),
    )
    closed = key(sqlite_hub, "gone")
    sqlite_hub.ask("DELETE", f"{MEMBERS}/ms/keys/b", by="editor")
    sqlite_hub.ask("PUT", f"{MEMBERS}/gone/closure", by="editor")
    cases = {revoked: "key-revoked", closed: "key-revoked", good[:-1]: "key-unknown"}
    cases |= {"garbage": "key-unknown", member_key._drawn(): "key-unknown"}
    for path in (*GUARDED, "/v1/trust", "/log/tile/0/000.p/9", ME):
        for secret, code in cases.items():
            answer = sqlite_hub.get(path, **bearer(secret))
            refused(answer, 401, code)
            assert answer.headers["www-authenticate"] == "Bearer"
            assert answer.headers["cache-control"] == "no-store"
        assert sqlite_hub.get(path, **bearer(good)).status_code == 200, path
    traveller.shift(timedelta(days=1))
    refused(sqlite_hub.get("/v1", **bearer(short)), 401, "key-expired")


def test_where_anybody_reads_no_key_is_asked_for_and_any_good_one_will_do(sqlite_hub: Hub) -> None:
    enter(sqlite_hub)
    narrow = key(sqlite_hub, scopes=("webhooks",))
    for path in GUARDED:
        plain = sqlite_hub.get(path)
        assert plain.status_code == 200
        assert plain.headers["cache-control"].startswith("public")
        with_key = sqlite_hub.get(path, **bearer(narrow))
        assert (with_key.status_code, with_key.content) == (200, plain.content)
    assert sqlite_hub.get("/v1", Authorization="Basic YTpi").status_code == 200


def test_where_keys_are_required_reading_needs_one_with_that_scope(asking: Hub) -> None:
    enter(asking)
    good, narrow = key(asking), key(asking, name="hooks", scopes=("webhooks",))
    for path in GUARDED:
        answer = asking.get(path)
        refused(answer, 401, "key-missing")
        assert answer.headers["www-authenticate"] == "Bearer"
        refused(asking.get(path, **bearer(narrow)), 403, "scope-missing")
        found = asking.get(path, **bearer(good))
        assert found.status_code == 200
        kept = found.headers["cache-control"]
        assert kept.startswith("private"), "no cache that several share may hand it on"
        assert "public" not in kept
        same = asking.get(path, **bearer(good), If_None_Match=found.headers["etag"])
        assert (same.status_code, same.headers["cache-control"]) == (304, kept)
        assert asking.get(path, by="editor").status_code == 200, "people work here"
    for path in OPEN:
        assert asking.get(path).status_code == 200, path


def test_what_proves_a_text_is_open_to_a_readers_browser(asking: Hub) -> None:
    enter(asking)
    told = asking.get("/v1/sections/benefits/en", **bearer(key(asking))).json()["urls"]
    for name in ("content", "sign_off"):
        found = asking.get(told[name])
        assert found.status_code == 200
        assert found.headers["cache-control"].startswith("public")


def test_a_withdrawn_text_is_not_kept_for_others_either(asking: Hub) -> None:
    enter(asking)
    asking.world.withdraw("benefits")
    gone = asking.get("/v1/sections/benefits/en", **bearer(key(asking)))
    assert gone.status_code == 410
    assert gone.headers["cache-control"].startswith("private")


def test_a_person_is_no_member_and_a_member_no_person(sqlite_hub: Hub) -> None:
    enter(sqlite_hub)
    refused(sqlite_hub.get(ME, by="administrator"), 401, "key-unknown")
    refused(sqlite_hub.get(ME), 401, "key-missing")
    secret = key(sqlite_hub)
    for path in (MEMBERS, f"{MEMBERS}/ms", f"{MEMBERS}/ms/keys", "/v1/editing/people/me"):
        refused(sqlite_hub.get(path, **bearer(secret)), 401, "token-unknown")


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "me"},
        {"id": 7},
        {"locales": "fr"},
        {"locales": [1]},
        {"contact": "a@b.example\r\nBcc: c@d.example"},
        {"site": "javascript:alert(1)"},
        {"role": "administrator"},
        {"name": "\0"},
        {"country": None},
    ],
)
def test_what_is_no_member_is_refused(sqlite_hub: Hub, wrong: dict[str, Any]) -> None:
    answer = sqlite_hub.ask("POST", MEMBERS, {"id": "ms"} | TOLD | wrong, by="editor")
    refused(answer, 422, "bad-input")


def test_the_use_of_a_key_is_noted_beside_the_answers(
    sqlite_hub: Hub, traveller: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(sqlite_hub)
    secret = key(sqlite_hub)
    served: ServedHub = sqlite_hub.app.state.hub

    def last_used() -> str | None:
        (one,) = sqlite_hub.read(f"{MEMBERS}/ms/keys", by="editor")["keys"]
        told: str | None = one["last_used_at"]
        return told

    sqlite_hub.get("/v1/changes", **bearer(secret))
    assert last_used() is None, "no reader waits for a write"
    rounds.go_round(served)
    assert last_used() == "2026-11-23T09:00:00Z"
    traveller.shift(timedelta(minutes=59))
    sqlite_hub.get("/v1/changes", **bearer(secret))
    assert served.uses.take() == {}
    traveller.shift(timedelta(minutes=1))
    sqlite_hub.get("/v1/changes", **bearer(secret))

    def busy(*_: object) -> None:
        raise HubIsBusy

    with monkeypatch.context() as broken:
        broken.setattr(member_key, "note_uses", busy)
        rounds.note_uses(served)
    sqlite_hub.get("/v1/changes", **bearer(secret))
    rounds.note_uses(served)
    assert last_used() == "2026-11-23T10:00:00Z"


def test_what_was_used_is_noted_when_the_server_ends(sqlite_hub: Hub) -> None:
    enter(sqlite_hub)
    secret = key(sqlite_hub)
    with Promised(open_app(sqlite_hub.world.engine)) as another:
        assert another.get(ME, headers=bearer(secret)).status_code == 200
    (one,) = sqlite_hub.read(f"{MEMBERS}/ms/keys", by="editor")["keys"]
    assert one["last_used_at"] == "2026-11-23T09:00:00Z"
