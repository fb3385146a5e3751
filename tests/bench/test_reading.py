"""Floors that hold as a hub grows. Ratios of one run; nothing here depends on the machine."""

from pathlib import Path

import pytest

from tests.bench import reading
from tests.bench.hubs import new_hub

#: A thousand sections may cost this much more than fourteen.
GROWTH_MAX = 1.5


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_reading_costs_the_same_with_a_thousand_sections(tmp_path: Path) -> None:
    small, large = new_hub(tmp_path / "small.db"), new_hub(tmp_path / "large.db")
    reading.filled(small, reading.SMALL)
    reading.filled(large, reading.LARGE)
    with reading.client(small) as one, reading.client(large) as other:
        for ratio in (
            reading.one_section(one, other),
            reading.list_size(one, other),
            reading.list_depth(other),
        ):
            assert ratio.value <= GROWTH_MAX, ratio
