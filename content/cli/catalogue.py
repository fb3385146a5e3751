"""`msif catalogue`: translations as .po files in a working copy, and regional variants."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from content.cli import links, pulling, variants
from content.cli.answers import show_table
from content.cli.caller import Acting, Caller, by_person
from content.cli.refusal import tell
from content.errors import ContentError, NotFound
from content.people.role import Permission
from content.records import section as sections
from content.records import tree
from content.review import retraction
from content.translation import catalogue, coverage, report_text, upload
from content.translation import locale as locales
from content.translation.coverage import Cell
from content.translation.locale import read_tag
from content.translation.report import Report

app = typer.Typer(help="Translations as .po files: fetch them, send them back.")
app.command("accept")(variants.accept)
app.command("proposals")(variants.proposals)
app.command("links")(links.list_links)
app.command("link")(links.lead_link)

#: A page and a locale that it is translated into.
Choice = tuple[str, str]

Page = Annotated[
    str | None, typer.Option("--page", metavar="PAGE", help="This page only. [default: all]")
]
Locale = Annotated[
    str | None,
    typer.Option("--locale", metavar="LOCALE", help="This language only. [default: all yours]"),
]


@app.command("pull")
@by_person
def pull(caller: Caller, page: Page = None, locale: Locale = None) -> None:
    """Write the catalogues into MSIF_LOCALES_DIR: PAGE.pot, LOCALE/LC_MESSAGES/PAGE.po.

    A file with translations that the hub does not have is kept beside the new one, as .orig.
    """
    # What goes out is put on record, so that it can be compared when it comes back.
    with caller.writing() as acting:
        chosen = list(_chosen(acting, page, locale, Permission.READ_DRAFTS))
        for slug in dict.fromkeys(slug for slug, _ in chosen):
            _say(pulling.write_template(acting.session, acting.settings.locales_dir, slug))
        for slug, tag in chosen:
            base = locales.base(tag, acting.settings.locale_tags)
            _say(pulling.write(acting.session, acting.settings.locales_dir, slug, tag, base))


@app.command("push")
@by_person
def push_files(
    caller: Caller,
    page: Page = None,
    locale: Locale = None,
    summary: Annotated[
        str, typer.Option(metavar="TEXT", help="What changed, in one sentence, for the record.")
    ] = "",
) -> None:
    """Send the catalogues of MSIF_LOCALES_DIR back: drafts for what changed, and a full account.

    Every message that is not `unchanged` is listed with its line and why. Each file is taken by
    itself. The exit code is 1 where a file or a message was refused.
    """
    refused = [
        _refused(_send(caller, path, choice, summary=summary))
        for path, choice in _files(caller, page, locale)
    ]
    if any(refused):
        raise typer.Exit(1)


@app.command("check")
@by_person
def check_files(caller: Caller, page: Page = None, locale: Locale = None) -> None:
    """Say what `push` would make of the catalogues, and what the checks find; write nothing.

    The exit code is 1 where a file or a message would be refused, or has an error.
    """
    wrong = [
        report is None or _refused(report) or _has_errors(report)
        for report in (
            _send(caller, path, choice, dry_run=True)
            for path, choice in _files(caller, page, locale)
        )
    ]
    if any(wrong):
        raise typer.Exit(1)


@app.command("status")
@by_person
def show_status(caller: Caller, page: Page = None, locale: Locale = None) -> None:
    """How far each catalogue is: in the hub, and what your files have that the hub has not."""
    rows = []
    with caller.reading() as acting:
        for slug, tag in _chosen(acting, page, locale, Permission.READ_DRAFTS):
            base = locales.base(tag, acting.settings.locale_tags)
            source = base or sections.find(acting.session, slug).source_locale
            cell = coverage.of_page(acting.session, slug, tag, source)
            path = acting.settings.locales_dir / catalogue.file_name(slug, tag)
            rows.append(_status(cell, pulling.unsent(acting.session, path, slug, tag, base)))
    show_table(rows, nothing="There is no page to translate.")


@app.command("undo")
@by_person
def undo_upload(
    caller: Caller,
    digest: Annotated[str, typer.Argument(metavar="SHA256", help="As `push` named it.")],
) -> None:
    """Take a whole upload back, unless later work stands on it.

    A draft that it had begun, and that nobody else wrote into, is given up.
    """
    with caller.writing() as acting:
        found = upload.find(acting.session, digest)
        given_up = retraction.take_back(acting.session, acting.actor, found)
    typer.echo(f"Undone: {found.page}/{found.locale}, upload {found.sha256}.")
    for version in given_up:
        typer.echo(f"{version.reference} is {version.state}: nothing else was in it.")


def _files(caller: Caller, page: str | None, locale: str | None) -> Iterator[tuple[Path, Choice]]:
    """The catalogues that lie in the working copy, with a bar where there are several."""
    with caller.reading() as acting:
        chosen = list(_chosen(acting, page, locale, Permission.TRANSLATE))
        folder = acting.settings.locales_dir
    there = [choice for choice in chosen if (folder / catalogue.file_name(*choice)).is_file()]
    if not there:
        raise NotFound(f"There is no catalogue in {folder}; `msif catalogue pull` writes them.")
    for choice in _with_progress(there):
        yield folder / catalogue.file_name(*choice), choice


def _chosen(
    acting: Acting, page: str | None, locale: str | None, permission: Permission
) -> Iterator[Choice]:
    """What was asked for; of all locales, those in which the person may do it."""
    children = tree.working_children(acting.session)
    if page is not None:
        sections.find(acting.session, page)
    for slug in [page] if page else tree.roots(children):
        source = sections.find(acting.session, slug).source_locale
        yield from ((slug, tag) for tag in _locales(acting, locale, permission) if tag != source)


def _locales(acting: Acting, locale: str | None, permission: Permission) -> Sequence[str]:
    tags = acting.settings.locale_tags
    if locale is not None:
        acting.actor.must(permission, read_tag(locale))
        return (read_tag(locale),)
    mine = tuple(tag for tag in tags if acting.actor.may(permission, tag))
    if not mine:
        acting.actor.must(permission)
    return mine


def _send(
    caller: Caller, path: Path, choice: Choice, *, summary: str = "", dry_run: bool = False
) -> Report | None:
    """Take one file and say what became of it; None where it was refused whole."""
    page, locale = choice
    typer.echo(f"{path}:")
    try:
        with caller.writing(dry_run=dry_run) as acting:
            report = upload.take(
                acting.session,
                acting.actor,
                page,
                locale,
                path.read_bytes(),
                summary=summary,
                base=locales.base(locale, acting.settings.locale_tags),
            )
    except ContentError as error:
        tell(error)
        return None
    for line in report_text.table(report).splitlines():
        typer.echo(f"  {line}")
    return report


def _refused(report: Report | None) -> bool:
    return report is None or any(one.fate == "refused" for one in report.entries)


def _has_errors(report: Report) -> bool:
    return any(found["severity"] == "error" for one in report.entries for found in one.findings)


def _status(cell: Cell, unsent: int | None) -> list[str]:
    return [
        f"{cell.page}/{cell.locale}",
        f"{cell.done} of {cell.messages} done",
        f"{cell.stale} stale",
        f"{cell.blank} blank",
        f"{cell.with_errors} with errors",
        f"{cell.suggestions} suggestions",
        "no file" if unsent is None else f"{unsent} to push",
    ]


def _with_progress(files: Sequence[Choice]) -> Iterable[Choice]:
    """A bar on a terminal, where there is more than one file to wait for."""
    console = Console(stderr=True)
    if len(files) == 1 or not console.is_terminal:
        return files
    return track(files, "Catalogues", console=console)


def _say(line: str) -> None:
    if line:
        typer.echo(line)
