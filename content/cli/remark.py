"""`msif remark`: what people at work say to each other about a text."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer

from content import clock
from content.cli.answers import show_table
from content.cli.caller import Acting, Caller, by_person
from content.cli.reference import Reference, read
from content.records.version import Version
from content.review import discussion, remark
from content.review.discussion import Thread

app = typer.Typer(help="What people at work say to each other about a text, unit by unit.")


def _read_place(text: str) -> Reference:
    place = read(text)
    if place.number is not None:
        raise typer.BadParameter("A discussion is that of every version; write section/locale.")
    return place


Place = Annotated[
    Reference,
    typer.Argument(metavar="SECTION/LOCALE", parser=_read_place, help="Like ahsct-evidence/fr."),
]
Number = Annotated[
    int,
    typer.Argument(
        metavar="THREAD", min=1, max=2**31 - 1, help="The thread, as `list` shows it first."
    ),
]
Text = Annotated[str, typer.Argument(metavar="TEXT", help="What you say, in quotation marks.")]


class Stands(StrEnum):
    """Which threads are shown."""

    OPEN = "open"
    RESOLVED = "resolved"
    ALL = "all"


@app.command("list")
@by_person
def list_remarks(
    caller: Caller,
    place: Place,
    state: Annotated[Stands, typer.Option(help="Which threads.")] = Stands.OPEN,
) -> None:
    """The threads of a text: number, unit, where it stands, who, when, and the words."""
    with caller.reading() as acting:
        version = _version(acting, place)
        chosen = [
            one.thread
            for one in discussion.entries(acting.session, version)
            if state in (Stands.ALL, Stands.RESOLVED if one.is_resolved else Stands.OPEN)
        ]
        show_table(
            (row for one in discussion.load(acting.session, chosen) for row in _rows(one)),
            nothing="Nothing is said about it.",
        )


@app.command("make")
@by_person
def make(
    caller: Caller,
    place: Place,
    unit: Annotated[str, typer.Argument(metavar="UNIT", help="The message, by its msgctxt.")],
    text: Text,
) -> None:
    """Begin a thread on one unit. It holds nothing up, and is never taken back."""
    with caller.writing() as acting:
        version = _version(acting, place)
        made = remark.make(acting.session, acting.actor, version, unit, text)
    typer.echo(f"{version.reference}: thread {made.key} in {made.unit}.")


@app.command("answer")
@by_person
def answer(caller: Caller, place: Place, thread: Number, text: Text) -> None:
    """Answer in a thread that is open."""
    with caller.writing() as acting:
        version = _version(acting, place)
        remark.answer(acting.session, acting.actor, version, thread, text)
    typer.echo(f"{version.reference}: answered in thread {thread}.")


@app.command("resolve")
@by_person
def resolve(caller: Caller, place: Place, thread: Number) -> None:
    """Say that a thread is done with."""
    with caller.writing() as acting:
        version = _version(acting, place)
        remark.resolve(acting.session, acting.actor, version, thread)
    typer.echo(f"{version.reference}: thread {thread} is resolved.")


@app.command("reopen")
@by_person
def reopen(caller: Caller, place: Place, thread: Number) -> None:
    """Say that a thread is not done with after all."""
    with caller.writing() as acting:
        version = _version(acting, place)
        remark.reopen(acting.session, acting.actor, version, thread)
    typer.echo(f"{version.reference}: thread {thread} is open.")


def _version(acting: Acting, place: Reference) -> Version:
    return discussion.text(acting.session, acting.actor, place.section, place.locale)


def _rows(one: Thread) -> Iterator[list[object]]:
    for said in one.remarks:
        made = said.remark
        yield [
            one.key,
            one.unit,
            "resolved" if one.is_resolved else "open",
            made.person,
            clock.stamp(made.at),
            " ".join(made.text.split()),
        ]
