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
    #: `upload`, `memory` or `machine`. What somebody wrote on a page came without a file.
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
    """Keep these, each open, though somebody else sent the same: either may be taken back.

    A row has section, locale, unit, source, target, origin, reason, upload, turn and person.
    """
    if rows:
        fresh = {"at": clock.now(), "state": SuggestionState.OPEN.value}
        session.connection().execute(insert(Suggestion), [{**row, **fresh} for row in rows])


def opened(session: Session, sections: Collection[str], locale: str) -> list[Suggestion]:
    """Those that wait for somebody, oldest first. The same words are offered once."""
    rows = session.exec(
        select(Suggestion)
        .where(
            col(Suggestion.section).in_(sections),
            col(Suggestion.locale) == locale,
            col(Suggestion.state) == SuggestionState.OPEN,
        )
        .order_by(col(Suggestion.id))
    )
    offered: dict[tuple[str, ...], Suggestion] = {}
    for one in rows:
        offered.setdefault((one.section, one.unit, one.source, one.target), one)
    return list(offered.values())


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
    """Take it off the list of what waits. Raises StateHasMoved where somebody did already.

    Who takes or dismisses words does so whoever sent them; what is undone is one upload's alone.
    """
    alike = (
        col(Suggestion.section) == one.section,
        col(Suggestion.locale) == one.locale,
        col(Suggestion.unit) == one.unit,
        col(Suggestion.source) == one.source,
        col(Suggestion.target) == one.target,
    )
    settling = (
        update(Suggestion)
        .where(col(Suggestion.state) == SuggestionState.OPEN)
        .values(state=to.value, settled_by=by, settled_at=clock.now())
    )
    settled = session.connection().execute(settling.where(col(Suggestion.id) == one.key))
    if settled.rowcount != 1:
        raise StateHasMoved(f"Suggestion {one.key} was settled already ({one.state}).")
    if to != SuggestionState.UNDONE:
        session.connection().execute(settling.where(*alike))
    session.refresh(one)
