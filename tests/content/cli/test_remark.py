"""`msif remark list`, `make`, `answer`, `resolve` and `reopen`, as people at work type them."""

import pytest

from content.review import wording
from tests.content.cli.terminal import Terminal
from tests.reader import TODAY

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

HERE = "benefits/en"


def listed(terminal: Terminal, *more: str, by: str = "lay") -> list[list[str]]:
    return [row.split() for row in terminal.says("remark", "list", HERE, *more, by=by).splitlines()]


def test_a_thread_is_begun_answered_resolved_and_opened_again(terminal: Terminal) -> None:
    terminal.world.write()
    assert terminal.says("remark", "list", HERE, by="lay") == "Nothing is said about it.\n"
    with terminal.world.reading() as session:
        unit = next(iter(wording.units(session, terminal.world.version("benefits"))))

    told = terminal.says("remark", "make", HERE, unit, "Is it?\nReally?", by="lay")
    assert told == f"benefits/en/1: thread 1 in {unit}.\n"
    told = terminal.says("remark", "answer", HERE, "1", "It is.", by="author")
    assert told == "benefits/en/1: answered in thread 1.\n"
    first, second = listed(terminal)
    assert [*first[:4], *first[5:]] == ["1", unit, "open", "lay", "Is", "it?", "Really?"]
    assert [*second[:4], *second[5:]] == ["1", unit, "open", "author", "It", "is."]

    told = terminal.says("remark", "resolve", HERE, "1", by="editor")
    assert told == "benefits/en/1: thread 1 is resolved.\n"
    assert terminal.says("remark", "list", HERE, by="lay") == "Nothing is said about it.\n"
    assert [row[2] for row in listed(terminal, "--state", "resolved")] == ["resolved"] * 2
    told = terminal.refuses("remark", "answer", HERE, "1", "But", by="lay")
    assert told.startswith("thread-resolved: ")
    assert terminal.says("remark", "reopen", HERE, "1", by="lay").endswith("thread 1 is open.\n")
    assert listed(terminal, "--state", "all") == listed(terminal)


def test_what_is_refused(terminal: Terminal) -> None:
    terminal.world.write()
    told = terminal.refuses("remark", "list", HERE, by="administrator")
    assert told.startswith("role-missing: ")
    told = terminal.refuses("remark", "make", HERE, "nothing", "Is it?", by="lay")
    assert told.startswith("unit-not-found: ")
    told = terminal.refuses("remark", "resolve", HERE, "9", by="lay")
    assert told.startswith("thread-not-found: ")
    terminal.refuses("remark", "list", f"{HERE}/1", by="lay", code=2)
    terminal.refuses("remark", "answer", HERE, "0", "x", by="lay", code=2)
