from pathlib import Path

import pytest

from tests.content.cli.terminal import Terminal
from tests.world import World


@pytest.fixture
def terminal(sqlite_world: World, tmp_path: Path) -> Terminal:
    """On a hub with people of every role. Its database is `content.db` in the data folder."""
    (tmp_path / "content.db").chmod(0o600)
    return Terminal(tmp_path, sqlite_world)
