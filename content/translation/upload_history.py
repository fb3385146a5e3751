"""What the ledger says of uploads: in which order they came, and what their drafts were before.

Times are whole seconds, so two uploads may have the same; the ledger's numbers are each their own.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from content.errors import UploadNotFound
from content.ledger import LedgerRow
from content.people.person import Person
from content.records.version import Version
from content.translation.upload import Upload, listed, report_of

#: A text was put into a draft; the others begin one with words that are there already.
SAVED = "version.saved"
WRITTEN = (SAVED, "version.begun", "version.carried")


@dataclass(frozen=True)
class Sent:
    """One upload in a list, without its file and its report. Frozen."""

    #: Counted from the first of the page in the locale, which is 1.
    number: int
    sha256: str
    #: Names: who sent it, and who took it back.
    by: str
    at: datetime
    undone_by: str | None
    undone_at: datetime | None


def later(session: Session, upload: Upload) -> list[Upload]:
    """What was sent after it for the same page and locale, and stands."""
    order = dict(_order(session, upload))
    since = order[upload.sha256, upload.turn]
    return [
        one
        for one in listed(session, upload.page, upload.locale)
        if one.undone_at is None and order[one.sha256, one.turn] > since
    ]


def recent(session: Session, page: str, locale: str, *, most: int, skip: int = 0) -> list[Sent]:
    """What was sent for a page in a locale, the newest first, with the names of its people."""
    by, undone_by = aliased(Person), aliased(Person)
    rows = session.connection().execute(
        sqlalchemy.select(
            col(Upload.sha256),
            col(by.name),
            col(Upload.at),
            col(undone_by.name),
            col(Upload.undone_at),
            func.count().over(),
        )
        .join(by, col(by.id) == col(Upload.person))
        .outerjoin(undone_by, col(undone_by.id) == col(Upload.undone_by))
        .where(col(Upload.page) == page, col(Upload.locale) == locale)
        .order_by(col(Upload.at).desc(), col(Upload.sha256).desc(), col(Upload.turn).desc())
        .limit(most)
        .offset(skip)
    )
    return [
        Sent(in_all - skip - place, digest, name, at, undoer, undone_at)
        for place, (digest, name, at, undoer, undone_at, in_all) in enumerate(rows)
    ]


def numbered(session: Session, page: str, locale: str, number: int) -> Upload:
    """The upload that `recent` gives this number. Raises UploadNotFound."""
    found = session.exec(
        select(Upload)
        .where(col(Upload.page) == page, col(Upload.locale) == locale)
        .order_by(col(Upload.at), col(Upload.sha256), col(Upload.turn))
        .offset(number - 1)
        .limit(1)
    ).first()
    if found is None:
        raise UploadNotFound(upload=f"{page}/{locale} {number}")
    return found


def summaries(session: Session, upload: Upload, version: Version) -> tuple[str, str] | None:
    """(what a draft said of itself before an upload wrote into it, and what after).

    None where it began with the upload, or the ledger is of before it told summaries.
    """
    until = dict(_order(session, upload))[upload.sha256, upload.turn]
    told = [
        row.detail for row in _about(session, version) if row.event in WRITTEN and row.seq < until
    ]
    said = [json.loads(detail).get("summary") for detail in told[-2:]]
    return (said[0], said[1]) if len(said) == 2 and None not in said else None


def is_all_of(session: Session, upload: Upload, version: Version) -> bool:
    """Whether nobody wrote into a draft but this upload, which began it, and undone ones."""
    undone = sum(
        one.undone_at is not None
        and version.key in {told.version for told in report_of(one).written}
        for one in listed(session, upload.page, upload.locale)
    )
    # Each undone one wrote twice: when it came, and when it was taken back.
    events = [row.event for row in _about(session, version)]
    return events == [SAVED] * (1 + 2 * undone)


def _order(session: Session, upload: Upload) -> Iterator[tuple[tuple[str, int], int]]:
    """((digest, turn), number in the ledger) of each upload of the same page and locale."""
    rows = session.exec(
        select(LedgerRow).where(
            col(LedgerRow.event) == "catalogue.uploaded",
            col(LedgerRow.subject) == f"{upload.page}/{upload.locale}",
        )
    )
    for row in rows:
        told = json.loads(row.detail)
        yield (told["upload"], told["turn"]), row.seq


def _about(session: Session, version: Version) -> list[LedgerRow]:
    rows = session.exec(
        select(LedgerRow)
        .where(col(LedgerRow.subject) == version.reference)
        .order_by(col(LedgerRow.seq))
    )
    return list(rows)
