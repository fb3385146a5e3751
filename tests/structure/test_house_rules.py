"""One rule for each class of bug that this project will not have twice."""

import ast
from pathlib import PurePosixPath

import pytest

from tests.structure.sources import broken, names_used, nodes

OURS = ("api", "content", "migrations")
SETTINGS = PurePosixPath("content/settings.py")
CLOCK = PurePosixPath("content/clock.py")

ENVIRONMENT = {"os.environ", "os.environb", "os.getenv", "os.getenvb", "os.putenv"}
WALL_CLOCKS = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.ctime",
    "time.gmtime",
    "time.localtime",
}


def reads_the_environment(source: str, path: PurePosixPath) -> list[str]:
    """Settings are read once, in one place, and passed on."""
    if path == SETTINGS:
        return []
    return [
        f"{path}:{line} uses {name}; only {SETTINGS} reads the environment"
        for line, name in names_used(source, path)
        if name in ENVIRONMENT
    ]


def reads_a_clock(source: str, path: PurePosixPath) -> list[str]:
    """There is one wall clock, aware and UTC; time.monotonic measures how long something takes."""
    if path == CLOCK:
        return []
    return [
        f"{path}:{line} uses {name}; only {CLOCK} knows what time it is"
        for line, name in names_used(source, path)
        if name in WALL_CLOCKS
    ]


def prints(source: str, path: PurePosixPath) -> list[str]:
    """What is said to a person goes through rich, what is said to an operator is logged."""
    return [
        f"{path}:{node.lineno} prints"
        for node in nodes(source)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]


def postpones_annotations(source: str, path: PurePosixPath) -> list[str]:
    """SQLModel reads the annotations of a table, and cannot when they are postponed."""
    postponed = any(
        isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in nodes(source)
    )
    has_table = any(isinstance(node, ast.ClassDef) and is_table(node) for node in nodes(source))
    return [f"{path} defines a table and imports from __future__"] if postponed & has_table else []


def is_table(node: ast.ClassDef) -> bool:
    return any(
        keyword.arg == "table"
        and isinstance(keyword.value, ast.Constant)
        and keyword.value.value is True
        for keyword in node.keywords
    )


def test_only_settings_read_the_environment() -> None:
    assert broken(reads_the_environment, *OURS) == []


def test_only_the_clock_knows_the_time() -> None:
    assert broken(reads_a_clock, *OURS) == []


def test_nothing_prints() -> None:
    assert broken(prints, *OURS) == []


def test_no_table_postpones_its_annotations() -> None:
    assert broken(postpones_annotations, *OURS) == []


@pytest.mark.parametrize(
    "source",
    [
        "import os\nhome = os.environ['HOME']",
        "import os as system\nsystem.getenv('HOME')",
        "from os import environ\nhome = environ.get('HOME')",
    ],
)
def test_a_look_at_the_environment_is_found(source: str) -> None:
    assert len(reads_the_environment(source, PurePosixPath("content/ledger.py"))) == 1
    assert reads_the_environment(source, SETTINGS) == []


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import UTC, datetime\ndatetime.now(UTC)",
        "import datetime\ndatetime.datetime.utcnow()",
        "from datetime import date as day\nday.today()",
        "import time as t\nt.time()",
        "from time import time\ntime()",
        "from datetime import datetime\nfield(default_factory=datetime.now)",
    ],
)
def test_a_look_at_a_clock_is_found(source: str) -> None:
    assert len(reads_a_clock(source, PurePosixPath("content/ledger.py"))) == 1
    assert reads_a_clock(source, CLOCK) == []


def test_a_stopwatch_is_not_a_clock() -> None:
    source = "import time\nfrom content import clock\ntime.monotonic()\nclock.now()"
    assert reads_a_clock(source, PurePosixPath("content/ledger.py")) == []


def test_a_print_is_found() -> None:
    assert len(prints("print('here')", PurePosixPath("content/ledger.py"))) == 1
    assert prints("console.print('here')", PurePosixPath("content/cli/demo.py")) == []


def test_postponed_annotations_of_a_table_are_found() -> None:
    future = "from __future__ import annotations\n"
    table = "class Row(SQLModel, table=True):\n    seq: int\n"
    path = PurePosixPath("content/ledger.py")
    assert len(postpones_annotations(future + table, path)) == 1
    assert postpones_annotations(table, path) == []
    assert postpones_annotations(future, path) == []
