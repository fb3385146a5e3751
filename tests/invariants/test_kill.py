"""A process that is killed leaves all of a transaction or nothing, and the next one goes on."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from content.database import connect
from tests.invariants import rows
from tests.invariants.invariants import require
from tests.invariants.publisher import SECTION, next_step
from tests.world import World, without_who

ROOT = Path(__file__).parents[2]
EDITIONS = 2
#: About as many transactions as it takes to bring EDITIONS editions into force in two languages.
TRANSACTIONS = 32
#: Child processes in one run that are killed, and so in the slow one.
KILLS, KILLS_SLOW = 3, 25
#: Kills spread over one transaction.
SPREAD = 8


def url_of(world: World) -> str:
    return world.engine.url.render_as_string(hide_password=False)


def publisher(world: World) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.invariants.publisher", url_of(world), str(EDITIONS)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def kill_after(world: World, lines: int) -> None:
    """Let it work, and kill it somewhere in the transaction after so many lines."""
    with publisher(world) as process:
        assert process.stdout is not None
        for _ in range(lines):
            if not process.stdout.readline():
                break
        process.kill()


def killed_at_random(world: World, kills: int) -> None:
    seed = random.SystemRandom().randrange(10**9)
    sys.stdout.write(f"random.Random({seed})\n")  # shown where the test fails
    chance = random.Random(seed)
    for _ in range(kills):
        lines = chance.randrange(1, TRANSACTIONS // 3)
        kill_after(world, lines)
        require(world)
    with publisher(world) as process:
        process.communicate()
    assert process.returncode == 0
    assert next_step(world, EDITIONS) is None
    assert world.states()[SECTION] == ["superseded", "in_force"]
    require(world)


def test_a_process_killed_at_random_leaves_nothing_half_done(world: World) -> None:
    killed_at_random(world, KILLS)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("turn", range(4))
def test_many_processes_killed_at_random(world: World, turn: int) -> None:
    killed_at_random(world, KILLS_SLOW)


def before_publication(world: World) -> Callable[[World], object]:
    """One signature away from an edition in force, with translations that it leaves behind.

    Returns the step that publishes.
    """
    editions = 1
    while (step := next_step(world, editions)) is not None:
        step()
    editions = 2
    while world.states()[SECTION] != ["in_force", "sign_off"]:
        step = next_step(world, editions)
        assert step is not None
        step()
    for _ in range(2):
        step = next_step(world, editions)
        assert step is not None
        step()

    def publish(other: World) -> object:
        last = next_step(other, editions)
        assert last is not None
        return last()

    return publish


def kills_itself(engine: Engine, at: int) -> list[int]:
    """Kill this process before its `at`th statement or commit from now on; counts them."""
    counted = [0]

    def one_more(*_: object) -> None:
        counted[0] += 1
        if counted[0] == at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "before_cursor_execute", one_more)
    event.listen(engine, "commit", one_more)
    return counted


def in_a_child(url: str, publish: Callable[[World], object], at: int) -> int:
    """Publish in a process of its own that kills itself at a statement; its wait status."""
    child = os.fork()
    if child == 0:
        ended = 1
        try:
            other = World(connect(url))
            kills_itself(other.engine, at)
            publish(other)
            ended = 0
        finally:
            os._exit(ended)
    return os.waitpid(child, 0)[1]


def statements_of(url: str, publish: Callable[[World], object]) -> int:
    """How many statements it takes to the first commit, which this process does not survive."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            other = World(connect(url))
            counting = kills_itself(other.engine, 0)
            event.listen(other.engine, "commit", lambda _: told(writer, counting[0]))
            publish(other)
        finally:
            os._exit(1)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        counted = pipe.read().split()[-1]
    os.waitpid(child, 0)
    return int(counted)


def told(writer: int, count: int) -> None:
    os.write(writer, f"{count}\n".encode())
    os.kill(os.getpid(), signal.SIGKILL)


def killed_between(world: World, act: Callable[[World], object], spread: int) -> None:
    """Kill whoever acts before some of the statements: nothing is left, until all of it is."""
    url = url_of(world)
    world.engine.dispose()
    total = statements_of(url, act)
    before = rows.of(world.engine)
    stride = max(1, total // spread)
    assert total > 10, "it is one transaction of many statements"
    for at in count(1, stride):
        world.engine.dispose()
        ended = in_a_child(url, act, at)
        if ended == 0:  # it got past its last statement and past its commit
            break
        assert os.WTERMSIG(ended) == signal.SIGKILL, at
        assert rows.changed(before, rows.of(world.engine)) == set(), at
    assert at > total
    require(world)


def publishing_is_killed(world: World, spread: int) -> None:
    killed_between(world, before_publication(world), spread)
    assert world.states()[SECTION] == ["superseded", "in_force"]


def uploading_is_killed(world: World, spread: int) -> None:
    """A file with words that are written and words that are kept; then its undoing."""
    world.publish_page()
    world.translate("fr")
    old = world.pull("fr")
    world.upload("fr", old.replace('"fr – Risks"', '"Les risques"'))
    before = world.pull("fr")
    text = old.replace('"fr – Risks"', '"Des risques"').replace("fr – It may", "Cela pourrait")

    killed_between(world, lambda other: other.upload("fr", text), spread)

    report = world.upload("fr", text)
    assert report.again
    assert (report.counts["conflict"], report.counts["updated"]) == (1, 2)
    assert "Cela pourrait" in world.pull("fr")

    killed_between(world, lambda other: other.undo(report), spread)

    # An undo writes, too; the minute may have turned since.
    assert without_who(world.pull("fr")) == without_who(before)


def test_killed_between_any_two_statements_of_publish_leaves_nothing(world: World) -> None:
    publishing_is_killed(world, SPREAD)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_killed_before_each_statement_of_publish_leaves_nothing(world: World) -> None:
    publishing_is_killed(world, 1_000)


def test_killed_between_any_two_statements_of_an_upload_leaves_nothing(world: World) -> None:
    uploading_is_killed(world, SPREAD)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_killed_before_each_statement_of_an_upload_leaves_nothing(world: World) -> None:
    uploading_is_killed(world, 1_000)
