"""What commands that read and write other people's files have in common."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from content.cli.caller import Acting
from content.errors import LocaleUnknown
from content.translation.locale import read_tag

File = Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, readable=True)]
To = Annotated[
    Path | None, typer.Option(metavar="FILE", dir_okay=False, help="Write it there, not here.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")]


def known_locale(acting: Acting, locale: str) -> str:
    """The tag of a locale that this hub is set up for. Raises LocaleMalformed, LocaleUnknown."""
    tag = read_tag(locale)
    if tag not in acting.settings.locale_tags:
        raise LocaleUnknown(locale=tag, locales=list(acting.settings.locale_tags))
    return tag


def write_bytes(body: bytes, to: Path | None) -> None:
    """Into the file, saying so, or to standard output as they are."""
    if to is None:
        typer.echo(body, nl=False)
        return
    to.write_bytes(body)
    typer.echo(str(to))


def show_counts(outcomes: Iterable[str]) -> None:
    counts = Counter(outcomes)
    if counts:
        typer.echo(", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())))


def say_dry_run(dry_run: bool) -> None:
    if dry_run:
        typer.echo("Dry run: nothing was written.")
