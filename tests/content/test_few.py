"""Names in one line."""

import pytest

from content.few import few


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ("", ""),
        ("a", "a"),
        ("abcde", "a, b, c, d, e"),
        ("abcdefg", "a, b, c, d, e and 2 more"),
    ],
)
def test_many_of_a_kind_are_counted(names: str, told: str) -> None:
    assert few(list(names)) == told


def test_somebody_wants_fewer() -> None:
    assert few(["a", "b", "c"], 2) == "a, b and 1 more"
