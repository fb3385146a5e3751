"""What an answer costs: nginx with files, a bare application, the hub's front, a naive route.

`python -m tests.bench.serving` prints a table of processor time per answer; with nginx and wrk.
One core serves and another asks, 64 connections; each case goes round, so that whatever else the
machine does meets all of them. Processor time is that of the server's processes alone.
"""

import os
import pickle
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from content.publication import coding
from tests.bench.hubs import new_hub
from tests.servers import Server, free_port
from tests.world import World, page

ROOT = Path(__file__).parents[2]
ROUNDS, SECONDS = 3, 2
CONNECTIONS = 64
SERVER_CORE, CLIENT_CORE = "0", "1"
#: Characters of the texts whose answers have about 6 and 60 KB.
SIZES = {"6 KB": 850, "60 KB": 11_500}
PATHS = {"6 KB": "/v1/sections/short/en", "60 KB": "/v1/sections/long/en"}
TICKS = os.sysconf("SC_CLK_TCK")

NGINX = """
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log /dev/null crit;
events {{ worker_connections 512; }}
http {{
  access_log off; keepalive_requests 100000000; sendfile on; tcp_nopush on; open_file_cache max=100;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {folder}/files; default_type application/json; {headers}
    location ~ br$ {{ add_header Content-Encoding br; {headers} }} }}
}}
"""


@dataclass(frozen=True)
class Case:
    """One thing that is asked for. Frozen."""

    size: str
    #: `identity`, `br` or `304`.
    form: str

    @property
    def name(self) -> str:
        return f"{self.size}, {self.form}"

    @property
    def alias(self) -> str:
        """Its address where each form has one."""
        return f"/{self.size[:-3]}-{self.form}"


CASES = [Case(size, form) for size in SIZES for form in ("identity", "br", "304")]


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


@contextmanager
def app(kind: str, folder: Path) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.serving_apps", kind, str(port), str(folder)]
    with _running(pinned(SERVER_CORE, command), port) as server:
        yield server


@contextmanager
def nginx(folder: Path) -> Iterator[Server]:
    port = free_port()
    told = pickle.loads((folder / "answers").read_bytes())["/6-identity"][1]
    left_out = {b"etag", b"last-modified", b"content-length", b"content-type", b"vary"}
    headers = " ".join(
        f"add_header {name.decode()} '{value.decode()}';"
        for name, value in told
        if name not in left_out
    )
    config = folder / "nginx.conf"
    config.write_text(NGINX.format(folder=folder, port=port, headers=headers), "utf-8")
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    with _running(pinned(SERVER_CORE, [program, "-c", str(config)]), port) as server:
        yield server


def pinned(core: str, command: list[str]) -> list[str]:
    return ["taskset", "-c", core, *command] if shutil.which("taskset") else command


@contextmanager
def _running(command: list[str], port: int) -> Iterator[Server]:
    server = Server(port, subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL))
    try:
        for _ in range(600):
            try:
                server.get("/healthz")
                break
            except OSError:
                time.sleep(0.1)
        yield server
    finally:
        server.process.terminate()
        server.process.wait()


def cpu_seconds(process: int) -> float:
    """Of a process and those that it started."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    own = (int(fields[11]) + int(fields[12])) / TICKS
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return own + sum(cpu_seconds(int(child)) for child in children)


@dataclass(frozen=True)
class Measured:
    """One run. Frozen."""

    cpu_us: float
    p99_ms: float


def measure(server: Server, path: str, headers: dict[str, str]) -> Measured:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    before = cpu_seconds(server.process.pid)
    address = f"http://127.0.0.1:{server.port}{path}"
    said = subprocess.run(
        pinned(CLIENT_CORE, [*command, address]), capture_output=True, text=True, check=True
    ).stdout
    spent = cpu_seconds(server.process.pid) - before
    requests = re.search(r"(\d+) requests in", said)
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    assert requests, said
    assert p99, said
    scale = {"us": 0.001, "ms": 1.0, "s": 1_000.0}[p99[2]]
    return Measured(spent / int(requests[1]) * 1e6, float(p99[1]) * scale)


def table(folder: Path) -> Iterator[str]:
    """Lines of Markdown."""
    fill(folder)
    with app("front", folder) as front:
        sent = heads(front)
        keep_for_others(folder, front, sent)
        with nginx(folder) as files, app("bare", folder) as bare, app("naive", folder) as naive:
            servers = {"nginx, files": files, "bare": bare, "front": front, "naive": naive}
            tags = {case: files.get(case.alias).headers["etag"] for case in CASES}
            yield "| case | server | CPU per answer | of nginx | of bare | p99 |"
            yield "|---|---|---|---|---|---|"
            for case in CASES:
                runs: dict[str, list[Measured]] = {name: [] for name in servers}
                for _ in range(ROUNDS):
                    for name, server in servers.items():
                        own = name in ("nginx, files", "bare")
                        headers = dict(sent[case])
                        if name.startswith("nginx") and case.form == "304":
                            headers = {"If-None-Match": tags[case]}
                        path = case.alias if own else PATHS[case.size]
                        if not (name == "naive" and case.form != "identity"):
                            runs[name].append(measure(server, path, headers))
                yield from _rows(case, runs)


def _rows(case: Case, runs: dict[str, list[Measured]]) -> Iterator[str]:
    cost = {
        name: statistics.median(run.cpu_us for run in some) for name, some in runs.items() if some
    }
    for name, spent in cost.items():
        p99 = statistics.median(run.p99_ms for run in runs[name])
        of_nginx, of_bare = cost["nginx, files"] / spent, cost["bare"] / spent
        yield (
            f"| {case.name} | {name} | {spent:.1f} us | {of_nginx:.3f} | {of_bare:.2f} "
            f"| {p99:.1f} ms |"
        )


def front_of_bare(folder: Path, answers: int, rounds: int) -> float:
    """How many answers the front gives for one of a bare application, in processor time."""
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
    return statistics.median(spent[1]) / statistics.median(spent[0])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        os.chmod(temporary, 0o755)  # nginx gives up root's rights
        for line in table(Path(temporary)):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
