"""What the ledger says of uploads: in which order they came, and what their drafts were before.

Times are whole seconds, so two uploads may have the same; the ledger's numbers are each their own.
"""

import json
from collections.abc import Iterator

from sqlmodel import Session, col, select

from content.ledger import LedgerRow
from content.records.version import Version
from content.translation.upload import Upload, listed, report_of

#: A text was put into a draft; the others begin one with words that are there already.
SAVED = "version.saved"
WRITTEN = (SAVED, "version.begun", "version.carried")


def later(session: Session, upload: Upload) -> list[Upload]:
    """What was sent after it for the same page and locale, and stands."""
    order = dict(_order(session, upload))
    since = order[upload.sha256, upload.turn]
    return [
        one
        for one in listed(session, upload.page, upload.locale)
        if one.undone_at is None and order[one.sha256, one.turn] > since
    ]


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
