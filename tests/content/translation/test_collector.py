"""The collector waits while a block runs, and no longer."""

import gc
from collections.abc import Iterator

import pytest

from content.translation import collector


@pytest.fixture(autouse=True)
def at_work() -> Iterator[None]:
    """However a test leaves it, the next one finds the collector at work."""
    gc.enable()
    yield
    gc.enable()


def test_it_waits_while_the_block_runs() -> None:
    with collector.paused():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_a_block_that_ends_badly() -> None:
    with pytest.raises(ValueError, match="refused"), collector.paused():
        raise ValueError("refused")
    assert gc.isenabled()


def test_the_last_of_several_blocks_lets_it_go_on() -> None:
    with collector.paused():
        with collector.paused():
            pass
        assert not gc.isenabled(), "another thread's file is still being taken"
    assert gc.isenabled()


def test_a_process_that_runs_without_it_still_does_afterwards() -> None:
    gc.disable()
    with collector.paused():
        pass
    assert not gc.isenabled()
