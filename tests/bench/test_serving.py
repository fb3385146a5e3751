"""The floors: what an answer of the lane may cost beside nginx, and one of the front beside an
application that does nothing.

How Python was compiled weighs as much as anything in the lane, and on nginx not at all. So beside
nginx it is held in a Python that was compiled with optimisations, as distributions' are; and beside
an application that does nothing, in the same Python, in any.
"""

import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import serving
from tests.bench.asking import NGINX
from tests.bench.serving import Case

#: Answers of the lane for one of nginx, and for one of a bare application, by processor time.
LANE_MIN = {
    Case("6 KB", "identity"): (1.0, 4.5),
    Case("6 KB", "304"): (0.9, 4.2),
    Case("60 KB", "identity"): (0.75, 2.7),
    Case("6 KB", "identity", is_new=True): (0.65, 2.9),
}
#: Distributions do not say how they compiled it, and do it well.
IS_OPTIMISED = sys.base_prefix == "/usr" or "--enable-optimizations" in (
    sysconfig.get_config_var("CONFIG_ARGS") or ""
)
#: Answers of the front for one of a bare application. Many requests at once on a connection hide
#: what the system costs both, so that this is the worst case.
FRONT_OF_BARE_MIN = 0.85
ANSWERS, ROUNDS = 20_000, 5


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that nginx reads, which gives up root's rights; pytest's are closed to others."""
    with tempfile.TemporaryDirectory() as made:
        found = Path(made)
        found.chmod(0o755)
        yield found


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_front_costs_hardly_more_than_an_application_that_does_nothing(
    tmp_path: Path,
) -> None:
    assert serving.front_of_bare(tmp_path, ANSWERS, ROUNDS) >= FRONT_OF_BARE_MIN


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(not shutil.which("wrk"), reason="needs wrk")
def test_the_lane_costs_what_nginx_costs(folder: Path) -> None:
    beside_nginx = IS_OPTIMISED and NGINX.exists()
    names = ("nginx", "bare", "lane") if beside_nginx else ("bare", "lane")
    cases = {case.name: case for case in LANE_MIN}
    # The best of each: whatever else a machine does only adds.
    for row in serving.rows(folder, list(LANE_MIN), names, ROUNDS, min):
        if row.server == "lane":
            of_nginx, of_bare = LANE_MIN[cases[row.case]]
            assert row.of_bare >= of_bare, row
            assert not beside_nginx or row.of_nginx >= of_nginx, row
