from pathlib import Path

import pytest

from content.sign_off import trust_file, trust_pin
from tests.content.cli.terminal import Terminal
from tests.keys import registrar_file
from tests.world import World


@pytest.fixture
def terminal(sqlite_world: World, tmp_path: Path) -> Terminal:
    """On a hub with people of every role and a trust file; its database is `content.db`."""
    (tmp_path / "content.db").chmod(0o600)
    (tmp_path / "keys").mkdir(mode=0o700)
    registrar_file(tmp_path / "keys")
    with sqlite_world.reading() as session:
        trust_pin.write(tmp_path / "keys" / "trust.pin", trust_file.numbered(session, 1).sha256)
    return Terminal(tmp_path, sqlite_world)
