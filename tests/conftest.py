"""What every test may ask for."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.postgres import PostgresLeftOut, postgres_server
from tests.snapshot import compare

SNAPSHOTS = Path(__file__).with_name("snapshots")

# A machine that is busy is no bug, hence no deadline. On CI the examples are the same every time,
# so that a red run speaks of the change; at a desk they are new every time, and find new things.
hypothesis.settings.register_profile("default", deadline=None, print_blob=True)
hypothesis.settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "default")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-snapshots",
        action="store_true",
        help="write tests/snapshots anew instead of comparing with it (make snapshots)",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`make snapshots` runs the tests marked here, and no others."""
    for item in items:
        if "snapshot" in getattr(item, "fixturenames", ()):
            item.add_marker("snapshot")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server's maintenance database; tests make their own with `fresh_database`."""
    try:
        with postgres_server() as url:
            yield url
    except PostgresLeftOut as left_out:
        pytest.skip(str(left_out))


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`snapshot("openapi.json", text)` compares with tests/snapshots/openapi.json, kept in git."""
    rewrite = request.config.getoption("--rewrite-snapshots")

    def check(name: str, text: str) -> None:
        compare(SNAPSHOTS / name, text, rewrite=rewrite)

    return check
