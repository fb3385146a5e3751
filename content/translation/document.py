"""The document of a translation: put together of its units, and stored once it is submitted.

While a translation is a draft its units are the record of it, so saving one message costs no
document, and what nobody ever submitted leaves none behind.
"""

from collections.abc import Sequence

from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col

from content.errors import PreconditionStale
from content.records import document as documents
from content.records.document import Document
from content.records.version import State, Version
from content.translation import unit
from content.translation.assembly import assemble
from content.translation.merge import Rendering, complete
from content.translation.unit import Units


def of_version(
    session: Session, version: Version, renderings: Sequence[Rendering] | None = None
) -> Document | None:
    """The text of any version; None for a translation with messages that are open.

    `renderings` are a translation's own, where they were read already.
    """
    if _is_in_work(version):
        if renderings is None:
            renderings = unit.load(session, version.key)
        return _assembled(session, version, renderings)
    return documents.load(session, version.document) if version.document else None


def is_complete(session: Session, version: Version) -> bool:
    """Whether there is a text: `of_version` without putting it together."""
    return version.key in complete_ones(session, [version])


def complete_ones(
    session: Session, listed: Sequence[Version], units: Units | None = None
) -> set[int]:
    """Those of these versions that have a text; `units` has those of translations, where they were
    read already.
    """
    in_work = [one.key for one in listed if _is_in_work(one)]
    if units is None:
        units = unit.load_all(session, in_work) if in_work else {}
    stored = {one.key for one in listed if one.document is not None} - set(in_work)
    return stored | {key for key in in_work if complete(units[key])}


def freeze(session: Session, version: Version) -> None:
    """Store the text of a draft that is whole, so that reviews and signatures can name it.

    Nothing happens to a source, which has its document from the beginning. Raises PreconditionStale
    where the version is a draft no more.
    """
    if not _is_in_work(version):
        return
    made = of_version(session, version)
    assert made is not None  # noqa: S101 (the caller has seen that it is complete)
    _set(session, version, documents.store(session, made))


def _is_in_work(version: Version) -> bool:
    """A translation that was returned has a document too, and its units may have changed since."""
    return version.is_translation and version.state == State.DRAFT


def _assembled(
    session: Session, version: Version, renderings: Sequence[Rendering]
) -> Document | None:
    if not complete(renderings):
        return None
    assert version.source is not None  # noqa: S101 (it is a translation)
    source = documents.load(session, version.source)
    return assemble(
        source,
        version.source,
        renderings,
        locale=version.locale,
        number=version.number,
        summary=version.change_summary,
    )


def _set(session: Session, version: Version, digest: str) -> None:
    session.flush()
    changed = session.connection().execute(
        update(Version)
        .where(col(Version.id) == version.key, col(Version.state) == State.DRAFT)
        .values(document=digest)
    )
    if changed.rowcount != 1:
        raise PreconditionStale(version=version.reference)
    # What was just written, known without reading it again.
    set_committed_value(version, "document", digest)
