"""A changed source costs in proportion to its texts, however many a section has."""

import pytest

from tests.bench.merging import CHANGES, TRAPS, Cost, finding, finding_in, merging, merging_in

#: A text of a section eight times as long may cost this much more; quadratic would be eight.
GROWTH_MAX = 2.0
#: A text may cost this many times what it costs to tell its two versions apart by difflib. Where
#: that is 14 µs, so two seconds for a hundred thousand texts are 1.4, the dearest change costs
#: some 1.4; what is over is for machines on which the two are not as dear to each other.
COST_MAX = 1.75


def holds(cost: Cost) -> None:
    assert cost.value <= GROWTH_MAX, cost
    assert cost.worst <= COST_MAX, cost


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_finding_units_again_is_cheap_and_linear(change: str) -> None:
    holds(finding(CHANGES[change]))


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_merging_a_translation_is_cheap_and_linear(change: str) -> None:
    holds(merging(CHANGES[change]))


@pytest.mark.slow
@pytest.mark.parametrize("trap", TRAPS)
def test_what_could_be_quadratic_is_linear(trap: str) -> None:
    for cost in (finding_in(trap), merging_in(trap)):
        assert cost.value <= GROWTH_MAX, cost
