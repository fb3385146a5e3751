"""What the ledger has of one text, one person or one kind of thing: its rows, the newest first."""

import operator
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from typing import Any

from sqlalchemy import String, cast, literal, union
from sqlmodel import Session, col, or_, select

from content.ledger import LedgerRow
from content.publication.release import Release
from content.records.version import Version
from content.sign_off.statement import Statement, StatementEntry
from content.translation.suggestion import Suggestion
from content.translation.upload import Upload


@dataclass(frozen=True)
class Wanted:
    """Which rows are looked for; all where nothing is said. Frozen."""

    #: By name; None for all of them.
    events: Collection[str] | None = None
    #: Ids of who did it; None for everybody.
    actors: Collection[str] | None = None
    #: About the texts of this section, in this locale; empty for all.
    section: str = ""
    locale: str = ""
    #: From this day to that one, both included, in UTC.
    since: date | None = None
    until: date | None = None


def rows(
    session: Session, wanted: Wanted, *, before: int | None = None, most: int
) -> Sequence[LedgerRow]:
    """The newest of these rows; those before one of them, to go on."""
    query = select(LedgerRow).where(*_told(wanted))
    if before is not None:
        query = query.where(col(LedgerRow.seq) < before)
    return session.exec(query.order_by(col(LedgerRow.seq).desc()).limit(most)).all()


def _told(wanted: Wanted) -> list[Any]:
    told: list[Any] = []
    if wanted.events is not None:
        told.append(col(LedgerRow.event).in_(wanted.events))
    if wanted.actors is not None:
        told.append(col(LedgerRow.actor).in_(wanted.actors))
    if wanted.section:
        told.append(col(LedgerRow.subject).in_(_about(wanted.section, wanted.locale)))
    elif wanted.locale:
        told.append(_ends(f"/{wanted.locale}"))
    if wanted.since is not None:
        told.append(col(LedgerRow.at) >= _midnight(wanted.since))
    # After the last day of all there is nothing to leave out, and no midnight either.
    if wanted.until is not None and wanted.until < date.max:
        told.append(col(LedgerRow.at) < _midnight(wanted.until + timedelta(days=1)))
    return told


def _about(section: str, locale: str) -> Any:
    """What rows about the section have as their subject: its texts, its catalogues if it is a page,
    statements that list it, recalls of it."""
    texts = _in(Version.section, Version.locale, section, locale)
    statements = (
        select(_joined("statement/", Statement.name))
        .join(StatementEntry, col(StatementEntry.statement) == col(Statement.sha256))
        .join(Version, col(Version.id) == col(StatementEntry.version))
        .where(*texts)
    )
    withdrawn = (
        *_in(Release.section, Release.locale, section, locale),
        col(Release.type) == "withdrawn",
    )
    return union(
        select(_joined(Version.section, "/", Version.locale, "/", Version.number)).where(*texts),
        _paged(Version.section, Version.locale, section, locale),
        _paged(Upload.page, Upload.locale, section, locale),
        _paged(Suggestion.section, Suggestion.locale, section, locale),
        statements,
        select(_joined("recall-", Release.seq)).where(*withdrawn),
    )


def _paged(slug: Any, tag: Any, section: str, locale: str) -> Any:
    """`stem-cell-therapy/fr`, of which catalogues and suggestions are told."""
    return select(_joined(slug, "/", tag)).where(*_in(slug, tag, section, locale))


def _in(slug: Any, tag: Any, section: str, locale: str) -> list[Any]:
    return [col(slug) == section, *([col(tag) == locale] if locale else [])]


def _joined(*parts: Any) -> Any:
    """Words and columns as one text."""
    return reduce(operator.add, (_text(one) for one in parts))


def _text(part: Any) -> Any:
    return literal(part) if isinstance(part, str) else cast(part, String)


def _ends(tag: str) -> Any:
    """The subject is of this locale: `risks/fr/3`, `glossary/fr`."""
    subject = col(LedgerRow.subject)
    return or_(subject.endswith(tag, autoescape=True), subject.contains(f"{tag}/", autoescape=True))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
