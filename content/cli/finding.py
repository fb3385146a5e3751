"""What a look at the hub finds, and how it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass

import typer

from content.few import few


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. Frozen. `advice` is empty where it is in order."""

    name: str
    told: str
    advice: str = ""

    @property
    def in_order(self) -> bool:
        return not self.advice


def of_all(name: str, wrong: list[str], advice: str, well: str = "all of them hold") -> Finding:
    """Of many things of a kind: `well` where none is wrong, else the first of those that are."""
    if not wrong:
        return Finding(name, well)
    return Finding(name, f"wrong: {few(wrong)}", advice)


def show(findings: Iterable[Finding], *, well: str, ill: str) -> None:
    """Show each as it comes, and at last `well`, or how many are `ill`; then it ends with 1."""
    counted = 0
    for finding in findings:
        counted += not finding.in_order
        typer.echo(f"{'ok ' if finding.in_order else 'BAD'}  {finding.name}: {finding.told}")
        if finding.advice:
            typer.echo(f"     -> {finding.advice}")
    typer.echo(f"{counted} {ill}." if counted else well)
    if counted:
        raise typer.Exit(1)
