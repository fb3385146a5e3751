"""`msif memory search`, `import` and `export`: what was said before."""

from typing import Annotated

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
from content.cli.glossary import Locale
from content.people.role import Permission
from content.sign_off import recall
from content.translation import memory_import
from content.translation.memory import Hit

app = typer.Typer(help="The translation memory: what was said before. It only suggests.")


@app.command("search")
@by_person
def search(
    caller: Caller,
    locale: Locale,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The source text.")],
) -> None:
    """Show what was said for a text, or for one like it, and where."""
    with caller.reading() as acting:
        tag = known_locale(acting, locale)
        acting.actor.must(Permission.READ_DRAFTS, tag)
        source_locale = acting.settings.locale_tags[0]
        hits = recall.search(acting.session, text, tag, source_locale=source_locale)
    show_table(map(_told, hits), nothing="Nothing like it.")


@app.command("import")
@by_person
def import_file(caller: Caller, locale: Locale, file: File, dry_run: DryRun = False) -> None:
    """Remember the pairs of a TMX file, as imported ones.

    Every unit that is refused is listed with its line; the exit code is 1 then.
    """
    with caller.writing(dry_run=dry_run) as acting:
        tag = known_locale(acting, locale)
        report = memory_import.import_tmx(
            acting.session, acting.actor, tag, acting.settings.locale_tags[0], file.read_bytes()
        )
    refused = [taken for taken in report if taken.outcome == "refused"]
    show_table(
        ([f"line {one.line}", one.outcome, one.why] for one in refused), nothing="All was read."
    )
    show_counts(taken.outcome for taken in report)
    say_dry_run(dry_run)
    if refused:
        raise typer.Exit(1)


@app.command("export")
@by_person
def export(caller: Caller, locale: Locale, to: To = None) -> None:
    """Write all that is remembered in a language as TMX, each pair with where it comes from.

    Without --to it goes to standard output.
    """
    with caller.reading() as acting:
        tag = known_locale(acting, locale)
        acting.actor.must(Permission.READ_DRAFTS, tag)
        body = recall.export(acting.session, tag)
    write_bytes(body, to)


def _told(hit: Hit) -> list[str]:
    pair = hit.pair
    where = f"{pair.section}/{pair.locale}/{pair.version}" if pair.section else "-"
    return [f"{hit.likeness:g}", pair.target, where, pair.origin, ", ".join(pair.approvers) or "-"]
