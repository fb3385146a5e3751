"""`msif export`: what the hub serves to everybody, as files."""

import time
from pathlib import Path
from typing import Annotated

import typer

from content.cli import refusal
from content.cli.hub import Hub, opened
from content.database import reading, writing
from content.errors import ContentError, LogKeyMissing
from content.log import hashes, key
from content.log.note import SigningKey
from content.publication import audit, due
from content.publication.export import store
from content.publication.export.everything import Moment
from content.publication.export.folder import Folder
from content.publication.export.run import Outcome, Target
from content.publication.export.run import export as run
from content.publication.register_desk import RegisterDesk


def export(
    where: Annotated[
        str, typer.Argument(metavar="TARGET", help="A folder, or s3://BUCKET/PREFIX.")
    ],
    full: Annotated[
        bool, typer.Option("--full", help="Write every file anew, also what has not changed.")
    ] = False,
    every: Annotated[
        int | None,
        typer.Option(metavar="SECONDS", min=10, max=86_400, help="Go on, and look so often."),
    ] = None,
) -> None:
    """Write what the hub serves to everybody as files, for any web server or CDN.

    What changed is written, what was withdrawn is removed first, the manifest comes last. The
    register that is written holds for 72 hours: export at least every day, better every minute. The
    exit code is 1 where something was left out, because its bytes are not what was signed.
    """
    target: Target = store.at(where) if "://" in where else Folder(Path(where))
    with opened() as hub:
        while every is not None:
            _once_more(hub, target, full)
            time.sleep(every)
        if not _export(hub, target, full):
            raise typer.Exit(1)


def _once_more(hub: Hub, target: Target, full: bool) -> None:
    """What goes wrong is told, and tried the next time."""
    try:
        _export(hub, target, full)
    except ContentError as error:
        refusal.tell(error)


def _export(hub: Hub, target: Target, full: bool) -> bool:
    """Whether all of it could be written."""
    _catch_up(hub)
    desk = RegisterDesk(hub.engine, hub.settings.registrar_key, hub.settings.register_seen)
    with reading(hub.engine) as session:
        register, registrar = desk.within(session, hub.policy)
        tags = hub.settings.locale_tags
        moment = Moment(session, register, registrar, _log_key(hub), tags)
        outcome = run(moment, target, full=full)
    return _tell(outcome)


def _catch_up(hub: Hub) -> None:
    """Carry out what is due, and refuse what fails the check that members make, as a server does.

    One look first, as a reader: a look at many signatures must not hold up who writes.
    """
    with reading(hub.engine) as session:
        is_due = due.anything_due(session, hub.policy)
        is_called_for = audit.is_called_for(session, hub.policy)
    if is_due or is_called_for:
        with writing(hub.engine) as session:
            due.carry_out(session, hub.policy)
            audit.carry_out(session, hub.policy)
    hashes.catch_up(hub.engine)


def _log_key(hub: Hub) -> SigningKey | None:
    try:
        return key.load(hub.settings.log_key)
    except LogKeyMissing:
        return None


def _tell(outcome: Outcome) -> bool:
    typer.echo(
        f"Number {outcome.seq}: {outcome.written} written, {outcome.removed} removed, "
        f"{outcome.kept} as they were."
    )
    for url in outcome.left_out:
        typer.echo(f"Left out: {url} is not what was stored; run `msif doctor`.", err=True)
    return not outcome.left_out
