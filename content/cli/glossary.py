"""`msif glossary import` and `export`: terms from files and into files."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, get_args

import typer

from content.cli.answers import show_table
from content.cli.caller import Caller, by_person
from content.cli.exchange import (
    DryRun,
    File,
    To,
    known_locale,
    say_dry_run,
    show_counts,
    write_bytes,
)
from content.people.role import Permission
from content.translation import glossary
from content.translation.glossary import Form, TakenTerm

app = typer.Typer(help="Terms: how they are said in a language, and how they are not.")

Locale = Annotated[str, typer.Argument(metavar="LOCALE", help="The language.")]
FORMS: tuple[Form, ...] = get_args(Form)


@app.command("import")
@by_person
def import_terms(caller: Caller, locale: Locale, file: File, dry_run: DryRun = False) -> None:
    """Take terms from a table (.csv) or a TBX file (.tbx). What is not in it stays.

    Every row that is not `unchanged` is listed, a changed one with what stood there before. The
    exit code is 1 where a row was refused.
    """
    form = _form(file)
    with caller.writing(dry_run=dry_run) as acting:
        tag = known_locale(acting, locale)
        report = glossary.import_file(
            acting.session,
            acting.actor,
            tag,
            file.read_bytes(),
            form,
            source_locale=acting.settings.locale_tags[0],
        )
    _show(report)
    say_dry_run(dry_run)
    if any(taken.outcome == "refused" for taken in report):
        raise typer.Exit(1)


@app.command("export")
@by_person
def export_terms(
    caller: Caller,
    locale: Locale,
    to: To = None,
    form: Annotated[
        str, typer.Option("--form", metavar="csv|tbx", help="Where --to does not say it.")
    ] = "csv",
) -> None:
    """Write the glossary of a language as a table or as TBX.

    Without --to it goes to standard output.
    """
    chosen = _form(to if to is not None else Path(f"glossary.{form}"))
    with caller.reading() as acting:
        tag = known_locale(acting, locale)
        acting.actor.must(Permission.READ_DRAFTS, tag)
        source_locale = acting.settings.locale_tags[0]
        body = glossary.export(acting.session, tag, chosen, source_locale=source_locale)
    write_bytes(body, to)


def _form(file: Path) -> Form:
    for form in FORMS:
        if file.suffix.lower() == f".{form}":
            return form
    raise typer.BadParameter(f"`{file}` ends in neither .csv nor .tbx.")


def _show(report: Sequence[TakenTerm]) -> None:
    told = [taken for taken in report if taken.outcome != "unchanged"]
    show_table(
        ([f"line {one.line}", one.outcome, one.source or "-", one.why] for one in told),
        nothing="Nothing new.",
    )
    show_counts(taken.outcome for taken in report)
