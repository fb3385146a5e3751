"""What somebody did lately, in words, from the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from api.desk.ledger.events import OF_TEXTS, family
from api.desk.titles import Text
from api.desk.words import later as N_
from content import ledger
from content.ledger import LedgerRow

#: Rows of the ledger that are looked at, and things that are shown of them.
ROWS = 100
SHOWN = 8
#: What is told to who did it, by event; `events.py` has the same of others. Signing in and out is
#: no work: it would drown it.
WORDS = {
    "version.begun": N_("You began a draft"),
    "version.saved": N_("You saved a draft"),
    "version.submitted": N_("You handed it in for review"),
    "version.reviewed": N_("You reviewed it"),
    "version.returned": N_("You returned it"),
    "version.scheduled": N_("You set its time"),
    "version.abandoned": N_("You gave it up"),
    "version.withdrawn": N_("You took it out of force"),
    "version.objected": N_("You objected to it"),
    "withdrawal.confirmed": N_("You confirmed its withdrawal"),
    "warning.acknowledged": N_("You said why a warning is no fault"),
    "remark.made": N_("You said something about it"),
    "remark.resolved": N_("You resolved a remark"),
    "remark.reopened": N_("You opened a remark again"),
    "catalogue.uploaded": N_("You sent a translation"),
    "catalogue.undone": N_("You took back a translation"),
    "statement.opened": N_("You put texts to signature"),
    "statement.signed": N_("You signed a statement"),
    "person.added": N_("You entered a person"),
    "person.granted": N_("You gave somebody a role"),
    "person.revoked": N_("You took back a role"),
    "passkey.registered": N_("You registered a passkey"),
}


@dataclass(frozen=True)
class Doing:
    """One thing that somebody did. Frozen."""

    what: str
    text: Text | None
    at: datetime


def rows_of(session: Session, person_id: str) -> list[LedgerRow]:
    """The last that can be said in words; one that was done in a row is said once."""
    rows = [row for row in ledger.latest_of(session, person_id, ROWS) if row.event in WORDS]
    return _once(rows)[:SHOWN]


def about(rows: Sequence[LedgerRow]) -> list[str]:
    """References to the texts that they are about."""
    return [row.subject for row in rows if _is_about_a_text(row)]


def told(rows: Sequence[LedgerRow], texts: Mapping[str, Text]) -> list[Doing]:
    """The same in words. `texts` are by reference."""
    return [
        Doing(
            WORDS[row.event],
            texts.get(row.subject) if _is_about_a_text(row) else None,
            row.at,
        )
        for row in rows
    ]


def _is_about_a_text(row: LedgerRow) -> bool:
    return family(row.event) in OF_TEXTS


def _once(rows: Sequence[LedgerRow]) -> list[LedgerRow]:
    before = [None, *rows]
    return [
        row
        for row, newer in zip(rows, before, strict=False)
        if newer is None or (row.event, row.subject) != (newer.event, newer.subject)
    ]
