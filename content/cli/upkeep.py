"""Keeping a hub in order: `msif migrate`, `msif rebuild`, `msif work`."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Annotated

import typer

from content.cli import migration
from content.cli.hub import Hub, connected, opened
from content.database import writing
from content.publication import coding, due, representation
from content.settings import Settings
from content.syndication import postman, recall, reminding
from content.syndication.postman import Postman


def migrate() -> None:
    """Bring the database to this program's schema, step by step."""
    with connected(Settings()) as engine:
        if not migration.bring_up(engine):
            typer.echo("The database is at this program's schema already.")


def rebuild() -> None:
    """Make every stored answer anew from the rest of the database.

    Nothing is lost by it: stored answers are derived. Run it where `msif doctor` says so.
    """
    with opened() as hub:
        with writing(hub.engine) as session:
            count = representation.rebuild(session, hub.policy)
            coding.mend(session)
        typer.echo(f"{count} answers were not what they should be, and are now.")
        _compress(hub)


def work(
    once: Annotated[bool, typer.Option("--once", help="Do what is due, and end.")] = False,
    every: Annotated[
        int,
        typer.Option(metavar="SECONDS", min=1, max=3600, help="How often to look at the clock."),
    ] = 60,
) -> None:
    """Carry out what time has made due (effective times, lapses, reviews to announce), and send
    webhooks and reminders of recalls.

    And compress the answers that are not yet. The server does this too; several at once do no harm.
    """
    with opened() as hub:
        worker = postman.at_work(hub.engine, hub.settings)
        _carry_out(hub)
        if once:
            if count := worker.drain():
                typer.echo(f"Attempts to send webhooks: {count}")
            return
        with _sending(worker):
            while True:
                time.sleep(every)
                _carry_out(hub)


@contextmanager
def _sending(worker: Postman) -> Iterator[None]:
    stop = Event()
    thread = Thread(target=worker.run, args=(stop,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _carry_out(hub: Hub) -> None:
    with writing(hub.engine) as session:
        touched = due.carry_out(session, hub.policy)
        recall.open_due(session)
    typer.echo(f"Changed: {', '.join(sorted(touched))}" if touched else "Nothing was due.")
    if count := reminding.go_round(hub.engine, hub.settings):
        typer.echo(f"Reminders of recalls: {count}")
    _compress(hub)


def _compress(hub: Hub) -> None:
    count = coding.fill_all(hub.engine)
    if count:
        typer.echo(f"{count} answers were compressed.")
