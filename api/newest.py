"""How far the feed has come, for whoever waits for what comes next: one look for all of them."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import anyio
import anyio.to_thread
from sqlalchemy.exc import SQLAlchemyError

from content.errors import ContentError, TooManyWaiting

#: Between two looks, while anybody waits, and while nobody does.
SECONDS_BETWEEN = 0.25
SECONDS_BETWEEN_IDLE = 0.5
#: Requests of one process that wait at the same time.
WAITING_MAX = 2_000

log = logging.getLogger(__name__)


class Newest:
    """The highest sequence number that this process has seen. `follow` runs beside the requests."""

    def __init__(self) -> None:
        self._seq = 0
        self.waiting = 0
        self._called = anyio.Event()
        self._moved = anyio.Event()

    async def follow(self, look: Callable[[], int]) -> None:
        """Look again and again, until it is cancelled. `look` reads the database."""
        while True:
            self._called = anyio.Event()
            await self._look(look)
            with anyio.move_on_after(SECONDS_BETWEEN if self.waiting else SECONDS_BETWEEN_IDLE):
                await self._called.wait()

    def call(self) -> None:
        """Look now: something was committed, or somebody came to wait."""
        self._called.set()

    async def beyond(self, seq: int, seconds: float) -> bool:
        """Wait until there is more than `seq`, and at most so long; whether there is."""
        with anyio.move_on_after(seconds):
            while self._seq <= seq:
                await self._moved.wait()
        return self._seq > seq

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place among those that wait. Raises TooManyWaiting."""
        self.require_place()
        self.waiting += 1
        if self.waiting == 1:
            self.call()
        try:
            yield
        finally:
            self.waiting -= 1

    def require_place(self) -> None:
        """Raises TooManyWaiting where there is none."""
        if self.waiting >= WAITING_MAX:
            raise TooManyWaiting

    async def _look(self, look: Callable[[], int]) -> None:
        try:
            seq = await anyio.to_thread.run_sync(look)
        except (ContentError, SQLAlchemyError) as error:
            # Whoever waits is answered with what there was, and the next look may succeed.
            log.error("The feed could not be looked at: %s", type(error).__name__)
            return
        if seq != self._seq:
            self._seq = seq
            moved, self._moved = self._moved, anyio.Event()
            moved.set()
