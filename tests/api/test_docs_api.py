"""docs/api.md: it has every endpoint, and its examples run against a real server."""

import inspect
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.problems import FRAMEWORK, status_of
from content import errors
from content.errors import ContentError
from tests.api.hubs import Hub
from tests.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "api.md"
HEADING = re.compile(r"^### `([A-Z]+) (/[^`]*)`$", re.MULTILINE)
EXAMPLE = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = "now comes "


def described() -> dict[str, str]:
    """Endpoint to what the page says of it."""
    parts = HEADING.split(PAGE.read_text("utf-8"))[1:]
    found: dict[str, str] = {}
    for method, path, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        assert f"{method} {path}" not in found
        found[f"{method} {path}"] = text
    return found


def test_every_endpoint_has_its_heading_and_its_example(empty_hub: Hub) -> None:
    schema = empty_hub.read("/openapi.json")
    known = {
        f"{method.upper()} {path}"
        for path, operations in schema["paths"].items()
        for method in operations
    }
    told = described()
    assert set(told) == known | {"GET /openapi.json"}
    for endpoint, text in told.items():
        assert len(EXAMPLE.findall(text)) == 1, endpoint
        assert "curl" in EXAMPLE.findall(text)[0], endpoint


@pytest.fixture
def demonstration(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A real server with the demonstration; what an example finds in its environment."""
    port = str(free_port())
    environment = os.environ | {
        "MSIF_DATA_DIR": str(tmp_path),
        "MSIF_PORT": port,
        "MSIF_HOST": "127.0.0.1",
    }
    program = str(Path(sys.executable).with_name("msif"))
    log = tmp_path / "server.log"
    with log.open("w") as out:
        server = subprocess.Popen(
            [program, "demo", "--serve"], env=environment, cwd=ROOT, stdout=out, stderr=out
        )
    try:
        until_it_serves(server, log)
        people = json.loads((tmp_path / "demo" / "people.json").read_text())
        members = json.loads((tmp_path / "demo" / "members.json").read_text())
        tokens = {f"TOKEN_{one['id'].upper().replace('-', '_')}": one["token"] for one in people}
        yield {
            "HUB": f"http://127.0.0.1:{port}",
            "KEYS": str(tmp_path / "demo" / "authenticators.json"),
            "PATH": f"{Path(program).parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            **tokens,
            **{f"KEY_{one['id'].upper().replace('-', '_')}": one["key"] for one in members},
        }
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=60)


def until_it_serves(server: subprocess.Popen[bytes], log: Path) -> None:
    """Follow the log until the server says that it is up."""
    follow = ["tail", "-n", "+1", "-f", f"--pid={server.pid}", str(log)]
    with subprocess.Popen(follow, stdout=subprocess.PIPE, text=True) as tail:
        assert tail.stdout
        for line in tail.stdout:
            if "Uvicorn running on" in line:
                tail.terminate()
                return
    raise AssertionError(log.read_text())


@pytest.mark.skipif(not shutil.which("curl"), reason="the examples are for curl")
def test_the_examples_run(demonstration: dict[str, str], tmp_path: Path) -> None:
    examples = EXAMPLE.findall(PAGE.read_text("utf-8"))
    script = "\n".join(f'echo "{MARK}{number}"\n{each}' for number, each in enumerate(examples))
    done = subprocess.run(
        ["bash", "-eu", "-c", script],
        env=demonstration,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=200,
    )
    last = int(done.stdout.rpartition(MARK)[2].partition("\n")[0])
    assert done.returncode == 0, f"{examples[last]}\n{done.stderr}\n{done.stdout[-2000:]}"
    assert last == len(examples) - 1


ERRORS = ROOT / "docs" / "errors.md"


def test_every_error_is_explained_under_its_own_heading_with_its_status() -> None:
    text = ERRORS.read_text("utf-8")
    kinds = dict(re.findall(r"^## (\w+): `[a-z-]+` \((\d+)", text, re.MULTILINE))
    told = dict(re.findall(r"^##+ (\w+): `([a-z-]+)`", text, re.MULTILINE))
    own = dict(re.findall(r"^### (\w+): `[a-z-]+` \((\d+)\)", text, re.MULTILINE))
    tree = [found for found in vars(errors).values() if inspect.isclass(found)]
    for error in tree:
        if not issubclass(error, ContentError) or error is ContentError:
            continue
        assert told.pop(error.__name__) == error.code
        kind = error.__mro__[-5].__name__
        status = own.get(error.__name__) or kinds.get(error.__name__) or kinds[kind]
        assert status == str(status_of(error())), error
    assert told == {}
    for code, _ in FRAMEWORK.values():
        assert f"`{code}`" in text
