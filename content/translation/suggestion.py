"""Suggestions: words for a unit that stand in no draft, and what became of them.

Nothing that somebody sent is thrown away: what a merge could not take is kept here until a
translator takes or dismisses it, and stays on record after that.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, insert, update
from sqlmodel import Field, Session, SQLModel, col, select

from content import clock
from content.errors import StateHasMoved, SuggestionNotFound


class SuggestionState(StrEnum):
    """What became of a suggestion. Only an open one is offered."""

    OPEN = "open"
    TAKEN = "taken"
    DISMISSED = "dismissed"
    UNDONE = "undone"


class Suggestion(SQLModel, table=True):
    """Words somebody offered for a unit. Only its state changes: a trigger holds the rest."""

    __tablename__ = "suggestion"
    __table_args__ = (
        ForeignKeyConstraint(
            ["upload", "turn"], ["upload.sha256", "upload.turn"], name="fk_suggestion_upload"
        ),
        Index(None, "section", "locale"),
    )

    id: int | None = Field(default=None, primary_key=True)
    section: str = Field(foreign_key="section.slug")
    locale: str
    unit: str
    #: The source text they were made for.
    source: str
    target: str
    #: `upload`, `memory` or `machine`.
    origin: str
    #: Why they stand in no draft: the fate of their entry.
    reason: str
    #: The upload they came with.
    upload: str | None = None
    turn: int | None = None
    person: str = Field(foreign_key="person.id")
    at: datetime
    state: str = SuggestionState.OPEN
    settled_by: str | None = Field(default=None, foreign_key="person.id")
    settled_at: datetime | None = None

    @property
    def key(self) -> int:
        """The id of a suggestion that is stored."""
        assert self.id is not None  # noqa: S101 (every stored row has one)
        return self.id


def keep_all(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Keep these, each open; what is offered already is not offered twice.

    A row has section, locale, unit, source, target, origin, reason, upload, turn and person.
    """
    if not rows:
        return
    offered = {
        (one.section, one.unit, one.source, one.target)
        for one in opened(session, {row["section"] for row in rows}, rows[0]["locale"])
    }
    fresh = [
        {**row, "at": clock.now(), "state": SuggestionState.OPEN.value}
        for row in rows
        if (row["section"], row["unit"], row["source"], row["target"]) not in offered
    ]
    if fresh:
        session.connection().execute(insert(Suggestion), fresh)


def opened(session: Session, sections: Collection[str], locale: str) -> list[Suggestion]:
    """Those that wait for somebody, oldest first."""
    rows = session.exec(
        select(Suggestion)
        .where(
            col(Suggestion.section).in_(sections),
            col(Suggestion.locale) == locale,
            col(Suggestion.state) == SuggestionState.OPEN,
        )
        .order_by(col(Suggestion.id))
    )
    return list(rows.all())


def find(session: Session, suggestion: int) -> Suggestion:
    """Raises SuggestionNotFound."""
    found = session.get(Suggestion, suggestion)
    if found is None:
        raise SuggestionNotFound(suggestion=suggestion)
    return found


def of_upload(session: Session, upload: str, turn: int) -> list[Suggestion]:
    """Those that came with one upload, oldest first."""
    rows = session.exec(
        select(Suggestion)
        .where(col(Suggestion.upload) == upload, col(Suggestion.turn) == turn)
        .order_by(col(Suggestion.id))
    )
    return list(rows.all())


def settle(session: Session, one: Suggestion, to: SuggestionState, *, by: str) -> None:
    """Take it off the list of what waits. Raises StateHasMoved where somebody did already."""
    settled = session.connection().execute(
        update(Suggestion)
        .where(col(Suggestion.id) == one.key, col(Suggestion.state) == SuggestionState.OPEN)
        .values(state=to.value, settled_by=by, settled_at=clock.now())
    )
    if settled.rowcount != 1:
        raise StateHasMoved(f"Suggestion {one.key} was settled already ({one.state}).")
    session.refresh(one)
