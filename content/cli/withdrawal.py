"""`msif withdraw`, `msif confirm-withdrawal`."""

from enum import StrEnum
from typing import Annotated

import typer

from content.cli.caller import Caller, by_person
from content.cli.version import Slug
from content.publication import take_down, withdrawal
from content.translation.locale import read_tag

Reasons = StrEnum("Reasons", {name: name for name in take_down.REASONS})  # type: ignore[misc]


@by_person
def withdraw(
    caller: Caller,
    slug: Slug,
    reason: Annotated[Reasons, typer.Option(help="Why, for machines.")],
    text: Annotated[str, typer.Option(metavar="TEXT", help="Why, for readers.")],
    locale: Annotated[
        str | None,
        typer.Option(metavar="LOCALE", help="This translation only. [default: every language]"),
    ] = None,
    replacement: Annotated[
        str | None, typer.Option(metavar="SLUG", help="The section to read instead.")
    ] = None,
    notice: Annotated[
        str | None, typer.Option(metavar="SLUG", help="The approved notice to show instead.")
    ] = None,
) -> None:
    """Take a section out of force, at once. A second person confirms it later."""
    with caller.writing() as acting:
        gone = take_down.withdraw(
            acting.session,
            acting.actor,
            slug,
            read_tag(locale) if locale is not None else None,
            acting.policy,
            reason=reason.value,
            text=text,
            replacement=replacement,
            notice=notice,
        )
        hours = acting.policy.withdrawal.confirm_hours
    for version in gone:
        typer.echo(f"{version.reference} is {version.state}; to be confirmed within {hours} hours.")


@by_person
def confirm(
    caller: Caller,
    slug: Slug,
    locale: Annotated[str, typer.Argument(metavar="LOCALE", help="The language withdrawn.")],
) -> None:
    """Stand behind a withdrawal as the second person."""
    with caller.writing() as acting:
        withdrawal.confirm(acting.session, acting.actor, slug, read_tag(locale))
    typer.echo(f"The withdrawal of {slug}/{locale} is confirmed.")
