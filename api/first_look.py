"""The first look of a process at all that is in force; what is asked for before it is over.

A database may have been changed while no server ran. Until all of it was looked at,
1. a section is answered once it, and whatever its answers are made from, was looked at;
2. everything else waits until the look is over, as it would for a server that starts later;
3. where the look ends by a fault that nobody thought of, the rest is refused.
"""

import re
from collections.abc import Callable

import anyio
import anyio.to_thread

from content.errors import NotSignedOff, TooManyWaiting

#: Requests that wait for the end of the look at the same time.
WAITING_MAX = 2_000
FULL = "So many requests wait for this server, which has just started; try again in a moment."
#: Says that the process lives, and nothing of any text.
LIVENESS = "/healthz"
#: A section, and its text in a language and a form. Whatever has more steps waits.
SECTION = re.compile(r"/v1/sections/([a-z0-9-]+)(?:/[^/]+)?\Z")


class FirstLook:
    """Whether this process has looked at all that is in force. Over until somebody begins it."""

    def __init__(self) -> None:
        self.is_over = True
        self.waiting = 0
        self._failed = False
        self._ended = anyio.Event()
        #: Sections that were looked at by themselves.
        self._looked_at: set[str] = set()

    def begin(self) -> None:
        self.is_over = False

    def end(self) -> None:
        self.is_over = True
        self._looked_at = set()
        self._ended.set()

    def fail(self) -> None:
        """It ended, and not by having seen everything."""
        self._failed = True
        self._ended.set()

    async def over(self) -> None:
        """Wait for its end, where it was begun."""
        if not self.is_over:
            await self._ended.wait()

    async def admit(self, path: str, look_at: Callable[[str], bool]) -> None:
        """Come back once this address may be answered. Raises TooManyWaiting, NotSignedOff.

        `look_at` looks at one section in a thread; whether it could, and whether there is one.
        """
        found = SECTION.match(path)
        if path == LIVENESS or (found and await self._admits(found[1], look_at)) or self.is_over:
            return
        if self.waiting >= WAITING_MAX:
            raise TooManyWaiting(FULL)
        self.waiting += 1
        try:
            await self.over()
        finally:
            self.waiting -= 1
        if self._failed:
            raise NotSignedOff

    async def _admits(self, section: str, look_at: Callable[[str], bool]) -> bool:
        if section in self._looked_at:
            return True
        if not await anyio.to_thread.run_sync(look_at, section):
            return False
        self._looked_at.add(section)
        return True
