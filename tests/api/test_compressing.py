"""A server compresses its answers beside the requests."""

import fcntl
from dataclasses import replace
from pathlib import Path

import anyio
import anyio.from_thread
import anyio.lowlevel
import pytest

from api import compressing
from api.dependencies import Hub as Served
from content.settings import Settings
from tests.api.hubs import Hub, contents
from tests.tampering import tamper


def served(hub: Hub, folder: Path) -> Served:
    made: Served = hub.app.state.hub
    return replace(made, settings=Settings(data_dir=folder))


def test_it_compresses_in_batches_until_there_is_nothing_left(hub: Hub, tmp_path: Path) -> None:
    there = served(hub, tmp_path / "new")
    rows = 0
    while some := compressing.compress_some(there):
        rows += some
    assert rows == 3 * len(contents(hub.world.engine)["representation"])


def test_one_process_of_a_machine_is_at_it(sqlite_hub: Hub, tmp_path: Path) -> None:
    there = served(sqlite_hub, tmp_path)
    with (tmp_path / "compressing.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert compressing.compress_some(there) == 0
    assert compressing.compress_some(there) > 0


def test_what_goes_wrong_ends_no_server(sqlite_hub: Hub, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert compressing.compress_some(served(sqlite_hub, file)) == 0
    tamper(sqlite_hub.world.engine, "ALTER TABLE coding RENAME TO gone")
    assert compressing.compress_some(served(sqlite_hub, tmp_path)) == 0


def test_it_goes_on_until_it_is_ended(sqlite_hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compressing, "SECONDS_TO_BEGIN_WITH", 0)
    monkeypatch.setattr(compressing, "SECONDS_BETWEEN", 0)
    monkeypatch.setattr(compressing, "SECONDS_TO_LOOK_ANYWAY", 0)
    batches = [2, 1, 0, 1, 0]

    async def some() -> None:
        with anyio.CancelScope() as scope:

            def batch(_hub: object) -> int:
                if len(batches) == 1:
                    anyio.from_thread.run_sync(scope.cancel)
                return batches.pop(0)

            monkeypatch.setattr(compressing, "compress_some", batch)
            await compressing.go_on(sqlite_hub.app.state.hub)

    anyio.run(some)
    assert batches == []


def test_it_looks_where_an_answer_changed(sqlite_hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compressing, "SECONDS_TO_BEGIN_WITH", 0)
    monkeypatch.setattr(compressing, "SECONDS_BETWEEN", 0)
    hub: Served = sqlite_hub.app.state.hub
    hub.table.look()
    looks = 0

    async def some() -> None:
        first = anyio.Event()
        with anyio.CancelScope() as scope:

            def batch(_hub: object) -> int:
                nonlocal looks
                looks += 1
                anyio.from_thread.run_sync(first.set if looks == 1 else scope.cancel)
                return 0

            async def change() -> None:
                await first.wait()
                for _ in range(100):
                    await anyio.lowlevel.checkpoint()
                assert looks == 1
                sqlite_hub.world.withdraw("risks")
                hub.table.look()

            monkeypatch.setattr(compressing, "compress_some", batch)
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(change)
                await compressing.go_on(hub)

    anyio.run(some)
    assert looks == 2
