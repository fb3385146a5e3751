"""A comparison of two documents as a person reads it on a terminal."""

from collections.abc import Callable, Iterator, Sequence

import typer

from content.records.diff import BlockChange
from content.records.word_diff import Run, What

Show = Callable[[Run], str]

#: Without colours: what came and what went, as `wdiff` writes it.
_MARKS: dict[What, str] = {"equal": "{}", "insert": "{{+{}+}}", "delete": "[-{}-]"}
#: With colours, never by colour alone.
_COLOURS: dict[What, str | None] = {"equal": None, "insert": "green", "delete": "red"}


def marked(run: Run) -> str:
    return _MARKS[run.what].format(run.text)


def coloured(run: Run) -> str:
    return typer.style(marked(run), fg=_COLOURS[run.what])


def as_text(changes: Sequence[BlockChange], show: Show = marked) -> Iterator[str]:
    """Line by line; `show` writes one run."""
    for change in changes:
        yield _heading(change)
        for unit in change.units:
            text = "".join(map(show, unit.runs)).strip("\n")
            yield from (f"    {line}" for line in text.split("\n"))


def _heading(change: BlockChange) -> str:
    told: list[str] = [change.what]
    if change.moved and change.what != "moved":
        told.append("moved")
    if change.form:
        told.append("markup, links or picture")
    told += [f"no longer cites {name}" for name in change.uncited]
    told += [f"cites {name}" for name in change.cited]
    told += [f"no longer links to {link}" for link in change.unlinked]
    told += [f"links to {link}" for link in change.linked]
    critical = "  CRITICAL: a number or a negation" if change.critical else ""
    return f"{change.place}: {', '.join(told)}{critical}"
