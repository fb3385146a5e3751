"""Search over HTTP."""

import pytest
from sqlalchemy import inspect, text

from api import auditing, cursor
from content import schema
from content.database import writing
from content.publication.search import patience
from tests.api.conftest import serving
from tests.api.hubs import Hub, refused
from tests.tampering import tamper
from tests.world import World

BEFORE_SEARCH = "0018_create_webhooks"

HIT = (
    *("section", "locale", "version", "status", "title", "summary", "snippet", "url", "page"),
    *("seq", "score"),
)


def test_hits_have_what_the_contract_says(hub: Hub) -> None:
    (hit,) = hub.read("/v1/search?q=nerves&locale=en")["hits"]
    assert tuple(hit) == HIT
    assert (hit["url"], hit["status"]) == ("/v1/sections/risks/en", "current")
    assert "<mark>nerves</mark>" in hit["snippet"]
    assert hub.read("/v1/search?q=nowhere") == {"hits": [], "more": False}


def test_a_search_goes_on_by_its_cursor_and_is_not_sent_twice(hub: Hub) -> None:
    first = hub.get("/v1/search?q=it&limit=1")
    assert first.headers["cache-control"].startswith("public, max-age=60")
    following = first.headers["link"].removeprefix("<").partition(">")[0]
    second = hub.get(following)
    assert second.json()["hits"][0]["url"] != first.json()["hits"][0]["url"]
    again = hub.get("/v1/search?q=it&limit=1", **{"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("asked", ["q=", "q=%22", "q=-a", "q=" + "x" * 201, "", "q=a&limit=51"])
def test_what_cannot_be_looked_for_is_refused(sqlite_hub: Hub, asked: str) -> None:
    assert sqlite_hub.get(f"/v1/search?{asked}").status_code == 422


@pytest.mark.parametrize(
    "parts", [("sections", "1"), ("search", "x"), ("search", "9999"), ("search", "1" * 99)]
)
def test_a_cursor_of_something_else_is_refused(sqlite_hub: Hub, parts: tuple[str, str]) -> None:
    answer = sqlite_hub.get(f"/v1/search?q=it&cursor={cursor.write(*parts)}")
    refused(answer, 422, "bad-input")


def test_a_search_that_takes_too_long_says_so(
    postgres_hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "STATEMENT_MAX_MS", 50)
    with writing(postgres_hub.world.engine) as session:
        session.connection().execute(text("LOCK TABLE search_words IN ACCESS EXCLUSIVE MODE"))
        answer = postgres_hub.get("/v1/search?q=nerves")
    refused(answer, 503, "search-too-slow")
    assert answer.headers["retry-after"] == "1"


@pytest.mark.begins_with("en", "fr")
def test_an_older_hub_with_texts_in_force_is_searched_once_its_upgrade_is_served(
    world: World,
) -> None:
    world.withdraw("benefits", "fr")
    schema.downgrade(world.engine, BEFORE_SEARCH)
    assert not {"search_entry", "search_words"} & set(inspect(world.engine).get_table_names())
    schema.migrate(world.engine)
    with serving(world.engine) as hub:
        for words, expected in (("register", "benefits"), ("nerves", "risks")):
            (hit,) = hub.read(f"/v1/search?q={words}&locale=en")["hits"]
            assert hit["url"] == f"/v1/sections/{expected}/en"
        assert {hit["section"] for hit in hub.read("/v1/search?q=fr&locale=fr")["hits"]} == {
            "risks",
            "treatment",
        }


def test_after_an_upgrade_the_index_fills_itself_at_the_start(sqlite_hub: Hub) -> None:
    for table in ("search_words", "search_entry"):
        tamper(sqlite_hub.world.engine, f"DELETE FROM {table}")
    assert sqlite_hub.read("/v1/search?q=nerves")["hits"] == []
    auditing.at_start(sqlite_hub.app.state.hub)
    assert sqlite_hub.read("/v1/search?q=nerves")["hits"] != []
