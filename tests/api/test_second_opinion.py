"""Our description and our answers, judged by a program that is not ours: schemathesis.

It is asked for by `make test-all`, which installs it into an environment of its own
(docs/decisions/0037). test_fuzz.py is about the same, in more depth, in every run.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import free_port
from tests.structure.sources import ROOT

SCHEMATHESIS = ROOT / ".venv" / "fuzz" / "bin" / "schemathesis"
MSIF = str(Path(sys.executable).with_name("msif"))
#: One of each role of a demonstration; a member's site; nobody.
ASKERS = [
    "author",
    "medical-1",
    "lay",
    "editor",
    "translator-fr",
    "reviser-fr",
    "language-1-fr",
    "board-1",
    "duty-1",
    "administrator",
    "member",
    "nobody",
]
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
]
#: These hold a request open until something comes.
PATIENT = ["/v1/changes", "/v1/changes/stream"]
#: Seconds that one answer may take.
ANSWER_SECONDS = 60

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SCHEMATHESIS.exists(), reason="make .venv/fuzz.stamp installs it"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a demonstration."""
    folder = tmp_path_factory.mktemp("demonstration") / "data"
    environment = os.environ | {"MSIF_DATA_DIR": str(folder)}
    subprocess.run([MSIF, "demo"], env=environment, cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    """A copy for one asker: whoever may change something does."""
    return Path(shutil.copytree(made, tmp_path / "data"))


@pytest.fixture
def hub(data: Path) -> Iterator[str]:
    """The address of a hub that is served."""
    port = str(free_port())
    environment = os.environ | {"MSIF_DATA_DIR": str(data), "MSIF_PORT": port}
    with (data / "server.log").open("w") as log:
        server = subprocess.Popen([MSIF, "serve"], env=environment, cwd=ROOT, stderr=log)
    yield f"http://localhost:{port}"
    server.send_signal(signal.SIGINT)
    server.wait(timeout=60)


def headers(data: Path, who: str) -> list[str]:
    """What says who asks."""
    if who == "nobody":
        return []
    if who == "member":
        secret = json.loads((data / "demo" / "members.json").read_text())[0]["key"]
    else:
        people = json.loads((data / "demo" / "people.json").read_text())
        secret = next(one["token"] for one in people if one["id"] == who)
    return ["--header", f"Authorization: Bearer {secret}"]


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("who", ASKERS)
def test_every_operation_answers_as_it_is_described(
    hub: str, data: Path, tmp_path: Path, who: str
) -> None:
    told = subprocess.run(
        [
            *(str(SCHEMATHESIS), "--no-color", "run", f"{hub}/openapi.json"),
            *headers(data, who),
            *("--checks", ",".join(CHECKS), "--phases", "coverage,fuzzing"),
            *("--max-examples", "4", "--continue-on-failure", "--warnings", "off"),
            *("--wait-for-schema", "60", "--request-timeout", str(ANSWER_SECONDS)),
            *(part for path in PATIENT for part in ("--exclude-path", path)),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout
