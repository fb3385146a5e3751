"""`msif ledger verify`, `msif ledger show`."""

from typing import Annotated

import typer
from sqlmodel import col, select

from content import clock, ledger
from content.cli.answers import show_table
from content.cli.caller import Caller, by_person
from content.cli.hub import opened
from content.database import reading
from content.errors import LedgerBroken
from content.ledger import LedgerRow
from content.people.role import Permission

app = typer.Typer(help="The append-only, hash-chained record of everything that happened.")

ROWS_MAX = 10_000


@app.command("verify")
def verify() -> None:
    """Walk the whole ledger; the first row that does not hold is named."""
    with opened() as hub, reading(hub.engine) as session:
        breach = ledger.verify(session)
        if breach is not None:
            raise LedgerBroken(
                f"Row {breach.seq}: {breach.what}. Keep a copy of the database as it is.",
                row=breach.seq,
            )
        last = session.exec(select(LedgerRow).order_by(col(LedgerRow.seq).desc()).limit(1)).first()
    typer.echo(
        f"{last.seq} rows, whole. Last hash: {last.hash}" if last else "The ledger is empty."
    )


@app.command("show")
@by_person
def show(
    caller: Caller,
    subject: Annotated[
        str | None, typer.Option(metavar="SUBJECT", help="Like ahsct-evidence/fr/3.")
    ] = None,
    last: Annotated[
        int, typer.Option(metavar="ROWS", min=1, max=ROWS_MAX, help="How many, at most.")
    ] = 50,
) -> None:
    """List what happened, the newest last."""
    with caller.reading() as acting:
        acting.actor.must(Permission.READ_LEDGER)
        query = select(LedgerRow).order_by(col(LedgerRow.seq).desc()).limit(last)
        if subject is not None:
            query = query.where(col(LedgerRow.subject) == subject)
        rows = list(reversed(acting.session.exec(query).all()))
    show_table(
        (
            (row.seq, clock.stamp(row.at), row.actor, row.event, row.subject, row.detail)
            for row in rows
        ),
        nothing="Nothing happened here.",
    )
