"""Pages as files: `msif import`, `msif export-markdown`, `msif draft-from`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from content.cli.answers import show_table
from content.cli.caller import Caller, by_person
from content.people.role import Permission
from content.records import page_import
from content.records.existing_page import Draft, draft_from
from content.records.markdown import PageRefused, read_page
from content.records.page_export import export_page

#: Folder beside a page that has its figures.
FIGURES = "figures"

#: What a file holds, by the end of its name.
FORMS: dict[str, Literal["html", "markdown", "text"]] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
}

File = Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, readable=True)]


@by_person
def import_file(
    caller: Caller,
    file: File,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")
    ] = False,
) -> None:
    """Take a page from a Markdown file: a draft for each section that changed.

    Figures are looked for in `figures/` beside the file, then beside it. A file with mistakes is
    refused whole, and every mistake is listed with its line.
    """
    source = file.read_bytes()
    with caller.writing(dry_run=dry_run) as acting:
        outcomes = page_import.import_page(
            acting.session,
            acting.actor,
            source,
            pictures_beside(file, source),
            acting.settings.locale_tags,
        )
    show_table(((one.what, one.section, one.version) for one in outcomes), nothing="No sections.")
    if dry_run:
        typer.echo("Dry run: nothing was written.")


def pictures_beside(file: Path, source: bytes) -> dict[str, bytes]:
    """The figures that the page names and that are there."""
    try:
        names = [entry.file for entry in read_page(source).figures]
    except PageRefused:
        return {}  # the import will say what is wrong with it
    found = {}
    for name in names:
        for path in (file.parent / FIGURES / name, file.parent / name):
            if path.is_file():
                found[name] = path.read_bytes()
                break
    return found


@by_person
def export_markdown(
    caller: Caller,
    page: Annotated[str, typer.Argument(metavar="PAGE", help="Slug of the page.")],
    to: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", file_okay=False, help="Write PAGE.md and its figures there, not here."
        ),
    ] = None,
) -> None:
    """Write a page as the Markdown file that `msif import` takes, drafts included.

    Without --to the text goes to standard output, and no figures are written.
    """
    with caller.reading() as acting:
        if not acting.reads_sources():
            acting.actor.must(Permission.READ_DRAFTS)
        exported = export_page(acting.session, page)
    if to is None:
        typer.echo(exported.markdown, nl=False)
        return
    to.mkdir(parents=True, exist_ok=True)
    written = to / f"{page}.md"
    written.write_text(exported.markdown, "utf-8", newline="\n")
    if exported.pictures:
        (to / FIGURES).mkdir(exist_ok=True)
    for name, body in exported.pictures.items():
        (to / FIGURES / name).write_bytes(body)
    typer.echo(f"{written}, {len(exported.pictures)} figures")


def draft(
    file: File,
    select: Annotated[
        str | None,
        typer.Option(metavar="CSS", help="The one element of an HTML page to read."),
    ] = None,
    address: Annotated[
        str | None, typer.Option(metavar="URL", help="Where the page is on the web.")
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(metavar="FILE", dir_okay=False, help="Write it there; not over a file."),
    ] = None,
) -> None:
    """Turn an existing page (HTML, Markdown or text) into a file for an author to check.

    What found no place in the draft is listed, so that nothing is lost unseen.
    """
    form = FORMS.get(file.suffix.lower())
    if form is None:
        raise typer.BadParameter(f"The file ends in none of {', '.join(FORMS)}.")
    if to is not None and to.exists():
        raise typer.BadParameter(f"{to} is there already; name another file.")
    made = draft_from(file.read_bytes(), form=form, select=select, address=address)
    if to is None:
        typer.echo(made.markdown, nl=False)
    else:
        to.write_text(made.markdown, "utf-8", newline="\n")
    _show_findings(made)


def _show_findings(made: Draft) -> None:
    """What the author must know, apart from the draft itself."""
    for note in made.notes:
        typer.echo(f"note: {note}", err=True)
    for one in made.unplaced:
        typer.echo(f"not in the draft: {one.line_or_path}: {one.what}: {one.text}", err=True)
    typer.echo(f"{len(made.unplaced)} things found no place, {len(made.notes)} notes.", err=True)
