"""What reading costs as a hub grows: a small and a large one, measured in turn in one run."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from fastapi.testclient import TestClient
from sqlalchemy import Engine

from api.app import create_app
from content.settings import Settings
from tests.bench.large_hub import LargeHub

#: Sections of the bundled page, near enough, and of the large one.
SMALL = 14
LARGE = 1_000
ROUNDS = 60
LIST_PAGE = 50


@dataclass(frozen=True)
class Ratio:
    """How much dearer the large case is than the small one, medians of one run."""

    what: str
    small_ms: float
    large_ms: float

    @property
    def value(self) -> float:
        return self.large_ms / self.small_ms


def filled(engine: Engine, sections: int) -> LargeHub:
    hub = LargeHub(engine)
    hub.fill(sections)
    return hub


def client(engine: Engine) -> TestClient:
    url = engine.url.render_as_string(hide_password=False)
    return TestClient(create_app(Settings(database_url=url)))


def compare(what: str, small: Callable[[], object], large: Callable[[], object]) -> Ratio:
    """Both in turn, so that whatever else the machine does meets both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for work, kept in zip((small, large), times, strict=True):
            begun = time.perf_counter()
            work()
            kept.append((time.perf_counter() - begun) * 1_000)
    return Ratio(what, statistics.median(times[0]), statistics.median(times[1]))


def one_section(small: TestClient, large: TestClient) -> Ratio:
    path = "/v1/sections/section-7/fr"
    return compare("GET of one section", lambda: _get(small, path), lambda: _get(large, path))


def list_depth(large: TestClient) -> Ratio:
    """The first page of the list against one far down."""
    cursor = ""
    for _ in range(LARGE * 4 // LIST_PAGE - 2):
        answer = _get(large, f"/v1/sections?limit={LIST_PAGE}&cursor={cursor}")
        cursor = answer["cursor"]
    return compare(
        "list page, last against first",
        lambda: _get(large, f"/v1/sections?limit={LIST_PAGE}"),
        lambda: _get(large, f"/v1/sections?limit={LIST_PAGE}&cursor={cursor}"),
    )


def list_size(small: TestClient, large: TestClient) -> Ratio:
    path = "/v1/sections?limit=10"
    return compare("list page of ten", lambda: _get(small, path), lambda: _get(large, path))


def _get(hub: TestClient, path: str) -> dict[str, str]:
    answer = hub.get(path)
    assert answer.status_code == 200, (path, answer.text[:200])
    told: dict[str, str] = answer.json()
    return told
