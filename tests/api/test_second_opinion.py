"""Our description and our answers, judged by a program that is not ours: schemathesis.

It is asked for by `make test-all`, which installs it into an environment of its own
(docs/decisions/0037). test_fuzz.py is about the same, in more depth, in every run.
"""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import Site, demonstration
from tests.structure.sources import ROOT

SCHEMATHESIS = ROOT / ".venv" / "fuzz" / "bin" / "schemathesis"
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


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A demonstration for one asker: whoever may change something does."""
    with demonstration(tmp_path / "data") as made:
        yield made


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
def test_every_operation_answers_as_it_is_described(site: Site, tmp_path: Path, who: str) -> None:
    told = subprocess.run(
        [
            *(str(SCHEMATHESIS), "--no-color", "run", f"{site.origin}/openapi.json"),
            *headers(tmp_path / "data", who),
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
