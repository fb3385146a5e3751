import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer.main

from content.database import writing
from content.publication import demo
from content.sign_off import trust_file, trust_pin
from tests.content.cli.terminal import Terminal
from tests.keys import SIGNERS, registrar_file
from tests.world import World


@pytest.fixture(scope="session", autouse=True)
def put_together_once() -> Iterator[None]:
    """A process puts its hundred commands together once; the runner would for each line typed."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr("typer.testing._get_command", cache(typer.main.get_command))
        yield


@pytest.fixture
def terminal(sqlite_world: World, tmp_path: Path) -> Terminal:
    """On a hub with people of every role and a trust file; its database is `content.db`."""
    (tmp_path / "content.db").chmod(0o600)
    (tmp_path / "keys").mkdir(mode=0o700)
    registrar_file(tmp_path / "keys")
    with sqlite_world.reading() as session:
        trust_pin.write(tmp_path / "keys" / "trust.pin", trust_file.numbered(session, 1).sha256)
    return Terminal(tmp_path, sqlite_world)


@pytest.fixture
def demonstration(terminal: Terminal) -> Terminal:
    """The same, marked as one, with keys in software for the board."""
    with writing(terminal.world.engine) as session:
        demo.mark(session)
    file = terminal.folder / "demo" / "authenticators.json"
    file.parent.mkdir()
    people = ("board-1", "board-2", "board-3", "board-4")
    file.write_text(json.dumps([SIGNERS.authenticators[one].told() for one in people]))
    return terminal
