"""What a million stored versions cost beside fourteen: answers, publications, the start.

`python -m tests.bench.growing` prints the table of docs/performance.md. It needs 5 GB of disk and,
to write them, some minutes; `python -m tests.bench.growing 40` makes 4,000 versions.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from content import database
from content.publication import coding
from tests.bench import starting
from tests.bench.asking import app, cpu_seconds
from tests.bench.grown import Many, grow
from tests.bench.hubs import new_hub
from tests.bench.reading import Ratio
from tests.servers import Server
from tests.world import TEXT, World, page

#: 10,000 sections in four languages, 25 versions of each text: 1,000,000.
SECTIONS, NUMBERS = 10_000, 25
PATH = "/v1/sections/treatment/en"
ROUNDS = 5
#: Answers of a round, from memory and from the database.
FROM_MEMORY, FROM_DATABASE = 10_000, 200
#: Looking at the signatures of 40,000 texts takes a while, once.
SECONDS_TO_SEE = 300


@dataclass(frozen=True)
class Both:
    """The data folders of a hub with a page and of one with very many texts beside it. Frozen."""

    small: Path
    large: Path


def filled(folder: Path, sections: int = SECTIONS) -> Both:
    """Both have their answers compressed, as hubs that have run for a while."""
    both = Both(folder / "small", folder / "large")
    for one, many in ((both.small, 0), (both.large, sections)):
        one.mkdir(parents=True)
        world = World(new_hub(one / "content.db"))
        world.people()
        world.publish_page()
        for locale in ("fr", "it", "de"):
            world.publish_translation(locale)
        coding.fill_all(world.engine)
        if many:
            grow(world, Many(many, NUMBERS))
        world.engine.dispose()
    return both


def from_memory(both: Both) -> Ratio:
    return _answers(both, "answer from memory", FROM_MEMORY, {})


def from_database(both: Both) -> Ratio:
    return _answers(both, "answer by the route", FROM_DATABASE, {"MSIF_PUBLISHED_BYTES_MAX": "0"})


def _answers(both: Both, what: str, count: int, environment: dict[str, str]) -> Ratio:
    """Processor time of the server for each answer."""
    with ExitStack() as stack:
        with _set(environment):
            servers = [stack.enter_context(app("still", one)) for one in (both.small, both.large)]
        for server in servers:
            _until_seen(server)
        return _in_turn(what, *(_asking(server, count) for server in servers))


def _until_seen(server: Server) -> None:
    """Until its first look is over."""
    end = time.monotonic() + SECONDS_TO_SEE
    while True:
        try:
            assert server.get("/readyz").status == server.get(PATH).status == 200
        except TimeoutError:
            assert time.monotonic() < end
        else:
            return


def _asking(server: Server, count: int) -> Callable[[], float]:
    def asked() -> float:
        before = cpu_seconds(server.process.pid)
        assert server.statuses(PATH, count) == {200: count}
        return (cpu_seconds(server.process.pid) - before) / count

    return asked


@contextmanager
def _set(environment: dict[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(environment)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def publication(both: Both) -> Ratio:
    """Of the last signature, which brings a new version of a translated text into force."""
    worlds = [World(database.connect(f"sqlite:///{one}/content.db")) for one in _folders(both)]
    ratio = _in_turn("publication", *(_publishing(world) for world in worlds))
    for world in worlds:
        world.engine.dispose()
    return ratio


def _publishing(world: World) -> Callable[[], float]:
    def published() -> float:
        number = world.version("benefits").number
        world.write(page(TEXT.replace("4 of 10", f"{number} of 1{number}")))
        digest = world.put_to_signature("benefits")
        world.sign(digest, "board-1")
        world.sign(digest, "board-2")
        begun = time.process_time()
        world.sign(digest, "board-3")
        return time.process_time() - begun

    return published


def start(both: Both) -> Ratio:
    """To the first answer from memory, the program's own start included."""
    few, more = starting.beyond(both.small, both.large)
    return Ratio("start", few.cpu_seconds * 1_000, (few.cpu_seconds + more.cpu_seconds) * 1_000)


def _in_turn(what: str, small: Callable[[], float], large: Callable[[], float]) -> Ratio:
    """Both in turn, the first round left out; each says how many seconds it took."""
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS + 1):
        for work, kept in zip((small, large), took, strict=True):
            kept.append(work() * 1_000)
    return Ratio(what, *(statistics.median(kept[1:]) for kept in took))


def _folders(both: Both) -> tuple[Path, Path]:
    return both.small, both.large


#: What is the same whatever is stored.
MEASURES = (from_memory, from_database, publication, start)


def main() -> None:
    sections = int(sys.argv[1]) if len(sys.argv) > 1 else SECTIONS
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        both = filled(Path(folder), sections)
        versions = Many(sections, NUMBERS).versions
        sys.stdout.write(f"{versions} versions in {time.perf_counter() - begun:.0f} s\n")
        for line in table(both):
            sys.stdout.write(line + "\n")


def table(both: Both) -> Iterator[str]:
    for measure in MEASURES:
        ratio = measure(both)
        yield (
            f"| {ratio.what} | {ratio.small_ms:.3f} ms | {ratio.large_ms:.3f} ms "
            f"| {ratio.value:.2f} |"
        )


if __name__ == "__main__":
    main()
