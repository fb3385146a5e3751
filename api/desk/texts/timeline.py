"""What happened to a text, in words, from the ledger: who did what, and when."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, or_, select

from api.desk.words import later as N_
from content.ledger import LedgerRow
from content.people.person import Person
from content.records.version import Version
from content.sign_off.statement import Statement

#: Rows that are shown at a time.
ROWS = 20
#: By event. What somebody said with it stands below.
WORDS = {
    "version.begun": N_("Began this draft"),
    "version.saved": N_("Saved the draft"),
    "version.submitted": N_("Handed it in for review"),
    "version.reviewed": N_("Reviewed it"),
    "version.returned": N_("Reviewed it, and returned it to be written anew"),
    "version.put_to_signature": N_("Put it to signature"),
    "version.approved": N_("With this, it was approved"),
    "version.rejected": N_("Rejected it; its text began again as a draft"),
    "version.lapsed": N_("The time to sign was over; its text began again as a draft"),
    "version.objected": N_("Objected to it; its text began again as a draft"),
    "version.scheduled": N_("Set the time from which it is in force"),
    "version.in_force": N_("It came into force"),
    "version.superseded": N_("A newer version took its place"),
    "version.withdrawn": N_("Took it out of force"),
    "version.abandoned": N_("Gave it up"),
    "withdrawal.confirmed": N_("Confirmed the withdrawal"),
    "warning.acknowledged": N_("Said why a warning is no fault"),
    "statement.signed": N_("Signed the statement that lists it"),
}
#: What happened with a statement besides is told of the text itself.
OF_STATEMENTS = ("statement.signed",)
#: By meaning, where a signature is no approval.
SIGNED = {
    "recusal": N_("Stood aside from signing, for an interest"),
    "rejection": N_("Rejected the statement that lists it"),
}
#: Events whose reason somebody wrote.
SAYS_WHY = frozenset({"version.abandoned", "version.objected"})
#: Anything that has no words here.
OTHERWISE = N_("Something else was written down")
HUB = N_("The hub")
OPERATOR = N_("Whoever runs the hub")
NAMES = {"hub": HUB, "operator": OPERATOR}


@dataclass(frozen=True)
class Happening:
    """One thing that happened. Frozen."""

    seq: int
    at: datetime
    #: The name of a person; empty where `doer` says who it was.
    name: str
    doer: str
    what: str
    #: What was said with it: a reason, or the words of a review.
    said: str
    #: The number of the review that it is.
    review: int | None = None


def of_version(
    session: Session, version: Version, listing: Sequence[Statement], before: int | None = None
) -> tuple[list[Happening], int | None]:
    """What happened to it and the statements that list it, the newest first; and from where there
    is more, if there is."""
    names = [f"statement/{one.name}" for one in listing]
    about = col(LedgerRow.subject) == version.reference
    signed = col(LedgerRow.subject).in_(names) & col(LedgerRow.event).in_(OF_STATEMENTS)
    query = (
        select(LedgerRow, Person.name)
        .outerjoin(Person, col(Person.id) == col(LedgerRow.actor))
        .where(or_(about, signed) if names else about)
        .order_by(col(LedgerRow.seq).desc())
        .limit(ROWS + 1)
    )
    if before is not None:
        query = query.where(col(LedgerRow.seq) < before)
    rows = session.exec(query).all()
    found = [_happening(row, name) for row, name in rows[:ROWS]]
    return found, found[-1].seq if len(rows) > ROWS else None


def _happening(row: LedgerRow, name: str | None) -> Happening:
    detail = json.loads(row.detail)
    return Happening(
        row.seq,
        row.at,
        name or "",
        "" if name else NAMES.get(row.actor, OPERATOR),
        _what(row.event, detail),
        str(detail.get("reason", "")) if row.event in SAYS_WHY else "",
        detail.get("review"),
    )


def _what(event: str, detail: Mapping[str, Any]) -> str:
    if event == "statement.signed":
        return SIGNED.get(detail["meaning"], WORDS[event])
    return WORDS.get(event, OTHERWISE)
