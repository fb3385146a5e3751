"""The answers in force that this process has in memory, and whether they still count.

1. An answer is given from here only while the word of this machine is the one that stood before the
   last look at the database: whatever was committed here since then counts at once.
2. It is given only for SECONDS_CONFIRMED after a look began that succeeded.
3. It is given only before the first time at which any of the answers stops being true by itself.
4. What is read while the answers change does not enter: it was read at another generation.
5. All of them together have at most so many bytes; what was asked for least recently goes.

See docs/decisions/0027. `entries` is read without a lock, and changed under one, by any thread.
"""

import sys
import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from math import inf
from threading import Lock

import anyio
import anyio.to_thread
from sqlalchemy.exc import SQLAlchemyError

from api.decide import Entry
from content import clock
from content.errors import ContentError
from content.generation_word import GenerationWord
from content.publication.generation import Standing

#: How long answers in memory count after a look.
SECONDS_CONFIRMED = 5.0
#: How long a request waits for a look before it asks the database itself.
LOOK_SECONDS_MAX = 1.0
#: Bytes that an entry takes beside what it holds: its place in the table, and its address.
PLACE_BYTES = 300


class Table:
    """Answers by address, as of one generation. Dropped whole when that moves."""

    def __init__(
        self, bytes_max: int, read: Callable[[], Standing], word: GenerationWord | None
    ) -> None:
        """`read` asks the database how things stand."""
        self.entries: OrderedDict[bytes, Entry] = OrderedDict()
        self.bytes = 0
        #: Another number whenever an entry has gone, so that nobody keeps alive what was dropped.
        self.edition = 0
        self.standing: Standing | None = None
        #: How many answers were given from here, by status.
        self.given: defaultdict[int, int] = defaultdict(int)
        self._bytes_max = bytes_max
        #: Whether it matters what was asked for last.
        self.is_filling = False
        self._read = read
        self._word: Sequence[int] | memoryview[int] = word.view if word else (0,)
        self._seen = 0
        self._confirmed_until = -inf
        self._true_until = inf
        self._changing = Lock()
        self._renewing = anyio.Lock()

    def holds(self) -> bool:
        """Whether the answers here count now: those that are looked up after this is asked."""
        return (
            self._word[0] == self._seen  # guarantee 1
            and time.monotonic() < self._confirmed_until  # guarantee 2
            and clock.seconds() < self._true_until  # guarantee 3
        )

    def is_confirmed(self) -> bool:
        """Whether this process has been able to see how things stand."""
        return time.monotonic() < self._confirmed_until

    def look(self) -> Standing:
        """See how things stand, and drop the answers where they moved. Raises what `read` raises.

        What comes before the reading is noted before it: a commit meanwhile shows itself again.
        """
        began = time.monotonic()
        seen = self._word[0]
        standing = self._read()
        with self._changing:
            if began + SECONDS_CONFIRMED > self._confirmed_until:
                if standing != self.standing or clock.seconds() >= self._true_until:
                    self._drop(standing)
                self._seen = seen
                self._confirmed_until = began + SECONDS_CONFIRMED
        return standing

    async def renew(self) -> bool:
        """Look, once for all requests that would like to know; whether the answers count now."""
        with anyio.move_on_after(LOOK_SECONDS_MAX):
            async with self._renewing:
                if not self.holds():
                    await anyio.to_thread.run_sync(self.try_to_look, abandon_on_cancel=True)
        return self.holds()

    def admit(self, path: str, entry: Entry, standing: Standing, due_at: datetime | None) -> None:
        """Take an answer that was read in one transaction with `standing`."""
        cost = cost_bytes(entry)
        due = inf if due_at is None else due_at.timestamp()
        if cost > self._bytes_max or due <= clock.seconds():
            return
        if standing != self.standing:
            self.try_to_look()  # the first who comes after a change
        with self._changing:
            if standing != self.standing:  # guarantee 4
                return
            target = path.encode()
            self._remove(target)
            self.entries[target] = entry
            self.bytes += cost
            self.is_filling = self.bytes > self._bytes_max // 2
            self._true_until = min(self._true_until, due)
            while self.bytes > self._bytes_max:  # guarantee 5
                self._remove(next(iter(self.entries)))

    def touch(self, target: bytes) -> None:
        """It was asked for."""
        with suppress(KeyError):  # dropped meanwhile
            self.entries.move_to_end(target)

    def try_to_look(self) -> None:
        """Where nothing can be seen the answers do not count, and the database is asked."""
        with suppress(ContentError, SQLAlchemyError):
            self.look()

    def _drop(self, standing: Standing) -> None:
        self.entries = OrderedDict()
        self.edition += 1
        self.bytes = 0
        self.is_filling = False
        self.standing = standing
        at = standing.effective_at
        self._true_until = inf if at is None else at.timestamp()

    def _remove(self, target: bytes) -> None:
        gone = self.entries.pop(target, None)
        if gone is not None:
            self.edition += 1
            self.bytes -= cost_bytes(gone)


def cost_bytes(entry: Entry) -> int:
    """What an entry takes in memory; what its codings have in common is counted once."""
    held = {id(one): sys.getsizeof(one) for one in _parts(entry)}
    return PLACE_BYTES + sum(held.values())


def _parts(entry: Entry) -> Iterator[object]:
    yield from (entry, entry.codings)
    for coded in entry.codings:
        yield from (coded, coded.name, coded.etag)
        for answer in (coded.whole, coded.head, coded.unchanged):
            if answer is not None:
                yield from (answer, answer.body, answer.headers)
                for pair in answer.headers:
                    yield from (pair, *pair)
