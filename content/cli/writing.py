"""What writers and editors do: `msif submit`, `abandon`, `schedule`, `draft begin`."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from content import clock
from content.cli.caller import Caller, by_person
from content.cli.reference import NumberedRef, Ref
from content.errors import BadInput
from content.people.role import Permission
from content.records import draft
from content.review import submission

drafts = typer.Typer(help="Drafts: the versions whose text may change.")

Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why; it stays on record.")]


@by_person
def submit(caller: Caller, ref: Ref) -> None:
    """Freeze a draft and ask for its reviews."""
    with caller.writing() as acting:
        version = ref.find(acting.session)
        submission.submit(acting.session, acting.actor, version, acting.policy)
    typer.echo(f"{version.reference} is {version.state}.")


@by_person
def abandon(caller: Caller, ref: Ref, reason: Reason) -> None:
    """Give an open version up. Its number is spent."""
    with caller.writing() as acting:
        version = ref.find(acting.session)
        submission.abandon(acting.session, acting.actor, version, reason)
    typer.echo(f"{version.reference} is {version.state}.")


@by_person
def schedule(
    caller: Caller,
    ref: Ref,
    at: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="With its offset, like 2027-01-15T09:00:00Z."),
    ] = None,
    at_once: Annotated[bool, typer.Option("--at-once", help="As soon as it is approved.")] = False,
) -> None:
    """Say when a version comes into force once it is approved."""
    if (at is None) != at_once:
        raise typer.BadParameter("Give either --at TIME or --at-once.")
    when = _time(at) if at is not None else None
    with caller.writing() as acting:
        version = ref.find(acting.session)
        submission.schedule(acting.session, acting.actor, version, when)
    told = f"at {clock.stamp(when)}" if when else "as soon as it is approved"
    typer.echo(f"{version.reference} comes into force {told}.")


@drafts.command("begin")
@by_person
def begin(caller: Caller, ref: NumberedRef) -> None:
    """Begin a draft with the text of an older version of a source text."""
    with caller.writing() as acting:
        old = ref.find(acting.session)
        acting.actor.must(Permission.WRITE_SOURCE)
        if old.is_translation:
            raise BadInput(
                "A translation begins again by its catalogue: `msif catalogue push`.",
                version=old.reference,
            )
        begun = draft.begin_from(acting.session, acting.actor, old)
    typer.echo(f"{begun.reference} is {begun.state}, with the text of {old.reference}.")


def _time(text: str) -> datetime:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"`{text}` is no time; write 2027-01-15T09:00:00Z.") from None
    if time.tzinfo is None:
        raise typer.BadParameter(f"`{text}` has no offset; write {text}Z for UTC.")
    try:
        return time.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        raise typer.BadParameter(f"`{text}` is after the year 9999 in UTC.") from None
