"""What is kept at hand is made once, and the oldest goes when there is no room."""

import pytest

from content.records.kept import Kept


def test_what_is_at_hand_is_not_made_again() -> None:
    kept: Kept[str] = Kept(2)

    assert kept.found_or_made("a", lambda: "first") == "first"
    assert kept.found_or_made("a", lambda: pytest.fail("made twice")) == "first"


def test_the_oldest_goes_first() -> None:
    kept: Kept[str] = Kept(2)
    for name in ("a", "b", "c"):
        kept.keep(name, name)

    assert kept.found_or_made("b", lambda: "anew") == "b"
    assert kept.found_or_made("c", lambda: "anew") == "c"
    assert kept.found_or_made("a", lambda: "anew") == "anew"


def test_what_is_at_hand_is_told_and_what_is_not_is_left_out() -> None:
    kept: Kept[tuple[str, ...]] = Kept(2)
    kept.keep("a", ())

    assert kept.found(["a", "b"]) == {"a": ()}
