"""From the commit of a publication to the last process that serves it, under load.

`python -m tests.bench.spreading` prints p50, p99 and the worst for SQLite, three processes of one
machine, and for PostgreSQL, two machines with two processes each: data folders that share nothing.
Each process is asked all the while by somebody else, too.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from threading import Event

import time_machine

from content import database, schema
from content.generation_word import GenerationWord
from tests.postgres import fresh_database, postgres_server
from tests.reader import TODAY
from tests.servers import Server, serving
from tests.world import TEXT, World, page

PATH, OTHER = "/v1/sections/benefits/en", "/v1/sections/risks/en"
PUBLICATIONS = 100
#: What has to come is waited for so long, in seconds; by far longer than it takes.
SECONDS_MAX = 30.0
#: Answers that somebody else asks each process for at a time.
LOAD = 1_000


@dataclass(frozen=True)
class Spread:
    """Seconds from commit to the last process, of many publications. Frozen."""

    seconds: tuple[float, ...]

    @property
    def p50(self) -> float:
        return statistics.median(self.seconds)

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.seconds, n=100, method="inclusive")[98]

    @property
    def worst(self) -> float:
        return max(self.seconds)


@contextmanager
def on_sqlite(folder: Path) -> Iterator[tuple[World, list[Server]]]:
    """Three processes of one machine, and a writer on the same."""
    url = f"sqlite:///{folder / 'content.db'}"
    world = _filled(World(database.connect(url, GenerationWord(folder / "generation"))))
    with serving(url, folder, 3) as servers:
        yield world, servers
    world.engine.dispose()


@contextmanager
def on_postgres(server_url: str, folder: Path) -> Iterator[tuple[World, list[Server]]]:
    """Two machines with two processes each, and a writer on a third."""
    url = fresh_database(server_url)
    world = _filled(World(database.connect(url)))
    with serving(url, folder / "a", 2) as here, serving(url, folder / "b", 2) as there:
        yield world, [*here, *there]
    world.engine.dispose()


def _filled(world: World) -> World:
    schema.migrate(world.engine)
    world.people()
    world.publish_page()
    return world


def measured(world: World, servers: list[Server], publications: int = PUBLICATIONS) -> Spread:
    """Each publication changes one text; every process is asked until its answer has the change."""
    took = []
    with ThreadPoolExecutor(len(servers)) as askers, _under_load(servers):
        for number in range(publications):
            words = f"{number} of 1{number}"
            world.write(page(TEXT.replace("4 of 10", words)))
            digest = world.put_to_signature("benefits")
            for signer in ("board-1", "board-2"):
                world.sign(digest, signer)
            ready = Event()
            seen = [askers.submit(_seen, one, words.encode(), ready) for one in servers]
            world.sign(digest, "board-3")
            committed = time.monotonic()
            ready.set()
            took.append(max(one.result() for one in seen) - committed)
    return Spread(tuple(took))


def _seen(server: Server, words: bytes, ready: Event) -> float:
    """When a process had the new words in an answer."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=SECONDS_MAX)
    ready.wait(SECONDS_MAX)
    end = time.monotonic() + SECONDS_MAX
    try:
        while True:
            connection.request("GET", PATH)
            if words in connection.getresponse().read():
                return time.monotonic()
            assert time.monotonic() < end, f"{PATH} is not as published"
    finally:
        connection.close()


@contextmanager
def _under_load(servers: list[Server]) -> Iterator[None]:
    """Somebody asks each of them all the while."""
    over = Event()

    def ask(server: Server) -> None:
        while not over.is_set():
            assert set(server.statuses(OTHER, LOAD)) == {200}

    with ThreadPoolExecutor(len(servers)) as threads:
        asked: list[Future[None]] = [threads.submit(ask, one) for one in servers]
        try:
            yield
        finally:
            over.set()
    for one in asked:
        one.result()


def table(publications: int = PUBLICATIONS) -> Iterator[str]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stack.enter_context(time_machine.travel(TODAY, tick=True))
        for name in ("sqlite", "postgres"):
            (folder / name).mkdir()
        with on_sqlite(folder / "sqlite") as (world, servers):
            yield _line("SQLite, 3 processes", measured(world, servers, publications))
        with (
            postgres_server() as url,
            on_postgres(url, folder / "postgres") as (world, servers),
        ):
            yield _line("PostgreSQL, 2 + 2 processes", measured(world, servers, publications))


def _line(what: str, spread: Spread) -> str:
    ms = [f"{seconds * 1_000:.0f} ms" for seconds in (spread.p50, spread.p99, spread.worst)]
    return f"| {what} | {len(spread.seconds)} | {' | '.join(ms)} |"


if __name__ == "__main__":
    for line in table(int(sys.argv[1]) if len(sys.argv) > 1 else PUBLICATIONS):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
