"""Answers in memory: the bytes of the route, never old ones, in bounded memory."""

import sys
import tracemalloc
from datetime import timedelta
from itertools import cycle, product
from typing import Any

import anyio
import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from api import published, table
from api.decide import Entry
from api.delivery import entry
from api.published import Published
from api.table import Table, cost_bytes
from content import clock
from content.database import writing
from content.errors import HubIsBusy
from content.publication import coding, generation
from content.publication.answer import as_json, etag
from content.publication.generation import Standing
from content.publication.problem import problem
from content.publication.representation import Representation
from content.records import version as versions
from content.review import submission
from tests.api.hubs import PROBLEM, Hub, open_app, refused
from tests.api.promised import Promised
from tests.world import TEXT, World, page

BENEFITS = "/v1/sections/benefits/en"
ACCEPTED = (None, "identity", "br", "gzip", "zstd", "gzip, deflate, br, zstd", "br;q=0", "*")
#: What is sent, beside what codings are accepted; {tag} is the tag of the answer without a coding.
CONDITIONS = (None, "{tag}", "W/{tag}", '"x", {tag}', "*", '"x"', "{br}", "{gzip}, {zstd}")
BESIDE: tuple[dict[str, str], ...] = ({}, {"origin": "https://a.example", "cookie": "a=b"})


class Asked:
    """One application, asked as a server would, with what came out before a client looks at it."""

    def __init__(self, hub: Hub) -> None:
        assert isinstance(hub.app, Published)
        self.app = hub.app
        assert hub.client.portal is not None
        self.portal = hub.client.portal

    def front(self, path: str, headers: dict[str, str], method: str = "GET") -> list[Any]:
        return self._ask(self.app, path, headers, method)

    def route(self, path: str, headers: dict[str, str], method: str = "GET") -> list[Any]:
        return self._ask(self.app.ordinary, path, headers, method)

    def _ask(self, app: Any, path: str, headers: dict[str, str], method: str) -> list[Any]:
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "scheme": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "server": ("testserver", 80),
            "client": ("testclient", 1),
            "headers": [(name.encode(), said.encode("latin-1")) for name, said in headers.items()],
        }
        self.portal.call(app, scope, receive, send)
        start, *bodies = sent
        body = b"".join(message.get("body", b"") for message in bodies)
        return [start["status"], [tuple(pair) for pair in start["headers"]], body]


def paths(world: World) -> list[str]:
    with world.reading() as session:
        return list(session.exec(select(Representation.path)))


def is_at_hand(hub: Hub, path: str) -> bool:
    return path.encode() in hub.app.state.hub.table.entries


@pytest.fixture
def compressed(hub: Hub) -> Hub:
    """With a tombstone among the answers, all compressed."""
    hub.world.withdraw("risks", "fr")
    coding.fill_all(hub.world.engine)
    return hub


def test_the_front_and_the_route_give_the_same_bytes(compressed: Hub) -> None:
    asked = Asked(compressed)
    statuses = set()
    more = cycle(product(BESIDE, ("GET", "HEAD")))
    for path in (*paths(compressed.world)[:4], "/v1/sections/risks/fr"):
        plain = compressed.get(path)
        assert is_at_hand(compressed, path)
        tag = plain.headers["etag"].split("-")[0].removesuffix('"') + '"'
        tags = {"tag": tag} | {name: f'{tag[:-1]}-{name}"' for name in ("br", "gzip", "zstd")}
        # One further with each of the five paths, so that each pair below meets all four of them.
        next(more)
        for accepted, condition in product(ACCEPTED, CONDITIONS):
            beside, method = next(more)
            headers = dict(beside)
            if accepted is not None:
                headers["accept-encoding"] = accepted
            if condition is not None:
                headers["if-none-match"] = condition.format(**tags)
            route = asked.route(path, headers, method)
            assert asked.front(path, headers, method) == route, (path, headers, method)
            statuses.add(route[0])
    assert statuses == {200, 304, 410}


words = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=30)
some = words | st.sampled_from(["br", "gzip;q=0.5, *", "*;q=0", '"x", *', "W/*"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.dictionaries(st.sampled_from(["accept-encoding", "if-none-match", "accept", "te"]), some))
def test_whatever_is_asked_they_say_the_same(sqlite_hub: Hub, headers: dict[str, str]) -> None:
    if not is_at_hand(sqlite_hub, BENEFITS):
        coding.fill_all(sqlite_hub.world.engine)
        sqlite_hub.get(BENEFITS)
    asked = Asked(sqlite_hub)
    assert asked.front(BENEFITS, headers) == asked.route(BENEFITS, headers)


def test_what_is_at_hand_needs_no_database(
    sqlite_hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sqlite_hub.get(BENEFITS)

    def refuse(*_: object) -> None:
        raise AssertionError("asked")

    monkeypatch.setattr("api.delivery.stored.read", refuse)
    assert sqlite_hub.get(BENEFITS).content == before.content
    assert sqlite_hub.ask("HEAD", BENEFITS).headers["etag"] == before.headers["etag"]
    assert sqlite_hub.get(f"{BENEFITS}?fallback=fr").status_code == 500


def test_only_whole_answers_to_their_own_address_are_kept(sqlite_hub: Hub) -> None:
    for path in ("/v1/sections/benefits/fr-CH", "/v1/sections", "/v1/changes", "/v1/sections/x/en"):
        sqlite_hub.get(path)
    assert sqlite_hub.get("/v1/sections/benefits/fr-CH").json()["requested_locale"] == "fr-CH"
    assert list(sqlite_hub.app.state.hub.table.entries) == []
    sqlite_hub.get("/v1/sections/benefits/EN?fallback=fr")
    assert is_at_hand(sqlite_hub, BENEFITS)


def test_the_answer_after_a_change_is_the_new_one(hub: Hub) -> None:
    for path in paths(hub.world):
        hub.get(path)
    assert "4 of 10" in hub.read(BENEFITS)["html"]
    hub.world.publish_page(page(TEXT.replace("4 of 10", "5 of 10")))
    assert "5 of 10" in hub.read(BENEFITS)["html"]
    hub.world.withdraw("benefits")
    assert hub.get(BENEFITS).status_code == 410
    assert hub.get("/v1/pages/treatment/en").json()["sections"][0]["section"] == "risks"


def test_a_change_that_the_feed_does_not_tell_counts_at_once(hub: Hub) -> None:
    before = hub.get(BENEFITS)
    hub.world.publish_translation("de")
    assert "de" in hub.read(BENEFITS)["urls"]["alternates"]
    coding.fill_all(hub.world.engine)
    assert "content-encoding" not in before.headers
    assert hub.get(BENEFITS, accept_encoding="br").headers["content-encoding"] == "br"


def test_a_commit_that_changes_no_answer_leaves_them_at_hand(sqlite_hub: Hub) -> None:
    sqlite_hub.get(BENEFITS)
    kept = sqlite_hub.app.state.hub.table.entries
    sqlite_hub.world.write(page(TEXT.replace("4 of 10", "5 of 10")))
    assert not sqlite_hub.app.state.hub.table.holds()
    assert "4 of 10" in sqlite_hub.read(BENEFITS)["html"]
    assert sqlite_hub.app.state.hub.table.entries is kept


def test_what_has_come_to_its_time_is_not_sent_from_memory(
    hub: Hub, traveller: time_machine.Traveller
) -> None:
    assert hub.read(BENEFITS)["status"] == "current"
    traveller.move_to("2027-11-20T23:59:59Z")
    assert hub.read(BENEFITS)["status"] == "current"
    traveller.move_to("2027-11-21T00:00:00Z")
    assert hub.read(BENEFITS)["status"] == "review-due"


def test_a_text_comes_into_force_at_its_hour(hub: Hub, traveller: time_machine.Traveller) -> None:
    hour = clock.now() + timedelta(days=2)
    hub.world.write(page(TEXT.replace("4 of 10", "5 of 10")))
    hub.world.submit("benefits")
    hub.world.review_all("benefits")
    with hub.world.acting("editor") as (session, editor):
        version = versions.opened(session, "benefits", "en")
        assert version is not None
        submission.schedule(session, editor, version, hour)
    hub.world.sign_off("benefits")
    for at, text in ((hour - timedelta(seconds=1), "4 of 10"), (hour, "5 of 10")):
        traveller.move_to(at, tick=False)
        assert text in hub.read(BENEFITS)["html"]
        assert text in hub.read(BENEFITS)["html"]
        assert is_at_hand(hub, BENEFITS)


def test_an_answer_counted_when_it_was_asked_whether_it_does(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look of another thread may end between any two lines."""
    assert "4 of 10" in hub.read(BENEFITS)["html"]
    there = hub.app.state.hub.table
    hub.world.publish_page(page(TEXT.replace("4 of 10", "5 of 10")))

    def looking() -> bool:
        there.look()
        return True

    monkeypatch.setattr(there, "holds", looking)
    assert "5 of 10" in hub.read(BENEFITS)["html"]


def test_a_text_that_is_refused_is_not_kept(sqlite_hub: Hub) -> None:
    sqlite_hub.get(BENEFITS)
    with writing(sqlite_hub.world.engine) as session:
        row = session.get(Representation, BENEFITS)
        assert row is not None
        row.status = 503
        row.body = as_json(problem("not-signed-off", 503, "Nobody signed this."))
        row.etag = etag(row.body)
        row.headers = as_json({"Content-Type": PROBLEM}).decode()
        session.flush()
        generation.step(session)
    assert sqlite_hub.get(BENEFITS).headers["cache-control"] == "no-store"
    assert not is_at_hand(sqlite_hub, BENEFITS)


# Min-Content-Seq


def test_who_asks_for_a_number_gets_it_or_is_told(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published, "MIN_SEQ_SECONDS_MAX", 0.01)
    for path in (BENEFITS, BENEFITS, "/v1/sections", "/v1/changes"):
        assert hub.get(path, min_content_seq="6").headers["content-seq"] == "6"
        answer = hub.get(path, min_content_seq="7")
        assert refused(answer, 503, "not-that-far")["seq"] == 6
        assert answer.headers["retry-after"] == "1"
    monkeypatch.setattr(published, "MIN_SEQ_SECONDS_MAX", 60)
    hub.world.withdraw("risks", "fr")
    assert hub.get(BENEFITS, min_content_seq="7").headers["content-seq"] == "7"


@pytest.mark.parametrize("said", ["", "-1", "x", "1.0", "1" * 11, "\u00b2"])
def test_a_number_that_is_none_is_refused(sqlite_hub: Hub, said: str) -> None:
    headers: Any = {"min-content-seq": said.encode("latin-1")}
    refused(sqlite_hub.client.get(BENEFITS, headers=headers), 422, "bad-input")


# The table


def made(size: int = 6_000) -> Entry:
    body = b"x" * size
    codings = {"br": b"b" * (size // 4), "gzip": b"g" * (size // 3), "zstd": b"z" * (size // 3)}
    told = {"Content-Type": "application/json", "Link": "x" * 100, "Surrogate-Key": "y" * 50}
    return entry.build(200, told, body, f'"{size:032}"', codings, 7)


STANDING = Standing(1, 7, None)


def filled(bytes_max: int, standing: Standing = STANDING) -> Table:
    there = Table(bytes_max, lambda: standing, None)
    there.look()
    return there


def test_memory_is_bounded_and_what_was_not_asked_for_goes_first() -> None:
    one = cost_bytes(made())
    there = filled(one * 3 + 10)
    for name in "abc":
        there.admit(f"/{name}", made(), STANDING, None)
    there.touch(b"/a")
    there.touch(b"/gone")
    there.admit("/d", made(), STANDING, None)
    assert list(there.entries) == [b"/c", b"/a", b"/d"]
    there.admit("/d", made(), STANDING, None)
    assert there.bytes == one * 3
    there.admit("/large", made(100_000), STANDING, None)
    assert b"/large" not in there.entries
    for number in range(1_000):
        there.admit(f"/{number}", made(), STANDING, None)
        assert there.bytes <= one * 3 + 10
    assert len(there.entries) == 3


def test_an_entry_takes_what_is_counted() -> None:
    there = filled(sys.maxsize)
    there.admit("/first", made(), STANDING, None)
    tracemalloc.start()
    before, counted = tracemalloc.get_traced_memory()[0], there.bytes
    for number in range(100):
        there.admit(f"/{number}", made(6_000 + number), STANDING, None)
    taken = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert taken < (there.bytes - counted) * 1.1
    assert taken / 100 < 16_000


def test_nothing_is_kept_where_nothing_may_be(published_world: World) -> None:
    app = open_app(published_world.engine, published_bytes_max=0)
    with Promised(app) as client:
        assert client.get(BENEFITS).status_code == 200
    assert app.state.hub.table.bytes == 0
    assert not app.state.hub.table.entries


def test_what_was_read_at_another_generation_does_not_enter() -> None:
    there = filled(1_000_000)
    there.admit("/a", made(), Standing(0, 7, None), None)
    there.admit("/b", made(), Standing(2, 7, None), None)
    there.admit("/c", made(), STANDING, clock.now())
    assert not there.entries


def test_a_table_that_was_not_confirmed_for_some_seconds_does_not_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 100.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    there = Table(1_000_000, lambda: STANDING, None)
    assert not there.holds()
    there.look()
    assert there.holds()
    now += table.SECONDS_CONFIRMED
    assert not there.holds()
    assert not there.is_confirmed()


def test_a_look_that_began_earlier_takes_nothing_back() -> None:
    later = Standing(2, 8, None)
    there = Table(1_000_000, lambda: STANDING, None)

    def slow() -> Standing:
        there._read = lambda: later
        there.look()
        return STANDING

    there._read = slow
    there.look()
    assert there.standing == later


def test_who_cannot_look_goes_to_the_database() -> None:
    def busy() -> Standing:
        raise HubIsBusy

    there = Table(1_000_000, busy, None)
    assert anyio.run(there.renew) is False
    there._read = lambda: STANDING
    assert anyio.run(there.renew) is True


def test_a_look_that_takes_long_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "LOOK_SECONDS_MAX", 0.01)

    async def story() -> bool:
        going = anyio.Event()

        def slow() -> Standing:
            anyio.from_thread.run(going.wait)
            return STANDING

        there = Table(1_000_000, slow, None)
        found = await there.renew()
        going.set()
        return found

    assert anyio.run(story) is False


def test_a_hub_that_could_not_look_for_some_seconds_is_not_ready(
    sqlite_hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_hub.app.state.hub.table, "is_confirmed", lambda: False)
    answer = sqlite_hub.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["freshness"] == "no look at the database for 5 seconds"
