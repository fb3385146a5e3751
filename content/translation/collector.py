"""The garbage collector, told to wait while one large file is taken.

Taking a catalogue makes some hundred thousand values, nearly all of which live to its end. Each
time so many more are there the collector looks through them and finds nothing to free: a fifth of
the whole time. What is let go of is freed at once as ever; only what refers to itself in a circle
waits, a few seconds at most, and limits.py says how large a file can be.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

# There is one collector for all threads, so there is one count of who wants it to wait.
_lock = Lock()
#: Blocks that run now, in all threads.
_waiting_for = 0
#: Whether it was at work before the first of them: some processes run without it.
_was_at_work = False


@contextmanager
def paused() -> Iterator[None]:
    """No collection while the block runs, however it ends; the last of several lets it go on."""
    _pause()
    try:
        yield
    finally:
        _go_on()


def _pause() -> None:
    global _waiting_for, _was_at_work
    with _lock:
        if _waiting_for == 0:
            _was_at_work = gc.isenabled()
            gc.disable()
        _waiting_for += 1


def _go_on() -> None:
    global _waiting_for
    with _lock:
        _waiting_for -= 1
        if _waiting_for == 0 and _was_at_work:
            gc.enable()
