"""The floor of freshness: what is published is everywhere within a second."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from tests.bench import spreading
from tests.reader import TODAY

#: From commit to the last process, of 99 publications in 100.
P99_SECONDS_MAX = 1.0


@pytest.fixture(autouse=True)
def traveller() -> Iterator[None]:
    """The clock goes on, in here as in the servers."""
    with time_machine.travel(TODAY, tick=True):
        yield


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_publication_is_on_every_process_of_a_machine_within_a_second(tmp_path: Path) -> None:
    with spreading.on_sqlite(tmp_path) as (world, servers):
        spread = spreading.measured(world, servers)
    assert spread.p99 < P99_SECONDS_MAX, spread


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_publication_is_on_every_machine_within_a_second(
    postgres_url: str, tmp_path: Path
) -> None:
    with spreading.on_postgres(postgres_url, tmp_path) as (world, servers):
        spread = spreading.measured(world, servers)
    assert spread.p99 < P99_SECONDS_MAX, spread
