from pathlib import Path

import pytest

from tests.snapshot import compare


def test_a_rewritten_snapshot_compares_equal(tmp_path: Path) -> None:
    path = tmp_path / "published" / "answer.json"
    compare(path, "eins\r\nzwölf\n", rewrite=True)
    compare(path, "eins\r\nzwölf\n", rewrite=False)


def test_a_changed_text_fails(tmp_path: Path) -> None:
    path = tmp_path / "routes.txt"
    compare(path, "GET /healthz\n", rewrite=True)
    with pytest.raises(AssertionError, match="has changed"):
        compare(path, "GET /readyz\n", rewrite=False)


def test_a_missing_snapshot_fails(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="make snapshots"):
        compare(tmp_path / "routes.txt", "GET /healthz\n", rewrite=False)
