"""Runs put in order: single spaces, no empty ends, neighbours of one look joined."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from content.records.existing_page.page import BREAK, Run, Runs


def tidy(runs: Iterable[Run]) -> Runs:
    """The runs of one text as they are written."""
    tidied: list[Run] = []
    for run in _pieces(runs):
        if run.text == BREAK:
            _break(tidied)
        else:
            _append(tidied, run)
    _strip_end(tidied)
    while tidied and tidied[-1].text == BREAK:
        tidied.pop()
    return tuple(tidied)


def joined(texts: Iterable[Runs], between: str) -> Runs:
    """Several texts as one, with a break or a space between them."""
    together: list[Run] = []
    for runs in texts:
        together += [Run(between), *runs] if together else runs
    return tidy(together)


def _pieces(runs: Iterable[Run]) -> Iterator[Run]:
    """Spaces at the ends of code stand outside of it."""
    for run in runs:
        core = run.text.strip()
        if not run.code or core == run.text or run.text == BREAK:
            yield run
            continue
        outside = replace(run, code=False, text=" ")
        yield outside
        if core:
            yield replace(run, text=core)
            yield outside


def _append(tidied: list[Run], run: Run) -> None:
    last = tidied[-1] if tidied else None
    text = run.text
    if last is None or last.text == BREAK:
        text = text.lstrip()
    elif last.text.endswith(" "):
        text = text.lstrip(" ")
    if not text:
        return
    if last is not None and last.text != BREAK and replace(last, text=run.text) == run:
        tidied[-1] = replace(last, text=last.text + text)
    else:
        tidied.append(replace(run, text=text))


def _break(tidied: list[Run]) -> None:
    _strip_end(tidied)
    if tidied and tidied[-1].text != BREAK:
        tidied.append(Run(BREAK))


def _strip_end(tidied: list[Run]) -> None:
    while tidied and tidied[-1].text != BREAK:
        text = tidied[-1].text.rstrip()
        if text:
            tidied[-1] = replace(tidied[-1], text=text)
            return
        tidied.pop()
