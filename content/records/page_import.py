"""Import of an authored page: drafts for what changed, nothing for what did not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from sqlmodel import Session

from content.errors import LocaleUnknown, PageHasMistakes, SectionIsBusy
from content.people.actor import Actor
from content.people.role import Permission
from content.records import document as documents
from content.records import draft, figure, message, tree
from content.records import section as sections
from content.records import version as versions
from content.records.composition import compose
from content.records.document import Document
from content.records.markdown import (
    AuthoredPage,
    AuthoredSection,
    PageRefused,
    plain_text,
    read_page,
)
from content.records.version import State, Version


@dataclass(frozen=True)
class Outcome:
    """What an import did with one section."""

    section: str
    what: Literal["created", "updated", "unchanged", "left out"]
    #: Number of the version that holds the section's text now.
    version: int


def import_page(
    session: Session,
    actor: Actor,
    source: bytes,
    pictures: Mapping[str, bytes],
    locales: Sequence[str],
) -> list[Outcome]:
    """Take an authored page: one draft for each section that changed, all or nothing.

    `pictures` has the bytes of the figure files. Raises PageHasMistakes, LocaleUnknown,
    FigureRefused, SectionIsBusy, TreeBroken.
    """
    actor.must(Permission.WRITE_SOURCE)
    page = read_authored(source)
    if page.locale not in locales:
        raise LocaleUnknown(locale=page.locale, locales=list(locales))
    digests = _keep_figures(session, page, pictures)
    before = tree.working_children(session)
    now = {section.slug: section.children for section in page.sections}
    tree.require_sound({**before, **now})
    outcomes = [_take(session, actor, page, section, digests) for section in page.sections]
    return outcomes + _left_out(session, page, before, now)


def read_authored(source: bytes) -> AuthoredPage:
    """What a file says. Raises PageHasMistakes."""
    try:
        page = read_page(source)
    except PageRefused as refused:
        raise _with_mistakes(
            [(mistake.line, mistake.code, mistake.message) for mistake in refused.mistakes]
        ) from None
    marked = [
        (section.line, "markup-in-title", "A title and a summary have no markup; take it out.")
        for section in page.sections
        for words in (section.title, section.summary)
        if words is not None and (words.links or words.text != plain_text(words))
    ]
    if marked:
        raise _with_mistakes(marked)
    return page


def _with_mistakes(mistakes: Sequence[tuple[int, str, str]]) -> PageHasMistakes:
    listed = [{"line": line, "code": code, "message": text} for line, code, text in mistakes]
    return PageHasMistakes(mistakes=listed)


def _keep_figures(
    session: Session, page: AuthoredPage, pictures: Mapping[str, bytes]
) -> dict[str, str]:
    missing = [entry.file for entry in page.figures if entry.file not in pictures]
    if missing:
        raise _with_mistakes(
            [
                (1, "figure-missing", f"The file {name} did not come with the page.")
                for name in missing
            ]
        )
    for entry in page.figures:
        figure.store(session, pictures[entry.file])
    return {entry.file: sha256(pictures[entry.file]).hexdigest() for entry in page.figures}


def _take(
    session: Session,
    actor: Actor,
    page: AuthoredPage,
    section: AuthoredSection,
    digests: Mapping[str, str],
) -> Outcome:
    existing = sections.place(
        session, section.slug, source_locale=page.locale, page=page.sections[0].slug
    )
    if existing.source_locale != page.locale:
        raise LocaleUnknown(
            f"`{section.slug}` was written in {existing.source_locale}; "
            f"in {page.locale} it is a translation, made by catalogue.",
            section=section.slug,
        )
    newest = versions.newest(session, section.slug, page.locale)
    if newest is None or newest.document is None:
        number = versions.next_number(session, section.slug, page.locale)
        draft.begin(
            session, actor, compose(page, section, number=number, before=(), digests=digests)
        )
        return Outcome(section.slug, "created", number)
    candidate = _next_text(session, page, section, newest, digests)
    if documents.load(session, newest.document).same_text(candidate):
        return Outcome(section.slug, "unchanged", newest.number)
    return _write(session, actor, newest, candidate)


def _next_text(
    session: Session,
    page: AuthoredPage,
    section: AuthoredSection,
    newest: Version,
    digests: Mapping[str, str],
) -> Document:
    assert newest.document is not None  # noqa: S101 (a source version always has one)
    number = newest.number
    if newest.state in versions.PUBLISHED_STATES:
        number = versions.next_number(session, newest.section, newest.locale)
    before = message.of_document(session, newest.document)
    return compose(page, section, number=number, before=before, digests=digests)


def _write(session: Session, actor: Actor, newest: Version, text: Document) -> Outcome:
    if newest.state == State.DRAFT:
        draft.save(session, actor, newest, text)
        return Outcome(newest.section, "updated", newest.number)
    if newest.state in versions.OPEN_STATES:
        raise SectionIsBusy(
            f"{newest.reference} is past draft ({newest.state}) and its text differs; "
            "have it returned first.",
            version=newest.reference,
        )
    draft.begin(session, actor, text)
    return Outcome(newest.section, "created", text.version)


def _left_out(
    session: Session,
    page: AuthoredPage,
    before: Mapping[str, Sequence[str]],
    now: Mapping[str, Sequence[str]],
) -> list[Outcome]:
    """Sections that stood on this page and do not any more. They stay in force on their own."""
    placed = {slug for slugs in {**before, **now}.values() for slug in slugs}
    was_below = {slug for parent in now for slug in before.get(parent, ())}
    gone = sorted(was_below - placed)
    found = [versions.newest(session, slug, page.locale) for slug in gone]
    return [Outcome(old.section, "left out", old.number) for old in found if old is not None]
