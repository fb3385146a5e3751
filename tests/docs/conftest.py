"""A demonstration as `make run` prepares and serves it: real commands, in a folder of its own."""

import os
import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.docs import warm
from tests.structure.sources import ROOT

#: Where `msif` and the Python of the hub are.
PROGRAMS = Path(sys.executable).parent


@dataclass(frozen=True)
class Served:
    """A hub at work: the folder that commands are typed in, their environment, its address."""

    folder: Path
    env: dict[str, str]
    address: str


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    port = _free_port()
    env = _environment()
    with (
        _warm_command(tmp_path, env) as programs,
        subprocess.Popen(
            [PROGRAMS / "msif", "demo", "--serve"],
            cwd=tmp_path,
            env=env | {"MSIF_PORT": str(port)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as server,
    ):
        try:
            _require_serving(server)
            path = os.pathsep.join([str(programs), str(PROGRAMS), env["PATH"]])
            yield Served(tmp_path, env | {"PATH": path}, f"127.0.0.1:{port}")
        finally:
            server.terminate()


def _require_serving(server: subprocess.Popen[str]) -> None:
    """It says so once it takes requests; where it ends before, so do the lines."""
    assert server.stderr is not None
    said = []
    for line in server.stderr:
        said.append(line)
        if "Uvicorn running on" in line:
            return
    pytest.fail("".join(said))


@contextmanager
def _warm_command(folder: Path, env: dict[str, str]) -> Iterator[Path]:
    """A folder with a quick `msif` in it."""
    path = folder / "warm.socket"
    programs = folder / "programs"
    programs.mkdir()
    words = [sys.executable, "-I", "-S", warm.__file__, str(path)]
    (programs / "msif").write_text(f'#!/bin/sh\nexec {shlex.join(words)} "$@"\n', "utf-8")
    (programs / "msif").chmod(0o700)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        waiting = [sys.executable, "-m", "tests.docs.warm", str(listening.fileno())]
        with subprocess.Popen(
            waiting, cwd=ROOT, env=env, stdin=subprocess.PIPE, pass_fds=[listening.fileno()]
        ):
            yield programs


def _environment() -> dict[str, str]:
    """That of a shell in which nothing is set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MSIF_")}
    kept.pop("PORT", None)
    return kept


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
