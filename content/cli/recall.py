"""`msif recall`: who still shows what was withdrawn. No token."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlmodel import Session

from content.cli.answers import show_table
from content.cli.hub import opened
from content.database import reading, writing
from content.syndication import progress, recall, reminder
from content.syndication.reminder import Reminder

#: Recalls that are listed, the newest first.
LISTED_MAX = 200
#: Above every number of the feed.
NEWEST = 2**31 - 1

app = typer.Typer(help="Recalls: withdrawals, followed until every member has acted.")


@contextmanager
def _followed() -> Iterator[Session]:
    with opened() as hub:
        with writing(hub.engine) as session:
            recall.open_due(session)
        with reading(hub.engine) as session:
            yield session


@app.command("list")
def list_recalls(
    open_only: Annotated[
        bool, typer.Option("--open", help="Those alone that a member has not followed.")
    ] = False,
) -> None:
    """List withdrawals and how far members have followed them, the newest first."""
    with _followed() as session:
        found = recall.listed(session, before=NEWEST, limit=LISTED_MAX, open_only=open_only)
        counted = recall.counts(session, [row.seq for row in found])
    rows = [
        (
            row.seq,
            f"{row.section}/{row.locale}/{row.version}",
            f"{row.at:%Y-%m-%d %H:%M}",
            "{1} of {0} have acted".format(*counted.get(row.seq, (0, 0))),
        )
        for row in found
    ]
    show_table(rows, nothing="There is no recall.")


@app.command("show")
def show(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As the list shows it.")],
) -> None:
    """Show each member in a recall: what it showed, whether it has acted, and the last letter."""
    with _followed() as session:
        row = recall.find(session, number)
        why = progress.withdrawal_of(session, row)
        found = progress.of(session, row)
        reminders = reminder.of_recall(session, number)
    typer.echo(f"{row.section}/{row.locale}/{row.version} withdrawn {row.at}: {why.text}")
    rows = [
        (
            one.member.id,
            one.state,
            f"told {one.reported_at:%Y-%m-%d %H:%M}" if one.reported_at else "told nothing",
            _letters(reminders[one.member.id]),
            " ".join(page["url"] for page in one.line.pages) if one.line else "-",
        )
        for one in found
    ]
    show_table(rows, nothing="There are no members.")


def _letters(reminders: Sequence[Reminder]) -> str:
    """How many were sent and when the last one; what went wrong with the one that comes next."""
    sent = [one.sent_at for one in reminders if one.sent_at]
    told = f"{len(sent)} sent, the last {sent[-1]:%Y-%m-%d %H:%M}" if sent else "no letter sent"
    failed = [one.error for one in reminders if one.error]
    return f"{told}, then {failed[-1]}" if failed else told
