"""What these tests may ask for beside the usual."""

from pathlib import Path

import pytest

from tests.exporting import Exporter
from tests.published import published, published_file
from tests.world import World

__all__ = ["published", "published_file"]


@pytest.fixture
def exporter(published: World, tmp_path: Path) -> Exporter:
    """English and French in force."""
    return Exporter(published, tmp_path / "keys")
