"""The ledger, to read."""

import json
from typing import Annotated

from fastapi import Query, Response
from sqlmodel import col, select

from api.answers.versions import LedgerPart
from api.dependencies import CurrentActor, Reading
from api.editing import routes
from api.editing.answers import private
from content import clock
from content.ledger import LedgerRow
from content.people.role import Permission

router = routes.below("/ledger")


@router.get("", response_model=LedgerPart)
def read_ledger(
    actor: CurrentActor,
    session: Reading,
    after: Annotated[int, Query(ge=0, le=2**31 - 1, description="Where the list before ended")] = 0,
    subject: Annotated[
        str, Query(max_length=200, description="Only rows about this version or statement")
    ] = "",
    limit: Annotated[int, Query(ge=1, le=1_000, description="How many at most")] = 100,
) -> Response:
    """Read the ledger.

    Rows in order; `subject` follows one version or statement.
    """
    actor.must(Permission.READ_LEDGER)
    query = select(LedgerRow).where(col(LedgerRow.seq) > after)
    if subject:
        query = query.where(col(LedgerRow.subject) == subject)
    rows = session.exec(query.order_by(col(LedgerRow.seq)).limit(limit)).all()
    told = [
        {
            "seq": row.seq,
            "at": clock.stamp(row.at),
            "actor": row.actor,
            "event": row.event,
            "subject": row.subject,
            "detail": json.loads(row.detail),
            "previous": row.previous,
            "hash": row.hash,
        }
        for row in rows
    ]
    return private({"rows": told, "next": rows[-1].seq if rows else after})
