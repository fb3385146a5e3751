"""The demonstration: the bundled page after its whole way, made once for these tests."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
import time_machine

from content import database
from content.cli import demo_journey
from content.review import policy as policies
from content.samples import bundle
from content.settings import Settings
from tests.reader import TODAY
from tests.world import World


@pytest.fixture(scope="package")
def sample(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Nothing here changes it."""
    folder = tmp_path_factory.mktemp("sample")
    copyfile(empty_sqlite, folder / "content.db")
    engine = database.connect(f"sqlite:///{folder / 'content.db'}")
    policy = policies.load(bundle.POLICY_FILE)
    with time_machine.travel(TODAY, tick=False):
        demo_journey.prepare(engine, Settings(data_dir=folder), policy, lambda _: None)
    yield World(engine, policy)
    engine.dispose()
