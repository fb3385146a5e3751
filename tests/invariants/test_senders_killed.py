"""Workers are killed at random, and each webhook is told of each event, at least once."""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine

from tests.postbox import (
    Behaviour,
    Receiver,
    answer,
    attempts,
    deliveries,
    enter,
    happen,
    hook,
    receiving,
    row_of,
)

ROOT = Path(__file__).parents[2]
WORKERS = 2
#: Events in each step, and messages that come through before somebody is killed, at most.
EVENTS, SOON = 15, 25
KILLS, KILLS_SLOW = 3, 20
SECONDS_MAX = 120.0


def worker(engine: Engine) -> "subprocess.Popen[bytes]":
    url = engine.url.render_as_string(hide_password=False)
    return subprocess.Popen([sys.executable, "-m", "tests.invariants.sender", url], cwd=ROOT)


def telling(came: Event) -> Behaviour:
    def behave(wire: object) -> None:
        came.set()
        answer(wire)  # type: ignore[arg-type]

    return behave


def until(holds: Callable[[], bool], came: Event) -> None:
    """Look whenever a message came, and now and then."""
    deadline = time.monotonic() + SECONDS_MAX
    while not holds():
        assert time.monotonic() < deadline, "they are not told"
        came.wait(0.1)
        came.clear()


def killed_at_random(engine: Engine, kills: int) -> None:
    seed = random.SystemRandom().randrange(10**9)
    sys.stdout.write(f"random.Random({seed})\n")  # shown where the test fails
    chance, came = random.Random(seed), Event()
    with receiving() as receiver:
        receiver.behaviour = telling(came)
        enter(engine)
        hooks = [hook(engine, receiver.url) for _ in range(3)]
        workers = [worker(engine) for _ in range(WORKERS)]
        try:
            last = 0
            for _ in range(kills):
                last = happen(engine, "in_force", times=EVENTS)
                enough = len(receiver.got) + chance.randrange(1, SOON)
                until(lambda enough=enough: len(receiver.got) >= enough, came)  # type: ignore[misc]
                unlucky = chance.randrange(WORKERS)
                workers[unlucky].kill()
                workers[unlucky].wait()
                workers[unlucky] = worker(engine)
            until(lambda: all_told(engine, hooks, last), came)
        finally:
            for one in workers:
                one.kill()
                one.wait()
        require_told(engine, hooks, last, receiver)


def all_told(engine: Engine, hooks: list[str], last: int) -> bool:
    return all(
        row_of(engine, one).cursor == last
        and all(found.state == "delivered" for found in deliveries(engine, one))
        for one in hooks
    )


def require_told(engine: Engine, hooks: list[str], last: int, receiver: Receiver) -> None:
    came = Counter(receiver.ids)
    for one in hooks:
        assert [found.seq for found in deliveries(engine, one)] == list(range(1, last + 1))
        on_record = Counter(row.seq for row in attempts(engine, one))
        for seq in range(1, last + 1):
            assert 1 <= came[f"msg_{one}_{seq}"] <= on_record[seq], "none is made off the record"
    assert len(came) == len(hooks) * last


def test_each_event_is_told_though_workers_are_killed(engine: Engine) -> None:
    killed_at_random(engine, KILLS)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_each_event_is_told_though_many_workers_are_killed(engine: Engine) -> None:
    killed_at_random(engine, KILLS_SLOW)
