"""The floor of the front: what it may cost beside an application that does nothing."""

from pathlib import Path

import pytest

from tests.bench import serving

#: Answers of the front for one of a bare application, by processor time. Many requests at once on
#: a connection hide what the system costs both, so that this is the worst case.
FRONT_OF_BARE_MIN = 0.8
ANSWERS, ROUNDS = 20_000, 3


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_front_costs_hardly_more_than_an_application_that_does_nothing(
    tmp_path: Path,
) -> None:
    assert serving.front_of_bare(tmp_path, ANSWERS, ROUNDS) >= FRONT_OF_BARE_MIN
