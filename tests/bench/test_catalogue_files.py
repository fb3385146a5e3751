"""Floors for reading .po files. Ratios of one run; nothing here depends on the machine."""

import pytest

from tests.bench import catalogue_files

#: Our reader and polib's second opinion together, against polib alone.
DEARER_MAX = 2.5
#: Twice the file may cost this much more: twice, and what is left for chance.
GROWTH_MAX = 2.8
TIMES = 100


@pytest.mark.slow
def test_two_readers_cost_little_more_than_two_readings() -> None:
    ratio = catalogue_files.against_polib()
    assert ratio.value <= DEARER_MAX, ratio


@pytest.mark.slow
@pytest.mark.parametrize("what", catalogue_files.GROWING)
def test_twice_the_file_costs_twice_the_time(what: str) -> None:
    ratio = catalogue_files.as_it_grows(what, TIMES)
    assert ratio.value <= GROWTH_MAX, ratio
