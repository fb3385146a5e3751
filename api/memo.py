"""Heads that came before, byte for byte, and what they are answered with.

Most readers of an answer are a few caches and programs that send the same bytes each time. Of a
head that was parsed and decided once, only its bytes need to be known to know the answer; and of a
head that was read plainly, what of it chooses an answer.

A head enters when it is seen for the second time, so that heads that never come again displace
none. There are two generations: when the young one is full it becomes the old one, and what is not
asked for in one life of the young one is forgotten. All of it counts for one edition of the table:
it keeps no answer alive that the table has dropped.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from api.decide import Answer
from api.plain_head import HEAD_BYTES_MAX, PlainHead

#: Of each generation, and of choices. With heads of 300 bytes all of them take about 7 MB, 30 MB
#: at most.
HEADS_MAX = 4_096
#: Of answers in one piece, which are kept for as long as their date says the time: a second.
WHOLE_BYTES_MAX = 8_000_000
#: The server sends no value with one of these in it.
FORBIDDEN = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What a head is answered with, ready to be sent. Frozen; one object for each answer."""

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
        self._choices: dict[PlainHead, Known] = {}
        self._answers: dict[int, tuple[Answer, Known | None]] = {}
        self._own: Sequence[tuple[bytes, bytes]] = ()
        self._beginnings: dict[int, bytes] = {}
        self._whole: dict[Known, bytes] = {}
        self._whole_bytes = 0

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

    def choice(self, head: PlainHead) -> Known | None:
        """What whatever chooses as this head does was answered with, in the edition that was
        recalled last.
        """
        return self._choices.get(head)

    def choose(self, head: PlainHead, known: Known) -> None:
        """Take note of what a plain head was answered with."""
        if len(self._choices) >= HEADS_MAX:
            self._choices.clear()
        self._choices[head] = known

    def whole(self, known: Known, own: Sequence[tuple[bytes, bytes]]) -> bytes:
        """The answer with the server's own headers, in one piece.

        These are the same object until the server makes others, once in a second.
        """
        if self._own is not own:
            self._own, self._beginnings = own, {}
            self._whole, self._whole_bytes = {}, 0
        found = self._whole.get(known)
        return self._joined(known) if found is None else found

    def _joined(self, known: Known) -> bytes:
        beginning = self._beginnings.get(known.status)
        if beginning is None:
            beginning = STATUS_LINE[known.status] + _lines(self._own)
            self._beginnings[known.status] = beginning
        joined = b"".join((beginning, known.block, known.body))
        if self._whole_bytes + len(joined) <= WHOLE_BYTES_MAX:
            self._whole[known] = joined
            self._whole_bytes += len(joined)
        return joined

    def _keep(self, head: bytes, known: Known) -> None:
        if len(self._young) >= HEADS_MAX:
            self._old, self._young = self._young, {}
        self._young[head] = known

    def _begin(self, edition: int) -> None:
        self._edition = edition
        self._young, self._old, self._choices, self._answers = {}, {}, {}, {}
        self._whole, self._whole_bytes = {}, 0
        self._met.clear()


def _known(target: bytes, answer: Answer) -> Known | None:
    if any(FORBIDDEN.search(value) for _, value in answer.headers):
        return None
    return Known(answer.status, _lines(answer.headers) + b"\r\n", answer.body, target)


def _lines(headers: Sequence[tuple[bytes, bytes]]) -> bytes:
    return b"".join(b"%b: %b\r\n" % pair for pair in headers)
