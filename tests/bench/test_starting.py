"""The floor of a start: what ten thousand stored answers may add to it."""

from pathlib import Path

import pytest

from tests.bench import starting

#: Processor time beyond the start with a page.
SECONDS_MAX = 0.8


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_server_with_ten_thousand_answers_starts_as_soon_as_with_a_page(tmp_path: Path) -> None:
    small = starting.filled(tmp_path / "small", 0)
    large = starting.filled(tmp_path / "large", starting.SECTIONS)
    _, more = starting.beyond(small, large)
    assert more.cpu_seconds < SECONDS_MAX, more
