"""What a public repository has, and what it must not show."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.structure.sources import ROOT

# Written in pieces, so that this file does not break its own rule.
INDEX_HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("deb", "debian", "org"),
    )
]
INDEX_OPTIONS = ["--" + option for option in ("index-url", "extra-index-url", "find-links")]
HOMES = ["/" + home + "/" for home in ("root", "work", r"home/\w+", r"Users/\w+")]
FORBIDDEN = re.compile(
    "|".join([*map(re.escape, INDEX_HOSTS + INDEX_OPTIONS), r"(?<![\w.*/-])(?:" + "|".join(HOMES)])
    + ")"
)
LOCKED = re.compile(
    r"#.*| {4}#.*| {4}--hash=sha256:[0-9a-f]{64}(?: \\)?"
    r"|[a-z0-9][a-z0-9.-]*(?:\[[a-z,]+\])?==[0-9][\w.!+]*(?: ; [^:]+)? \\"
)
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-fuzz.lock"]
WANTED = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "Dockerfile",
    *LOCKS,
    "docs/decisions/0001-record-decisions.md",
]


def tracked() -> list[Path]:
    """What git keeps or would keep after `git add .`."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    options = ["--cached", "--others", "--exclude-standard"]
    answer = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, text=True)
    if answer.returncode != 0:
        pytest.skip("this is no git checkout")
    paths = [ROOT / name for name in answer.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def betrayals(text: str) -> list[str]:
    """Hosts and options of a package index, and folders of somebody's machine."""
    return [found[0] for found in FORBIDDEN.finditer(text)]


def text_of(path: Path) -> str:
    """Of a picture, nothing."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def not_locked(text: str) -> Iterator[str]:
    """Lines of a lock file that are neither a version nor a hash of it."""
    return (line for line in text.splitlines() if not LOCKED.fullmatch(line))


def test_no_file_names_an_index_or_a_folder_of_a_machine() -> None:
    found = {path: betrayals(text_of(path)) for path in tracked()}
    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.parametrize("name", WANTED)
def test_a_public_repository_has(name: str) -> None:
    assert (ROOT / name).stat().st_size > 0


def test_ci_can_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize("name", LOCKS)
def test_lock_files_hold_versions_and_hashes_only(name: str) -> None:
    assert list(not_locked((ROOT / name).read_text(encoding="utf-8"))) == []


def test_uv_s_own_lock_file_stays_here() -> None:
    assert ROOT / "uv.lock" not in tracked()


@pytest.mark.parametrize(
    "text",
    [
        f"see https://{INDEX_HOSTS[0]}/project/polib",
        f"pip install {INDEX_OPTIONS[0]} http://somewhere",
        "made in /" + "home/ada/hub",
        '"/' + 'root/.cache"',
    ],
)
def test_a_betrayal_is_found(text: str) -> None:
    assert len(betrayals(text)) == 1


@pytest.mark.parametrize("text", ["GET /v1/home/page", "https://a.org/work/with-us", "var/work/x"])
def test_an_address_of_our_own_is_none(text: str) -> None:
    assert betrayals(text) == []


@pytest.mark.parametrize(
    "line", ["fastapi>=0.165", "-e .", "polib @ https://somewhere/polib.whl", "polib==1.2"]
)
def test_a_line_without_version_and_hash_is_found(line: str) -> None:
    assert list(not_locked(line)) == [line]
