"""The generation: a number that moves with every change of the stored answers.

Not all of them are told in the feed: a text is refused, or an answer made anew. Whoever keeps
answers in memory looks at this number.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text, update
from sqlmodel import Field, Session, SQLModel, col, func, select

from content import clock
from content.publication.release import Release
from content.records.version import State, Version

#: What PostgreSQL calls out, to whoever listens, when a change of the answers is committed.
CHANNEL = "msif_generation"


class Generation(SQLModel, table=True):
    """There is one row. Only its number moves."""

    __tablename__ = "generation"

    id: int = Field(default=1, primary_key=True)
    number: int


@dataclass(frozen=True)
class Standing:
    """How things stand in one moment of the database. Frozen."""

    generation: int
    #: The last sequence number of the feed.
    seq: int
    #: When time alone will next bring a text into force; None where none waits.
    effective_at: datetime | None


def step(session: Session) -> None:
    """The stored answers change in this transaction. The caller holds the writer's place."""
    session.connection().execute(update(Generation).values(number=col(Generation.number) + 1))
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text(f"NOTIFY {CHANNEL}"))


def standing(session: Session) -> Standing:
    waiting = (
        select(func.min(Version.effective_at))
        .where(col(Version.state) == State.APPROVED, col(Version.effective_at) > clock.now())
        .scalar_subquery()
    )
    newest = select(func.max(Release.seq)).scalar_subquery()
    number, seq, effective_at = session.exec(select(Generation.number, newest, waiting)).one()
    return Standing(number, seq or 0, effective_at)
