"""A changed source costs in proportion to its texts, however many a section has."""

import pytest

from tests.bench.merging import CHANGES, finding, merging

#: A text of a section eight times as long may cost this much more; quadratic would be eight.
GROWTH_MAX = 2.0


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_finding_units_again_is_linear(change: str) -> None:
    ratio = finding(CHANGES[change])
    assert ratio.value <= GROWTH_MAX, ratio


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_merging_a_translation_is_linear(change: str) -> None:
    ratio = merging(CHANGES[change])
    assert ratio.value <= GROWTH_MAX, ratio
