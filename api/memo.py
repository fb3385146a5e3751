"""Heads that came before, byte for byte, and what they are answered with.

Most readers of an answer are a few caches and programs that send the same bytes each time. Of a
head that was parsed and decided once, only its bytes need to be known to know the answer.

A head enters when it is seen for the second time, so that heads that never come again displace
none. There are two generations: when the young one is full it becomes the old one, and what is not
asked for in one life of the young one is forgotten. All of it counts for one edition of the table:
it keeps no answer alive that the table has dropped.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from api.decide import Answer

#: Of each generation. Two generations take about 5 MB with heads of 300 bytes, 20 MB at most.
HEADS_MAX = 4_096
#: A longer head is read anew each time.
HEAD_BYTES_MAX = 2_048
#: The server sends no value with one of these in it.
FORBIDDEN = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")


class Known(NamedTuple):
    """What a head is answered with, ready to be sent."""

    status: int
    #: The lines of the answer's own headers, and the empty one behind them.
    block: bytes
    body: bytes
    #: What was asked for, to say that it was.
    target: bytes


class Memo:
    """For one process; used by its event loop alone."""

    def __init__(self) -> None:
        self._edition = -1
        self._young: dict[bytes, Known] = {}
        self._old: dict[bytes, Known] = {}
        self._met: set[int] = set()
        self._answers: dict[int, tuple[Answer, Known | None]] = {}
        self._own: Sequence[tuple[bytes, bytes]] = ()
        self._beginnings: dict[int, bytes] = {}

    def recall(self, edition: int, head: bytes) -> Known | None:
        """What this head was answered with in this edition."""
        if self._edition != edition:
            self._begin(edition)
            return None
        known = self._young.get(head)
        if known is None:
            known = self._old.get(head)
            if known is not None:
                self._keep(head, known)
        return known

    def known(self, edition: int, target: bytes, answer: Answer) -> Known | None:
        """An answer of this edition, ready to be sent; None where the server would not."""
        if self._edition != edition:
            self._begin(edition)
        found = self._answers.get(id(answer))
        if found is None:
            if len(self._answers) >= HEADS_MAX:
                self._answers.clear()
            # The answer is held beside it: its id is not given to another meanwhile.
            found = self._answers[id(answer)] = answer, _known(target, answer)
        return found[1]

    def meet(self, head: bytes, known: Known) -> None:
        """Take note of a head that was answered; the second time it is kept."""
        if len(head) > HEAD_BYTES_MAX:
            return
        mark = hash(head)
        if mark in self._met:
            self._keep(head, known)
            return
        if len(self._met) >= HEADS_MAX:
            self._met.clear()
        self._met.add(mark)

    def beginning(self, status: int, own: Sequence[tuple[bytes, bytes]]) -> bytes:
        """The first lines of an answer: its status, and the server's own headers.

        These are the same object until the server makes others, once in a second.
        """
        if self._own is not own:
            self._own, self._beginnings = own, {}
        found = self._beginnings.get(status)
        if found is None:
            found = self._beginnings[status] = STATUS_LINE[status] + _lines(own)
        return found

    def _keep(self, head: bytes, known: Known) -> None:
        if len(self._young) >= HEADS_MAX:
            self._old, self._young = self._young, {}
        self._young[head] = known

    def _begin(self, edition: int) -> None:
        self._edition = edition
        self._young, self._old, self._answers = {}, {}, {}
        self._met.clear()


def _known(target: bytes, answer: Answer) -> Known | None:
    if any(FORBIDDEN.search(value) for _, value in answer.headers):
        return None
    return Known(answer.status, _lines(answer.headers) + b"\r\n", answer.body, target)


def _lines(headers: Sequence[tuple[bytes, bytes]]) -> bytes:
    return b"".join(b"%b: %b\r\n" % pair for pair in headers)
