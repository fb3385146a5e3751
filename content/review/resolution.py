"""Resolutions: that a thread of remarks is done with, and that it is not after all."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import Field, Session, SQLModel, col, func, select

from content import clock
from content.people.person import Person


class Resolution(SQLModel, table=True):
    """One turn of a thread: resolved by the odd ones, opened again by the even ones. Never
    changed; the last one counts.
    """

    __tablename__ = "resolution"

    #: The first remark of the thread.
    thread: int = Field(primary_key=True, foreign_key="remark.id")
    #: From 1 on, without a gap.
    turn: int = Field(primary_key=True)
    person: str = Field(foreign_key="person.id")
    at: datetime


def turn_of(thread: Mapped[int | None]) -> ColumnElement[int]:
    """The last turn of a thread, for queries; 0 where there was none."""
    last = select(func.max(Resolution.turn)).where(col(Resolution.thread) == thread)
    return func.coalesce(last.correlate_except(Resolution).scalar_subquery(), 0)


def is_resolved(turn: int) -> bool:
    """Whether a thread is, whose last turn this is."""
    return turn % 2 == 1


def last_turn(session: Session, thread: int) -> int:
    """The last turn of one thread; 0 where there was none."""
    last = select(func.max(Resolution.turn)).where(col(Resolution.thread) == thread)
    return session.exec(last).one() or 0


def last_of(session: Session, threads: Collection[int]) -> dict[int, tuple[Resolution, str]]:
    """Thread to its last turn and the name of who took it; those without one are left out."""
    later = aliased(Resolution)
    rows = session.exec(
        select(Resolution, Person.name)
        .join(Person, col(Person.id) == col(Resolution.person))
        .where(
            col(Resolution.thread).in_(threads),
            ~exists().where(
                col(later.thread) == col(Resolution.thread), col(later.turn) > col(Resolution.turn)
            ),
        )
    )
    return {row.thread: (row, name) for row, name in rows}


def take_turn(session: Session, thread: int, turn: int, person: str) -> None:
    """Write the next turn."""
    session.add(Resolution(thread=thread, turn=turn, person=person, at=clock.now()))
    session.flush()
