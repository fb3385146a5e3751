"""The image is built where there is an engine; what can be said without one is said here."""

import json
import re
import shlex
from collections.abc import Sequence
from typing import NamedTuple

import pytest

from tests.structure.sources import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")

#: They change what pip says and keeps, not what it installs; -e is how a checkout differs.
NO_DIFFERENCE = {"--quiet", "--no-cache-dir", "--disable-pip-version-check", "--no-input", "-e"}
INSTALL = re.compile(r"(?:\bpip|\$\(PIP\)) (?:-\S+ )*install (?P<arguments>[^&|;\n]+)")


class Instruction(NamedTuple):
    word: str
    rest: str


def instructions(dockerfile: str) -> list[Instruction]:
    """Its lines, continued ones joined, comments left out."""
    joined = re.sub(r"\\\n\s*", " ", dockerfile)
    lines = [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]
    return [Instruction(*line.split(maxsplit=1)) for line in lines]


def last_stage(dockerfile: str) -> list[Instruction]:
    steps = instructions(dockerfile)
    start = max(number for number, step in enumerate(steps) if step.word == "FROM")
    return steps[start:]


def install_steps(text: str) -> list[list[str]]:
    """The arguments of each `pip install`, without those that make no difference."""
    return [
        [word for word in shlex.split(found["arguments"]) if word not in NO_DIFFERENCE]
        for found in INSTALL.finditer(text)
    ]


def recipe(makefile: str, target: str) -> str:
    found = re.search(rf"^{re.escape(target)}:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert found, f"the Makefile has no recipe for {target}"
    return found[1]


def user_at_the_end(dockerfile: str) -> str:
    users = [step.rest for step in last_stage(dockerfile) if step.word == "USER"]
    return users[-1] if users else "root"


def health_check(dockerfile: str) -> Sequence[str]:
    """The command of the last stage's HEALTHCHECK, word by word."""
    checks = [step.rest for step in last_stage(dockerfile) if step.word == "HEALTHCHECK"]
    return json.loads(checks[-1].partition("CMD ")[2]) if checks else []


def copied(dockerfile: str) -> list[str]:
    """What is taken from the checkout, not from another stage."""
    copies = [step.rest for step in instructions(dockerfile) if step.word in {"COPY", "ADD"}]
    return [name for rest in copies if "--from=" not in rest for name in shlex.split(rest)[:-1]]


def let_through(dockerignore: str) -> set[str]:
    return {line[1:] for line in dockerignore.splitlines() if line.startswith("!")}


def test_it_installs_as_the_makefile_does() -> None:
    steps = install_steps(DOCKERFILE)
    assert steps == install_steps(recipe(MAKEFILE, ".venv/run.stamp"))
    assert steps == [
        ["--no-deps", "--require-hashes", "-r", "requirements.lock"],
        ["--no-deps", "."],
    ]


def test_it_does_not_run_as_root() -> None:
    assert user_at_the_end(DOCKERFILE) not in {"root", "0"}


def test_it_asks_the_hub_how_it_is() -> None:
    program, *arguments = health_check(DOCKERFILE)
    assert program == "python"
    assert "/healthz" in arguments[-1]
    compile(arguments[-1], "HEALTHCHECK", "exec")


def test_it_says_where_it_listens_and_where_it_writes() -> None:
    stage = last_stage(DOCKERFILE)
    assert Instruction("EXPOSE", "8000") in stage
    assert Instruction("VOLUME", "/data") in stage
    assert Instruction("CMD", '["msif", "serve"]') in stage
    assert "MSIF_DATA_DIR=/data" in " ".join(step.rest for step in stage if step.word == "ENV")


def test_what_it_copies_is_there_and_not_ignored() -> None:
    names = copied(DOCKERFILE)
    assert [name for name in names if not (ROOT / name).exists()] == []
    dockerignore = (ROOT / ".dockerignore").read_text(encoding="utf-8")
    assert {name.removeprefix("./") for name in names} == let_through(dockerignore)


def test_what_is_packaged_is_copied() -> None:
    """A folder that pyproject.toml packages would be missing in the image without a word."""
    included = re.search(r"^include = (\[.*\])$", (ROOT / "pyproject.toml").read_text(), re.M)
    assert included
    assert {name.rstrip("*") for name in json.loads(included[1])} <= set(copied(DOCKERFILE))


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("RUN pip install fastapi", [["fastapi"]]),
        ("\t@$(PIP) install --no-deps -e .\n", [["--no-deps", "."]]),
        ("RUN pip --quiet install -r a.lock && pip install .", [["-r", "a.lock"], ["."]]),
    ],
)
def test_install_steps_are_read(text: str, steps: list[list[str]]) -> None:
    assert install_steps(text) == steps


def test_root_at_the_end_is_found() -> None:
    assert user_at_the_end("FROM a AS build\nUSER msif\nFROM a\nCMD msif\n") == "root"
    assert user_at_the_end("FROM a\nUSER msif\nUSER root\n") == "root"


def test_a_missing_health_check_is_found() -> None:
    assert health_check("FROM a\nHEALTHCHECK CMD []\nFROM b\n") == []


def test_copied_files_are_read() -> None:
    assert copied("FROM a\nCOPY a b \\\n  c ./\nCOPY --from=build /x /y\n") == ["a", "b", "c"]
