"""The machine that every version passes through, in every language.

draft → in_review → sign_off → approved → in_force → superseded
  ↑________|                                    └──→ withdrawn
draft, in_review, sign_off, approved → abandoned

An edge is walked by one guarded UPDATE and one ledger row, in the caller's transaction.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session

from content import ledger
from content.errors import StateHasMoved
from content.records.version import State, Version

#: The edges. A trigger in the database knows the same ones.
EDGES: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.IN_REVIEW, State.ABANDONED}),
    State.IN_REVIEW: frozenset({State.DRAFT, State.SIGN_OFF, State.ABANDONED}),
    State.SIGN_OFF: frozenset({State.APPROVED, State.ABANDONED}),
    State.APPROVED: frozenset({State.IN_FORCE, State.ABANDONED}),
    State.IN_FORCE: frozenset({State.SUPERSEDED, State.WITHDRAWN}),
    State.SUPERSEDED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.ABANDONED: frozenset(),
}


#: A draft without a document is as good as one with an empty digest.
_MOVE = text(
    "UPDATE version SET state = :to "
    "WHERE id = :key AND state = :seen AND COALESCE(document, '') = :document"
)


def move(
    session: Session,
    version: Version,
    to: State,
    *,
    actor: str,
    event: str,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Walk one edge. Raises StateHasMoved where the version is not where the caller saw it."""
    seen = State(version.state)
    if to not in EDGES[seen]:
        raise StateHasMoved(
            f"{version.reference} is {seen}; from there it cannot become {to}.",
            version=version.reference,
            state=seen.value,
        )
    session.flush()
    moved = session.connection().execute(
        _MOVE,
        {"key": version.key, "seen": seen, "to": to.value, "document": version.document or ""},
    )
    if moved.rowcount != 1:
        raise StateHasMoved(version=version.reference)
    # What was just written, known without reading it again.
    set_committed_value(version, "state", to.value)
    ledger.append(
        session,
        actor=actor,
        event=event,
        subject=version.reference,
        detail={"from": seen.value, "to": to.value, "document": version.document}
        | dict(detail or {}),
    )
