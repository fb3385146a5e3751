"""The floor of what members show: an editor sees all of it within a second."""

from pathlib import Path

import pytest

from tests.bench import showing

#: Processor time of all pages, the client's included.
SECONDS_MAX = 1.0


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_what_fifty_members_show_of_a_thousand_sections_is_told_in_a_second(
    tmp_path: Path,
) -> None:
    engine = showing.filled(tmp_path / "content.db")
    spent = showing.seconds(engine)
    engine.dispose()
    assert spent < SECONDS_MAX
