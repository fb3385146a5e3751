"""`msif member`: who pulls, and their keys. No token; the ledger says operator."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlmodel import Session

from content.cli.answers import show_table
from content.cli.caller import OPERATOR
from content.cli.hub import opened
from content.database import reading, writing
from content.syndication import member, member_key
from content.syndication.member import Particulars
from content.syndication.member_key import Scope

app = typer.Typer(help="Members: the societies whose sites pull. For whoever runs the machine.")
keys = typer.Typer(help="Members' keys: made, listed and revoked.")
app.add_typer(keys, name="key")

MemberId = Annotated[str, typer.Argument(metavar="MEMBER", help="The member's id.")]
KeyName = Annotated[
    str, typer.Argument(metavar="NAME", help="What the key is called, like `cms-2026`.")
]


@contextmanager
def _writing() -> Iterator[Session]:
    with opened() as hub, writing(hub.engine) as session:
        yield session


@app.command("add")
def add(
    member_id: MemberId,
    name: Annotated[str, typer.Option(metavar="TEXT", help="What the society is called.")],
    country: Annotated[str, typer.Option(metavar="CC", help="Two letters, like `CH`.")],
    contact: Annotated[str, typer.Option(metavar="MAIL", help="Whom to write to.")],
    site: Annotated[str, typer.Option(metavar="URL", help="The address of its site.")],
    locale: Annotated[
        list[str], typer.Option(metavar="LOCALE", help="A language it shows; its own first.")
    ],
) -> None:
    """Enter a member. The id stays in the records for ever."""
    with _writing() as session:
        told = Particulars(name, country, contact, site, locale)
        added = member.add(session, member_id, told, by=OPERATOR)
    typer.echo(added.id)


@app.command("list")
def list_members() -> None:
    """List members, with how many keys each has that work."""
    with opened() as hub, reading(hub.engine) as session:
        living = member_key.living(session)
        rows = [
            (
                one.id,
                one.country,
                one.locales.replace(" ", ","),
                one.site,
                f"closed on {one.closed_at.date()}"
                if one.closed_at
                else f"{living.get(one.id, 0)} keys",
            )
            for one in member.listed(session)
        ]
    show_table(rows, nothing="There are no members yet; `msif member add` enters one.")


@app.command("show")
def show(member_id: MemberId) -> None:
    """Show what is known of a member."""
    with opened() as hub, reading(hub.engine) as session:
        found = member.find(session, member_id)
    rows = [
        ("name", found.name),
        ("country", found.country),
        ("contact", found.contact or "-"),
        ("site", found.site),
        ("locales", found.locales),
        ("entered", found.created_at.date()),
        ("closed", found.closed_at.date() if found.closed_at else "-"),
    ]
    show_table(rows, nothing="")


@app.command("close")
def close(member_id: MemberId) -> None:
    """The member pulls no more: its keys end, and its contact is forgotten. Not undone."""
    with _writing() as session:
        member.close(session, member_id, by=OPERATOR)
    typer.echo(f"{member_id} is closed.")


@keys.command("add")
def add_key(
    member_id: MemberId,
    name: KeyName,
    scope: Annotated[
        list[Scope], typer.Option(help="What it is good for; may be given several times.")
    ],
    days: Annotated[
        int | None,
        typer.Option(min=1, max=member_key.DAYS_MAX, help="How long it works. [default: no end]"),
    ] = None,
) -> None:
    """Make a key. It is shown this once, alone on standard output."""
    with _writing() as session:
        secret = member_key.make(session, member_id, name, scope, by=OPERATOR, days=days)
    typer.echo(secret)


@keys.command("list")
def list_keys(member_id: MemberId) -> None:
    """List a member's keys, and when each was last used, to the hour."""
    with opened() as hub, reading(hub.engine) as session:
        member.find(session, member_id)
        rows = [
            (
                one.name,
                one.scope.replace(" ", ","),
                f"until {one.expires_at.date()}" if one.expires_at else "without end",
                f"used {one.last_used_at:%Y-%m-%dT%H}h" if one.last_used_at else "never used",
                f"revoked on {one.revoked_at.date()}" if one.revoked_at else "",
            )
            for one in member_key.of_member(session, member_id)
        ]
    show_table(rows, nothing=f"None yet; `msif member key add {member_id}` makes one.")


@keys.command("revoke")
def revoke_key(member_id: MemberId, name: KeyName) -> None:
    """End a key now."""
    with _writing() as session:
        member_key.revoke(session, member_id, name, by=OPERATOR)
    typer.echo(f"The key {name} of {member_id} no longer works.")
