"""`msif catalogue`: translations as .po files in a working copy, and regional variants."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from content.cli import pulling, variants
from content.cli.answers import show_table
from content.cli.caller import Acting, Caller, by_person
from content.cli.refusal import tell
from content.errors import ContentError, NotFound
from content.people.role import Permission
from content.records import section as sections
from content.records import tree
from content.translation import catalogue, upload
from content.translation import locale as locales
from content.translation.locale import read_tag
from content.translation.report import Report

app = typer.Typer(help="Translations as .po files: fetch them, send them back.")
app.command("accept")(variants.accept)
app.command("proposals")(variants.proposals)

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
    with caller.reading() as acting:
        chosen = list(_chosen(acting, page, locale, Permission.TRANSLATE))
        folder = acting.settings.locales_dir
    files = [choice for choice in chosen if (folder / catalogue.file_name(*choice)).is_file()]
    if not files:
        raise NotFound(f"There is no catalogue in {folder}; `msif catalogue pull` writes them.")
    refused = 0
    for choice in _with_progress(files):
        refused += _push(caller, folder, choice, summary)
    if refused:
        raise typer.Exit(1)


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


def _push(caller: Caller, folder: Path, choice: Choice, summary: str) -> bool:
    """Take one file; whether it, or something in it, was refused."""
    page, locale = choice
    path = folder / catalogue.file_name(page, locale)
    typer.echo(f"{path}:")
    try:
        with caller.writing() as acting:
            source = path.read_bytes()
            report = upload.take(
                acting.session,
                acting.actor,
                page,
                locale,
                source,
                summary=summary,
                base=locales.base(locale, acting.settings.locale_tags),
            )
    except ContentError as error:
        tell(error)
        return True
    _show(report)
    return any(taken.fate == "refused" for taken in report.entries)


def _show(report: Report) -> None:
    if report.again:
        typer.echo("  Nothing new: this very file was taken before.")
        return
    told = [taken for taken in report.entries if taken.fate != "unchanged"]
    show_table(
        ([f"  line {one.line}", one.fate, one.section or "-", one.unit, one.why] for one in told),
        nothing="  Nothing new.",
    )
    for remark in report.remarks:
        typer.echo(f"  {remark}")
    typer.echo("  " + ", ".join(f"{count} {fate}" for fate, count in report.counts.items()))


def _with_progress(files: Sequence[Choice]) -> Iterable[Choice]:
    """A bar on a terminal, where there is more than one file to wait for."""
    console = Console(stderr=True)
    if len(files) == 1 or not console.is_terminal:
        return files
    return track(files, "Pushing", console=console)


def _say(line: str) -> None:
    if line:
        typer.echo(line)
