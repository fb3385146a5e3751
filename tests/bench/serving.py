"""What an answer costs: nginx with files, a bare application, front and lane, a naive route.

`python -m tests.bench.serving` writes table and chart of docs/performance.md; with nginx and wrk.
One core serves and another asks, 64 connections; each case goes round, so that whatever else the
machine does meets all of them. Processor time is that of the server's processes alone.
"""

import os
import pickle
import random
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from math import nan
from pathlib import Path

from content.publication import coding
from tests.bench import performance_page
from tests.bench.asking import Measured, app, cpu_seconds, measure, nginx
from tests.bench.hubs import new_hub
from tests.bench.performance_page import Row
from tests.servers import Server
from tests.world import World, page

ROUNDS = 3
#: Characters of the texts whose answers have about 6 and 60 KB.
SIZES = {"6 KB": 850, "60 KB": 11_500}
PATHS = {"6 KB": "/v1/sections/short/en", "60 KB": "/v1/sections/long/en"}


@dataclass(frozen=True)
class Case:
    """One thing that is asked for. Frozen."""

    size: str
    #: `identity`, `br` or `304`.
    form: str
    #: Each request has a head that never came before.
    is_new: bool = False

    @property
    def name(self) -> str:
        return f"{self.size}, {self.form}{', new heads' if self.is_new else ''}"

    @property
    def alias(self) -> str:
        """Its address where each form has one."""
        return f"/{self.size[:-3]}-{self.form}"


CASES = [
    Case(size, form, is_new)
    for size in SIZES
    for form in ("identity", "br", "304")
    for is_new in (False, True)
]


def words(count: int) -> str:
    """The same each time, and about as hard to compress as prose."""
    chance = random.Random(5)
    known = ["".join(chance.choices("etaoinshrdlu", k=chance.randint(2, 9))) for _ in range(700)]
    lines: list[str] = []
    line = ""
    while sum(len(one) for one in lines) < count:
        line = f"{line} {chance.choice(known)}".strip()
        if len(line) > chance.randint(200, 500):
            lines, line = [*lines, f"{line.capitalize()}."], ""
    return "\n\n".join(lines)


def fill(folder: Path) -> None:
    """A hub with both texts in force, compressed; and the same bytes for the others."""
    engine = new_hub(folder / "content.db")
    world = World(engine)
    world.people()
    short, long = (words(count) for count in SIZES.values())
    sections = f"## Short {{#short}}\n\n{short}\n\n## Long {{#long}}\n\n{long}\n"
    text = f"# Bench {{#bench}}\n\nTwo.\n\n{sections}"
    world.publish_page(page(text))
    coding.fill_all(engine)
    engine.dispose()


def heads(server: Server) -> dict[Case, dict[str, str]]:
    """What is sent for each case."""
    found = {}
    for case in CASES:
        plain = server.get(PATHS[case.size])
        assert plain.status == 200, plain.body
        found[case] = {
            "identity": {},
            "br": {"Accept-Encoding": "gzip, deflate, br"},
            "304": {"If-None-Match": plain.headers["etag"]},
        }[case.form]
    return found


def keep_for_others(folder: Path, server: Server, sent: dict[Case, dict[str, str]]) -> None:
    """What the hub answers, for the bare application and for nginx."""
    answers = {}
    files = folder / "files"
    files.mkdir()
    for case, headers in sent.items():
        got = server.get(PATHS[case.size], **{n.replace("-", "_"): v for n, v in headers.items()})
        assert got.status == (304 if case.form == "304" else 200)
        assert (got.headers.get("content-encoding") == "br") == (case.form == "br")
        own = [
            (name.encode(), value.encode())
            for name, value in got.headers.items()
            if name not in ("date", "server")
        ]
        answers[case.alias] = (got.status, own, got.body)
        whole = got.body or server.get(PATHS[case.size]).body
        (files / case.alias[1:]).write_bytes(whole)
    (folder / "answers").write_bytes(pickle.dumps(answers))


#: `bare` and nginx have an address for each form of an answer.
OTHERS = ("nginx", "bare")


@contextmanager
def all_servers(folder: Path, names: Sequence[str]) -> Iterator[Callable[..., Measured]]:
    """Whom to ask for what: a function of a server's name and a case."""
    fill(folder)
    with ExitStack() as stack:
        first = stack.enter_context(app("front", folder))
        sent = heads(first)
        keep_for_others(folder, first, sent)
        servers = {"front": first}
        for name in names:
            if name != "front":
                opened = nginx(folder) if name == "nginx" else app(name, folder)
                servers[name] = stack.enter_context(opened)
        tags = {}
        if "nginx" in servers:
            tags = {case: servers["nginx"].get(case.alias).headers["etag"] for case in CASES}

        def run(name: str, case: Case) -> Measured:
            headers = dict(sent[case])
            if name == "nginx" and case.form == "304":
                headers = {"If-None-Match": tags[case]}
            path = case.alias if name in OTHERS else PATHS[case.size]
            return measure(servers[name], path, headers, case.is_new)

        yield run


def rows(
    folder: Path,
    cases: Sequence[Case],
    names: Sequence[str],
    rounds: int = ROUNDS,
    of: Callable[[Sequence[float]], float] = statistics.median,
) -> Iterator[Row]:
    """Each case at each server, the servers in turn, and one figure of each server's rounds;
    `names` has `bare`.
    """
    with all_servers(folder, names) as run:
        for case in cases:
            able = [name for name in names if name != "naive" or case.form == "identity"]
            runs: dict[str, list[Measured]] = {name: [] for name in able}
            for _ in range(rounds):
                for name in able:
                    runs[name].append(run(name, case))
            cost = {n: of([one.cpu_us for one in some]) for n, some in runs.items()}
            for name, some in runs.items():
                p99 = of([one.p99_ms for one in some])
                of_nginx, of_bare = cost.get("nginx", nan) / cost[name], cost["bare"] / cost[name]
                yield Row(case.name, name, cost[name], p99, of_nginx, of_bare)


def front_of_bare(folder: Path, answers: int, rounds: int) -> float:
    """How many answers the front gives for one of a bare application; the best of each."""
    fill(folder)
    path = PATHS["6 KB"]
    with app("front", folder) as front:
        keep_for_others(folder, front, heads(front))
        with app("bare", folder) as bare:
            asked = ((front, path), (bare, "/6-identity"))
            spent: list[list[float]] = [[], []]
            for _ in range(rounds):
                for (server, target), kept in zip(asked, spent, strict=True):
                    before = cpu_seconds(server.process.pid)
                    assert server.statuses(target, answers) == {200: answers}
                    kept.append(cpu_seconds(server.process.pid) - before)
    return min(spent[1]) / min(spent[0])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        os.chmod(temporary, 0o755)  # nginx gives up root's rights
        measured = []
        for row in rows(Path(temporary), CASES, ("nginx", "bare", "front", "lane", "naive")):
            measured.append(row)
            sys.stdout.write(f"{performance_page.line(row)}\n")
            sys.stdout.flush()
    performance_page.write(measured)
