"""A ceiling on the memory of an export. Of the kernel's count, so only where it counts so."""

from pathlib import Path

import pytest

from tests.bench import exporting

#: Bytes a text, of all its answers: addresses, digests and sizes, and never what is in them.
TAKEN_MAX = 20_000


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_an_export_holds_addresses_and_no_texts(tmp_path: Path) -> None:
    taken = []
    for sections in (exporting.SMALL, exporting.LARGE):
        engine = exporting.filled(tmp_path / f"{sections}.db", sections)
        taken.append(exporting.first_and_next(engine, tmp_path / str(sections)))
        engine.dispose()
    for small, large in zip(*taken, strict=True):
        assert exporting.growth(small, large) <= TAKEN_MAX, (small, large)
