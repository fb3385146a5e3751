"""How lists are shown: columns that a person reads and `cut` or `awk` can split."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import typer

from content.review.requirements import Requirement
from content.sign_off import short_code

#: Between two columns.
GAP = "  "


def show_table(rows: Iterable[Sequence[object]], *, nothing: str) -> None:
    """The rows in columns; `nothing` is said where there are none."""
    told = [[str(cell) for cell in row] for row in rows]
    if not told:
        typer.echo(nothing)
    for line in _lines(told):
        typer.echo(line)


def show_links(address: str, digest: str, secrets: Mapping[str, str]) -> None:
    """Person and link, a line each, and the words of what they are asked to sign."""
    show_table(
        [(one, f"{address}#{secret}") for one, secret in secrets.items()],
        nothing="Nobody's signature is waited for.",
    )
    typer.echo(f"words: {short_code.of(digest)}")


def _lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield GAP.join(cells).rstrip()


def show_requirements(requirements: Iterable[Requirement]) -> None:
    show_table(
        (
            ["met" if one.met else "open", one.code, f"{one.have} of {one.needed}"]
            for one in requirements
        ),
        nothing="Nothing is required.",
    )
