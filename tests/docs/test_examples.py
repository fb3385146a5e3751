"""What the documentation tells people to type works, in order, on a real demonstration."""

from pathlib import Path

import pysqlite3.dbapi2
import pytest

from tests.docs.conftest import Served
from tests.docs.examples import Example, examples, is_shown, run
from tests.docs.promised import is_documented_event
from tests.structure.sources import ROOT

#: How the documentation calls the hub that `make run` serves.
ADDRESS = "localhost:8000"


#: In the order in which they are run; the first three leave the hub as it is.
TRIED = (
    "docs/delivery.md",
    "docs/members.md",
    "docs/operation.md",
    "docs/export.md",
    "README.md",
)


def test_what_is_shown_is_what_happens(served: Served) -> None:
    for name in TRIED:
        text = (ROOT / name).read_text("utf-8").replace(ADDRESS, served.address)
        listed = examples(text)
        assert listed
        for example, output in zip(listed, run(listed, served.folder, served.env), strict=True):
            if example.shown is not None:
                told = f"{name}\n{example.commands}\nshows\n{output}"
                assert is_shown(example.shown, output), told
    assert [event for event in events(served.folder) if not is_documented_event(event)] == []


def events(folder: Path) -> list[str]:
    """What the ledger says has happened."""
    connection = pysqlite3.dbapi2.connect(folder / "var" / "content.db")
    try:
        rows = connection.execute("SELECT DISTINCT event FROM ledger").fetchall()
    finally:
        connection.close()
    assert len(rows) > 10
    return [event for (event,) in rows]


def test_examples_are_found() -> None:
    shown = "```sh run\nls\n```\n\n```text\nvar\n```\n\n"
    text = shown + "```sh\nrm\n```\n\n```sh run\nid\n```\n\nand\n\n```text\n```\n"
    assert examples(text) == [Example("ls\n", "var\n"), Example("id\n", None)]


@pytest.mark.parametrize(
    ("expected", "output", "same"),
    [
        ("var\n", "var\n", True),
        ("var\n", "var\nmore\n", False),
        ("a … c\n", "a b c", True),
        ("a … c\n", "a b\nb c", False),
        ("…\nlast\n", "first\nsecond\nlast\n", True),
        ("…\nlast\n", "last\n", True),
        ("l’aHSCT ?\n", "l’aHSCT\u202f?\n", True),
        ("1.4\n", "144\n", False),
    ],
)
def test_output_is_compared(expected: str, output: str, same: bool) -> None:
    assert is_shown(expected, output) is same


def test_a_command_that_fails_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="no such place"):
        run([Example("echo 'no such place' >&2; false\n", None)], tmp_path, {})
