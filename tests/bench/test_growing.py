"""Floors of a hub whose stored versions grow. Ratios of one run, in processor time."""

from pathlib import Path

import pytest

from tests.bench import growing

#: 40,000 versions; `python -m tests.bench.growing` measures a million.
SECTIONS = 400
#: A tenth, and what measuring on a busy machine adds.
GROWTH_MAX = 1.35


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_what_is_stored_changes_neither_answers_nor_publications_nor_the_start(
    tmp_path: Path,
) -> None:
    both = growing.filled(tmp_path, SECTIONS)
    for measure in growing.MEASURES:
        ratio = measure(both)
        assert ratio.value <= GROWTH_MAX, ratio
