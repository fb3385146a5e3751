"""`msif log init`, `msif log key`: the key that the transparency log signs with."""

from typing import Annotated

import typer

from content.log import key, note
from content.settings import Settings

app = typer.Typer(help="The transparency log that is served at /log.")


@app.command("init")
def init(
    origin: Annotated[
        str,
        typer.Option(metavar="NAME", help="The log's address, like hub.example.org/log."),
    ],
) -> None:
    """Make the log's key, once, and show its public half.

    The secret lies in a file that only its owner can read, and nowhere else: keep a copy of it. The
    origin is the log's name for ever; without this, nothing is signed.
    """
    path = Settings().log_key
    typer.echo(note.public_text(key.make(path, origin)))
    typer.echo(f"The secret is in {path}; keep a copy of it in a safe place.", err=True)


@app.command("key")
def show_key() -> None:
    """Show the public half of the log's key, for whoever wants to check the log."""
    typer.echo(note.public_text(key.load(Settings().log_key)))
