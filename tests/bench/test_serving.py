"""The floors: what lane and front may cost beside an application that does nothing.

Beside nginx, which is no Python, the same lane is a third dearer in a Python that was compiled
without optimisations than in one of Debian's: that ratio is measured (docs/performance.md), and
what of it depends on the hub is held here.
"""

import shutil
from pathlib import Path

import pytest

from tests.bench import serving
from tests.bench.serving import Case

#: Answers of the lane for one of a bare application, by processor time.
LANE_OF_BARE_MIN = {
    Case("6 KB", "identity"): 3.5,
    Case("6 KB", "304"): 3.9,
    Case("60 KB", "identity"): 2.3,
    Case("6 KB", "identity", is_new=True): 2.2,
}
#: Answers of the front for one of a bare application. Many requests at once on a connection hide
#: what the system costs both, so that this is the worst case.
FRONT_OF_BARE_MIN = 0.85
ANSWERS, ROUNDS = 20_000, 5


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_front_costs_hardly_more_than_an_application_that_does_nothing(
    tmp_path: Path,
) -> None:
    assert serving.front_of_bare(tmp_path, ANSWERS, ROUNDS) >= FRONT_OF_BARE_MIN


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(not shutil.which("wrk"), reason="needs wrk")
def test_the_lane_costs_a_part_of_what_an_application_costs_that_does_nothing(
    tmp_path: Path,
) -> None:
    reached = serving.lane_of_bare(tmp_path, list(LANE_OF_BARE_MIN), ROUNDS)
    assert {case: ratio for case, ratio in reached.items() if ratio < LANE_OF_BARE_MIN[case]} == {}
