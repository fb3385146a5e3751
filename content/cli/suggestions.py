"""`msif suggestion`: words that wait for a translator to take or dismiss them."""

from typing import Annotated

import typer

from content.cli.answers import show_table
from content.cli.caller import Caller, by_person
from content.people.role import Permission
from content.records import tree
from content.translation import settling, suggestion
from content.translation.locale import read_tag

app = typer.Typer(help="Words that no draft has, and that wait for a translator.")

Page = Annotated[str, typer.Option("--page", metavar="PAGE", help="The page.")]
Locale = Annotated[str, typer.Option("--locale", metavar="LOCALE", help="The language.")]
#: As many as a column of a database counts.
Number = Annotated[
    int,
    typer.Argument(metavar="NUMBER", min=1, max=2**31 - 1, help="As `list` shows it first."),
]


@app.command("list")
@by_person
def list_suggestions(caller: Caller, page: Page, locale: Locale) -> None:
    """What waits in a page and a language, oldest first: number, place, why, and the words."""
    with caller.reading() as acting:
        tag = read_tag(locale)
        acting.actor.must(Permission.READ_DRAFTS, tag)
        slugs = tree.page_sections(acting.session, page)
        show_table(
            (
                [
                    one.key,
                    one.section,
                    one.unit,
                    one.reason,
                    one.person,
                    " ".join(one.target.split()),
                ]
                for one in suggestion.opened(acting.session, slugs, tag)
            ),
            nothing="Nothing waits.",
        )


@app.command("take")
@by_person
def take(caller: Caller, number: Number) -> None:
    """Put the words into the section's draft. Made for another source text, they come in fuzzy."""
    with caller.writing() as acting:
        found = suggestion.find(acting.session, number)
        version = settling.take(acting.session, acting.actor, found)
    typer.echo(f"{version.reference} is {version.state}: {found.unit} has these words now.")


@app.command("dismiss")
@by_person
def dismiss(caller: Caller, number: Number) -> None:
    """Take it off the list. It stays on record."""
    with caller.writing() as acting:
        found = suggestion.find(acting.session, number)
        settling.dismiss(acting.session, acting.actor, found)
    typer.echo(f"Suggestion {number} is {found.state}.")
