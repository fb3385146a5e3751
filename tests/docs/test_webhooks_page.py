"""The receiver of docs/webhooks.md, as it stands there: it verifies, and pulls."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path

import pytest
import time_machine

from content import database
from content.database import writing
from content.syndication import delivery, webhook
from content.syndication.sending import Sender
from tests.api.hubs import open_app
from tests.copies import filled, in_two_languages
from tests.postbox import attempts, enter, hook, postman, row_of
from tests.postgres import free_port
from tests.servers import in_thread
from tests.structure.sources import ROOT
from tests.world import World

CODE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@contextmanager
def serving(world: World) -> Iterator[str]:
    with in_thread(open_app(world.engine)) as hub:
        yield hub


@contextmanager
def receiver(folder: Path, hub: str, secret: str, port: int) -> Iterator["subprocess.Popen[str]"]:
    (code,) = CODE.findall((ROOT / "docs" / "webhooks.md").read_text("utf-8"))
    env = os.environ | {"HUB": hub, "WEBHOOK_SECRET": secret, "PORT": str(port)}
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=folder, env=env, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            until_it_listens(process, port)
            yield process
        finally:
            process.kill()


def until_it_listens(process: "subprocess.Popen[str]", port: int) -> None:
    while process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    pytest.fail("the receiver has ended")


def test_the_receiver_verifies_and_pulls(empty_sqlite: Path, tmp_path: Path) -> None:
    path = filled(empty_sqlite, tmp_path / "hub.db", in_two_languages)
    world = World(database.connect(f"sqlite:///{path}"))
    port = free_port()
    enter(world.engine)
    one = hook(world.engine, f"http://127.0.0.1:{port}/")
    secret = row_of(world.engine, one).secret
    # The receiver's clock is that of the machine, which a test's is not.
    now = time_machine.escape_hatch.datetime.datetime.now(UTC)
    with (
        time_machine.travel(now, tick=True),
        serving(world) as hub,
        receiver(tmp_path, hub, secret, port) as process,
    ):
        with writing(world.engine) as session:
            delivery.ping(session, webhook.find(session, "ms", one))
        postman(world.engine).drain()
        (attempt,) = attempts(world.engine, one)
        assert (attempt.status, attempt.error) == (204, None)
        seen = int((tmp_path / "msif.seq").read_text())
        assert seen == row_of(world.engine, one).cursor
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(seen)]
        assert "in_force treatment fr\n" in told
        forged = {"webhook-id": "m", "webhook-timestamp": "0", "webhook-signature": "v1,AAAA"}
        outcome = Sender("any").send(f"http://127.0.0.1:{port}/", forged, b"{}")
        assert outcome.status == 400
    world.engine.dispose()
