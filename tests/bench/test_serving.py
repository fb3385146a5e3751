"""The floors: what lane and front may cost beside nginx and an application that does nothing."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.bench import asking, serving
from tests.bench.serving import Case

#: Answers of the lane for one of nginx, by processor time.
FLOORS = {
    Case("6 KB", "identity"): 0.9,
    Case("6 KB", "304"): 0.75,
    Case("60 KB", "identity"): 0.6,
    Case("6 KB", "identity", is_new=True): 0.55,
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
@pytest.mark.skipif(
    not (shutil.which("wrk") and asking.NGINX.exists()), reason="needs nginx and wrk"
)
def test_the_lane_costs_about_what_nginx_costs() -> None:
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # nginx gives up root's rights
        reached = serving.lane_of_nginx(Path(folder), list(FLOORS), ROUNDS)
    assert {case: ratio for case, ratio in reached.items() if ratio < FLOORS[case]} == {}
