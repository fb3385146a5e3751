"""`msif verify`: everything that was signed, from within or from the outside."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from clients.check_log import NotThere, Unreadable
from content.cli import checks, store_checks
from content.cli.finding import Finding, show
from content.cli.hub import Hub, opened
from content.cli.outside import Outside
from content.database import reading, writing
from content.errors import BadInput
from content.publication import audit

NOTHING_KNOWN = 3
_show = partial(show, well="All of it holds.", ill="do not hold")


def verify(
    where: Annotated[
        str, typer.Argument(metavar="URL", help="Of a hub, like https://hub.example.org.")
    ] = "",
    pin: Annotated[
        str, typer.Option(metavar="DIGEST", help="Of trust file 1, as you were given it.")
    ] = "",
    state: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Where to keep what was seen, so that an older one is known."
        ),
    ] = None,
) -> None:
    """Verify every signature, document, the ledger, the log and the register.

    Without URL, this hub's store, and what fails is refused from now on: it is no longer served.
    With URL, any hub from the outside, by what it serves to everybody. The exit code is 1 where
    anything does not hold, and 3 where it could not be read, so that nothing is known.
    """
    if not where:
        with opened() as hub:
            _show(_inside(hub))
        return
    if not where.startswith(("http://", "https://")):
        raise BadInput("Write the address of a hub, like https://hub.example.org.")
    seen = json.loads(state.read_text("utf-8")) if state and state.exists() else {}
    outside = Outside(where.rstrip("/"), seen)
    try:
        _show(outside.findings(pin))
    except (NotThere, Unreadable, OSError, ValueError, KeyError, TypeError) as error:
        typer.echo(f"???  it could not be read, so nothing is known: {error}")
        raise typer.Exit(NOTHING_KNOWN) from None
    if state:
        state.write_text(json.dumps(outside.seen), "utf-8")


def _inside(hub: Hub) -> Iterator[Finding]:
    with reading(hub.engine) as session:
        yield from _of_store(session, hub)
    with writing(hub.engine) as session:
        refused = audit.carry_out(session, hub.policy)
    names = [one.reference for one in refused]
    advice = "They are not served; see docs/trust.md, a refused text." if names else ""
    yield Finding("in force", ", ".join(names) or "all of it verifies", advice)
    with reading(hub.engine) as session:
        yield checks.answers(session, hub.policy)


def _of_store(session: Session, hub: Hub) -> Iterator[Finding]:
    yield store_checks.trust(session, hub.policy)
    yield store_checks.statements(session, hub.policy)
    yield store_checks.documents(session)
    yield store_checks.the_register(session, hub.settings, hub.policy)
    yield checks.the_ledger(session)
    yield checks.the_log(session)
