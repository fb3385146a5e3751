"""Drafts: the only versions whose text may change."""

from sqlalchemy import update
from sqlmodel import Session, col

from content import clock, ledger
from content.errors import BadInput, PreconditionStale, SectionIsBusy
from content.people.actor import Actor
from content.people.role import Permission
from content.records import document as documents
from content.records import version as versions
from content.records.document import Document
from content.records.participation import Part, inherit_writers, take_part
from content.records.version import State, Version


def begin(session: Session, actor: Actor, document: Document) -> Version:
    """A new version in draft, with this document and the number it names.

    The section exists. Raises SectionIsBusy where it has an open version in that locale.
    """
    busy = versions.opened(session, document.section, document.locale)
    if busy is not None:
        raise SectionIsBusy(f"{busy.reference} is open already ({busy.state}).")
    source = document.translation_of
    version = Version(
        section=document.section,
        locale=document.locale,
        number=document.version,
        state=State.DRAFT,
        document=documents.store(session, document),
        source=source.sha256 if source else None,
        change_kind=document.change.kind,
        change_summary=document.change.summary,
        review_by=document.review_by,
        created_at=clock.now(),
    )
    session.add(version)
    session.flush()
    _record(session, actor, version, "version.begun")
    return version


def save(session: Session, actor: Actor, version: Version, document: Document) -> None:
    """Put a new text into a draft. Raises PreconditionStale where it is no longer that draft."""
    digest = documents.store(session, document)
    changed = session.connection().execute(
        update(Version)
        .where(
            col(Version.id) == version.key,
            col(Version.state) == State.DRAFT,
            col(Version.document) == version.document,
        )
        .values(
            document=digest,
            change_kind=document.change.kind,
            change_summary=document.change.summary,
            review_by=document.review_by,
        )
    )
    if changed.rowcount != 1:
        raise PreconditionStale(version=version.reference)
    session.refresh(version)
    _record(session, actor, version, "version.saved")


def begin_from(session: Session, actor: Actor, old: Version) -> Version:
    """A new draft with an old version's text, for what has to be said again or corrected."""
    assert old.document is not None  # noqa: S101 (a version past draft has one)
    number = versions.next_number(session, old.section, old.locale)
    document = documents.load(session, old.document).model_copy(update={"version": number})
    version = begin(session, actor, document)
    inherit_writers(session, old.key, version.key)
    return version


def begin_again(session: Session, actor: Actor, old: Version) -> Version:
    """The same by a person, for a text in its own language. Raises RoleMissing, BadInput,
    SectionIsBusy."""
    actor.must(Permission.WRITE_SOURCE)
    if old.is_translation:
        raise BadInput("A translation begins with its catalogue: pull it and push it.")
    return begin_from(session, actor, old)


def _record(session: Session, actor: Actor, version: Version, event: str) -> None:
    if actor.grants:
        take_part(session, version.key, actor.id, Part.WRITER)
    ledger.append(
        session,
        actor=actor.id,
        event=event,
        subject=version.reference,
        detail={"document": version.document},
    )
