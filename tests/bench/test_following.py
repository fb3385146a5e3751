"""Floors of the log. Ratios of one run; nothing here depends on the machine."""

from pathlib import Path

import pytest

from tests.bench import following

#: A ledger a hundred times as long may cost this much more: it has one level of tiles more.
CHECKPOINT_MAX = 3
TILE_MAX = 2
#: Catching up reads each row once, so each row costs the same.
ROW_MAX = 2


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_long_log_costs_hardly_more_than_a_short_one(tmp_path: Path) -> None:
    small = following.filled(tmp_path / "small.db", following.SMALL)
    large = following.filled(tmp_path / "large.db", following.LARGE)
    signing = following.signing(small, large)
    assert signing.value <= CHECKPOINT_MAX, signing
    for level in (0, 1):
        tiles = following.tiles(small, large, level)
        assert tiles.value <= TILE_MAX, tiles
    catching_up = following.catching_up(small, large)
    assert catching_up.value <= ROW_MAX, catching_up
