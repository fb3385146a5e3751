"""How long a server takes from its start to its first answer from memory, and what that grows with.

Starting Python and reading the program takes the same whatever is stored, so what counts is how
much more a hub with many stored answers takes than one with a page: in processor time, since that
of the clock says as much about whatever else the machine does.
"""

import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.asking import ROOT, cpu_seconds
from tests.bench.grown import Many, grow
from tests.bench.hubs import new_hub
from tests.servers import Server, free_port
from tests.world import World

#: 500 sections in four languages and five forms: 10,900 stored answers, in 80 statements.
SECTIONS = 500
PATH = "/v1/sections/benefits/en"
ROUNDS = 5
SECONDS_MAX = 120


@dataclass(frozen=True)
class Start:
    """From the start of the process to the end of its first answer from memory. Frozen."""

    cpu_seconds: float
    wall_seconds: float


def filled(folder: Path, sections: int) -> Path:
    """A data folder with a page, and so many sections beside it."""
    folder.mkdir()
    world = World(new_hub(folder / "content.db"))
    world.people()
    world.publish_page()
    if sections:
        grow(world, Many(sections))
    world.engine.dispose()
    return folder


def start(folder: Path) -> Start:
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.serving_apps", "still", str(port), str(folder)]
    begun = time.perf_counter()
    server = Server(port, subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL))
    try:
        _until_answered(server, begun + SECONDS_MAX)
        assert server.get(PATH).status == 200  # from memory: the one before entered it
        wall = time.perf_counter() - begun
        return Start(cpu_seconds(server.process.pid), wall)
    finally:
        server.process.kill()
        server.process.wait()


def _until_answered(server: Server, end: float) -> None:
    while time.perf_counter() < end:
        try:
            assert server.get(PATH).status == 200
        except OSError:
            time.sleep(0.01)
        else:
            return
    raise AssertionError("the server did not start")


def beyond(small: Path, large: Path) -> tuple[Start, Start]:
    """(a start with a page, how much more the large hub takes): medians, both in turn."""
    starts: tuple[list[Start], list[Start]] = ([], [])
    for _ in range(ROUNDS):
        for folder, kept in zip((small, large), starts, strict=True):
            kept.append(start(folder))
    few, many = (_median(kept) for kept in starts)
    more = Start(many.cpu_seconds - few.cpu_seconds, many.wall_seconds - few.wall_seconds)
    return few, more


def _median(starts: list[Start]) -> Start:
    return Start(
        statistics.median(one.cpu_seconds for one in starts),
        statistics.median(one.wall_seconds for one in starts),
    )
