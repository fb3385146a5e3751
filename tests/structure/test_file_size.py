"""A file is short enough to be read, and its name says what is in it."""

from pathlib import PurePosixPath

import pytest

from tests.structure.sources import broken

LINES_MAX = 300
OURS = ("api", "content", "migrations")
#: They say that something is in there, and not what.
EMPTY_WORDS = {"base", "common", "data", "info", "item", "items", "misc", "obj", "shared"} | {
    word + plural
    for word in ("handler", "helper", "manager", "processor", "service", "util")
    for plural in ("", "s")
}


def too_long(source: str, path: PurePosixPath) -> list[str]:
    lines = len(source.splitlines())
    return [f"{path} has {lines} lines; {LINES_MAX} is the most"] if lines > LINES_MAX else []


def says_nothing(_source: str, path: PurePosixPath) -> list[str]:
    words = {word for part in path.with_suffix("").parts for word in part.lower().split("_")}
    return [f"{path}: `{word}` says nothing" for word in sorted(words & EMPTY_WORDS)]


def test_files_are_short() -> None:
    assert broken(too_long, *OURS) == []


def test_file_names_say_what_is_in_them() -> None:
    assert broken(says_nothing, *OURS) == []


def test_a_long_file_is_found() -> None:
    assert too_long("x = 1\n" * LINES_MAX, PurePosixPath("api/app.py")) == []
    assert len(too_long("x = 1\n" * (LINES_MAX + 1), PurePosixPath("api/app.py"))) == 1


@pytest.mark.parametrize("path", ["content/utils.py", "api/helpers/etag.py", "api/role_manager.py"])
def test_an_empty_name_is_found(path: str) -> None:
    assert len(says_nothing("", PurePosixPath(path))) == 1
