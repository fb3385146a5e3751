"""Floors of the translation memory. Ratios of one run; nothing here depends on the machine."""

import pytest

from tests.bench import remembering

#: Ten times more texts may cost this much more.
GROWTH_MAX = 20
#: Comparing with every text has to cost at least this much more than looking up.
GAIN_MIN = 3


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_look_up_costs_no_more_than_its_share() -> None:
    small = remembering.remembered(remembering.SMALL)
    large = remembering.remembered(remembering.LARGE)
    growth, thought = remembering.growth(small, large), remembering.thought(large)
    assert growth.value <= GROWTH_MAX, growth
    assert thought.value >= GAIN_MIN, thought
