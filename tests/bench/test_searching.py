"""Floors of the search. Ratios of one run; nothing here depends on the machine."""

from pathlib import Path

import pytest

from tests.bench import searching
from tests.postgres import fresh_database

#: Ten times the texts may cost this much more, whatever is looked for. What is in no text,
#: though each of its words is in all, has to be looked for in all of them.
SEARCH_MAX = 5
NOT_THERE_MAX = 15


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_search_in_many_texts_costs_hardly_more_than_in_few(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    def url(name: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path / name}"
        return fresh_database(request.getfixturevalue("postgres_url"))

    small = searching.filled(url("small.db"), searching.SMALL)
    large = searching.filled(url("large.db"), searching.LARGE)
    for what in searching.QUERIES:
        ratio = searching.growth(what, small, large)
        most = NOT_THERE_MAX if what in searching.NOT_THERE else SEARCH_MAX
        assert ratio.value <= most, ratio
    for engine in (small, large):
        engine.dispose()
