"""Citations, `[@mist; @beat-ms]`, taken off the end of a block."""

import re
from collections.abc import Sequence
from dataclasses import replace

from content.records.markdown.pieces import Piece, Run, Text

_ID = r"@[a-z0-9]+(?:-[a-z0-9]+)*"
_CITATION = re.compile(rf"\[({_ID}(?: *; *{_ID})*)\]")


def taken_off(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """The pieces without the citation at their end, and the ids it names (none: no citation)."""
    last = pieces[-1] if pieces else None
    if not isinstance(last, Text):
        return tuple(pieces), ()
    before, tail = _raw_tail(last.runs)
    text = "".join(run.text for run in tail)
    found = _CITATION.fullmatch(text, max(text.rfind("["), 0))
    if not found:
        return tuple(pieces), ()
    runs = before + _cut(tail, len(text[: found.start()].rstrip(" ")))
    kept = (replace(last, runs=runs),) if runs else ()
    return (*pieces[:-1], *kept), tuple(re.findall(r"[a-z0-9-]+", found[1]))


def _raw_tail(runs: tuple[Run, ...]) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The runs up to the last escape or entity, and those behind it."""
    start = len(runs)
    while start and runs[start - 1].origin == "raw":
        start -= 1
    return runs[:start], runs[start:]


def _cut(runs: tuple[Run, ...], length: int) -> tuple[Run, ...]:
    """The first `length` characters of the runs."""
    kept = []
    for run in runs:
        if length > 0:
            kept.append(replace(run, text=run.text[:length]))
        length -= len(run.text)
    return tuple(kept)
