"""Looking at versions: `msif waiting`, `show`, `diff`, `requirements`, `versions`."""

import sys
from collections.abc import Iterator
from typing import Annotated

import typer
from sqlmodel import Session, col, select

from content.cli import difference
from content.cli.answers import show_requirements, show_table
from content.cli.caller import Acting, Caller, by_person
from content.cli.reference import Ref
from content.errors import RequirementsOpen, VersionNotFound
from content.publication.waiting import waiting
from content.records import diff
from content.records import document as documents
from content.records import section as sections
from content.records import version as versions
from content.records.document import Document
from content.records.markdown import read_block
from content.records.markdown.block_writer import write_blocks
from content.records.version import Version
from content.sign_off import readiness
from content.translation import document, standing, unit
from content.translation.locale import read_tag

Slug = Annotated[str, typer.Argument(metavar="SLUG", help="Slug of the section.")]


@by_person
def show_waiting(caller: Caller) -> None:
    """List what waits for you, the most urgent first."""
    with caller.reading() as acting:
        tasks = waiting(acting.session, acting.actor, acting.policy, acting.settings.locale_tags)
    show_table(
        ((task.what, task.subject, f"by {task.due}" if task.due else "") for task in tasks),
        nothing="Nothing waits for you.",
    )


@by_person
def show(caller: Caller, ref: Ref) -> None:
    """Show one version: its state, its facts and its text."""
    with caller.reading() as acting:
        version = ref.find(acting.session)
        acting.must_see(version)
        show_table(_facts(acting.session, version), nothing="")
        text = document.of_version(acting.session, version)
        if text is not None:
            typer.echo()
            typer.echo(_text(text))


@by_person
def show_diff(
    caller: Caller,
    ref: Ref,
    against: Annotated[
        str,
        typer.Option(
            metavar="in-force|source|N",
            help="What to compare it with: the version in force (where it is that one, the one "
            "before), a number, or `source`: what changed in the source text since the one that "
            "this translation was made for.",
        ),
    ] = "in-force",
) -> None:
    """Show what a version changes, block by block, word by word.

    [-What went-] and {+what came+} are marked; a changed number or negation is called critical.
    """
    with caller.reading() as acting:
        version = ref.find(acting.session)
        acting.must_see(version)
        old, new = _pair(acting.session, version, against)
    changes = diff.compare(old, new)
    marks = difference.coloured if sys.stdout.isatty() else difference.marked
    for line in difference.as_text(changes, marks):
        typer.echo(line)
    if not changes:
        typer.echo("Nothing changed.")


@by_person
def show_requirements_of(caller: Caller, ref: Ref) -> None:
    """List what is needed before a version can be approved, and what there is of it."""
    with caller.reading() as acting:
        version = ref.find(acting.session)
        acting.must_see(version)
        listed = readiness.listed(acting.session, version, acting.policy)
    typer.echo(f"{version.reference} ({version.state})")
    show_requirements(listed)


@by_person
def list_versions(
    caller: Caller,
    slug: Slug,
    locale: Annotated[
        str | None, typer.Option("--locale", metavar="LOCALE", help="This language only.")
    ] = None,
) -> None:
    """List the versions of a section, the newest first."""
    with caller.reading() as acting:
        sections.find(acting.session, slug)
        rows = [
            version
            for version in _versions(acting.session, slug, read_tag(locale) if locale else None)
            if _may_see(acting, version)
        ]
    show_table(
        (
            (row.reference, row.state, row.change_kind, row.created_at.date(), row.change_summary)
            for row in rows
        ),
        nothing="There are none that you may see.",
    )


def _may_see(acting: Acting, version: Version) -> bool:
    published = version.state in versions.PUBLISHED_STATES
    return published or acting.may_see(version)


def _versions(session: Session, slug: str, locale: str | None) -> list[Version]:
    query = select(Version).where(col(Version.section) == slug)
    if locale is not None:
        query = query.where(col(Version.locale) == locale)
    order = (col(Version.locale), col(Version.number).desc())
    return list(session.exec(query.order_by(*order)).all())


def _facts(session: Session, version: Version) -> Iterator[tuple[str, object]]:
    yield "version", version.reference
    yield "state", version.state
    yield "change", f"{version.change_kind}: {version.change_summary}"
    yield "review by", version.review_by
    if version.effective_at is not None:
        yield "effective at", version.effective_at.isoformat()
    yield "document", version.document or "none yet: it is made when the version is submitted"
    if version.source is not None:
        source = versions.named_by(session, version.source)
        yield "translates", source.reference if source else version.source
        found = unit.load(session, version.key)
        yield "messages", f"{sum(one.done for one in found)} of {len(found)} translated"


def _text(document: Document) -> str:
    """Title, summary and blocks as Markdown."""
    parts = [f"# {document.title}"]
    if document.summary is not None:
        parts.append(f"::: summary\n{document.summary}\n:::")
    parts.append(write_blocks(read_block(block.markdown) for block in document.blocks))
    return "\n\n".join(filter(None, parts))


def _pair(session: Session, version: Version, against: str) -> tuple[Document, Document]:
    """The two documents to compare, the older first."""
    if against == "source":
        return _source_pair(session, version)
    return _document(session, _older(session, version, against)), _document(session, version)


def _older(session: Session, version: Version, against: str) -> Version:
    if against.isascii() and against.isdecimal():
        return versions.find(session, version.section, version.locale, int(against))
    if against != "in-force":
        raise typer.BadParameter("--against is in-force, source or a number.")
    found = versions.in_force(session, version.section, version.locale)
    if found is not None and found.key == version.key:
        found = _before(session, version)
    if found is None:
        raise VersionNotFound("There is nothing before it to compare it with; try --against N.")
    return found


def _before(session: Session, version: Version) -> Version | None:
    """What was in force before the version that is."""
    older = _versions(session, version.section, version.locale)
    return next(
        (
            one
            for one in older
            if one.number < version.number and one.state in versions.PUBLISHED_STATES
        ),
        None,
    )


def _source_pair(session: Session, version: Version) -> tuple[Document, Document]:
    if version.source is None:
        raise typer.BadParameter(f"{version.reference} is a source text; compare it with a number.")
    followed = versions.named_by(session, version.source)
    base = followed.locale if followed else None
    newest = standing.newest_source(session, version.section, base)
    return documents.load(session, version.source), _document(session, newest)


def _document(session: Session, version: Version) -> Document:
    text = document.of_version(session, version)
    if text is None:
        raise RequirementsOpen(
            f"{version.reference} has no text yet: some of its messages are open.",
            version=version.reference,
        )
    return text
