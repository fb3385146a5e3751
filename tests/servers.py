"""Servers in processes of their own, as an operator runs them; to ask, to watch, to kill.

`python -m tests.servers URL FOLDER PORT` is one of them. It is the day of the tests there, too.
"""

import http.client
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

ROOT = Path(__file__).parents[1]
STARTS_WITHIN_SECONDS = 60
STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")
#: Requests that are sent at once.
PIPELINED = 50


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    """One process, and how to ask it."""

    port: int
    process: subprocess.Popen[bytes]

    def get(self, path: str, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request("GET", path, headers=named)
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, told, answer.read())
        finally:
            connection.close()

    def statuses(self, path: str, count: int) -> dict[int, int]:
        """How often each status came, of so many requests on one connection."""
        found: dict[int, int] = {}
        request = f"GET {path} HTTP/1.1\r\nHost: hub\r\n\r\n".encode()
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            for _ in range(count // PIPELINED):
                connection.sendall(request * PIPELINED)
                came, tail = 0, b""
                while came < PIPELINED:
                    part = connection.recv(1_000_000)
                    assert part, "the server hung up"
                    data = tail + part
                    for status in STATUS.findall(data):
                        came += 1
                        found[int(status)] = found.get(int(status), 0) + 1
                    # Shorter than what is looked for, so that nothing is counted twice.
                    tail = data[-12:]
        return found


@contextmanager
def serving(url: str, folder: Path, count: int = 1) -> Iterator[list[Server]]:
    """So many processes of one machine: they share a data folder."""
    started: list[Server] = []
    try:
        for _ in range(count):
            port = free_port()
            command = [sys.executable, "-m", "tests.servers", url, str(folder), str(port)]
            started.append(Server(port, subprocess.Popen(command, cwd=ROOT)))
        for one in started:
            _until_ready(one)
        yield started
    finally:
        for one in started:
            one.process.kill()
            one.process.wait()


@contextmanager
def in_thread(app: "FastAPI") -> Iterator[str]:
    """Its address while it is served by a thread of this process, behind a real socket."""
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="none"))
    thread = Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            thread.join(0.01)
            assert thread.is_alive()
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def _until_ready(server: Server) -> None:
    end = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < end and server.process.poll() is None:
        try:
            if server.get("/readyz").status == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server did not start")


def serve(url: str, folder: str, port: str) -> None:
    import time_machine
    import uvicorn

    from api.app import create_app
    from content.settings import Settings
    from tests.reader import TODAY

    with time_machine.travel(TODAY, tick=True):
        app = create_app(Settings(database_url=url, data_dir=Path(folder)))
        uvicorn.run(
            app,
            port=int(port),
            log_level="critical",
            access_log=False,
            http="api.lane:protocol",
        )


if __name__ == "__main__":
    serve(*sys.argv[1:])
