"""`msif showing`: which member shows what. No token."""

from typing import Annotated

import typer

from content.cli.answers import show_table
from content.cli.hub import opened
from content.database import reading
from content.syndication import showing, standing
from content.syndication.showing import Wanted
from content.syndication.standing import NOWHERE
from content.translation.locale import read_tag

#: Rows that are shown at once; narrow the list for others.
ROWS_MAX = 10_000


def show_showing(
    section: Annotated[str, typer.Option(metavar="SLUG", help="This section only.")] = "",
    locale: Annotated[str, typer.Option(metavar="LOCALE", help="This language only.")] = "",
    of: Annotated[str, typer.Option("--member", metavar="MEMBER", help="This member only.")] = "",
) -> None:
    """List what members say they show, and how far behind it is."""
    wanted = Wanted(section, read_tag(locale) if locale else "", of, limit=ROWS_MAX)
    with opened() as hub, reading(hub.engine) as session:
        found, more = showing.listed(session, wanted)
        courses = standing.courses(session, {(row.section, row.locale) for row in found})
        seen = showing.reports(session)
    rows = []
    for row in found:
        judged = standing.judge(courses.get((row.section, row.locale), NOWHERE), row.version)
        rows.append(
            (
                row.member,
                f"{row.section}/{row.locale}/{row.version}",
                f"{judged.state} by {judged.behind_by}" if judged.behind_by else judged.state,
                f"since {judged.since.date()}" if judged.since else "-",
                f"told {seen[row.member].date()}"
                + (" (stale)" if showing.is_stale(seen[row.member]) else ""),
                row.url,
            )
        )
    show_table(rows, nothing="No member has said that it shows this.")
    if more:
        typer.echo(f"There are more; name a section, a locale or a member. Shown: {ROWS_MAX:,}.")
