"""The servers of `serving`, each pinned to a core, asked by wrk; and what they spent."""

import os
import pickle
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers import Server, free_port

ROOT = Path(__file__).parents[2]
SECONDS = 2
CONNECTIONS = 64
SERVER_CORE, CLIENT_CORE = "0", "1"
NGINX = Path(shutil.which("nginx") or "/usr/sbin/nginx")
TICKS = os.sysconf("SC_CLK_TCK")

CONFIGURATION = """
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


#: For wrk: a head that is the last one's but for a number.
NEW_HEADS = """
local number = 0
request = function()
  number = number + 1
  wrk.headers["X-Request-Id"] = string.format("%012d", number)
  return wrk.format()
end
"""


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
    config.write_text(CONFIGURATION.format(folder=folder, port=port, headers=headers), "utf-8")
    with _running(pinned(SERVER_CORE, [str(NGINX), "-c", str(config)]), port) as server:
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


def measure(server: Server, path: str, headers: dict[str, str], is_new: bool = False) -> Measured:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    address = f"http://127.0.0.1:{server.port}{path}"
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        if is_new:
            script.write(NEW_HEADS)
            script.flush()
            command += ["-s", script.name]
        before = cpu_seconds(server.process.pid)
        said = subprocess.run(
            pinned(CLIENT_CORE, [*command, address]), capture_output=True, text=True, check=True
        ).stdout
        spent = cpu_seconds(server.process.pid) - before
    requests = re.search(r"(\d+) requests in", said)
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    assert requests, said
    assert p99, said
    assert "Non-2xx" not in said or "If-None-Match" in headers, said
    scale = {"us": 0.001, "ms": 1.0, "s": 1_000.0}[p99[2]]
    return Measured(spent / int(requests[1]) * 1e6, float(p99[1]) * scale)
