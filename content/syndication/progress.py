"""How far a recall has come: each member, what it showed, and whether it has acted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, and_, col, or_, select

from content.people.person import Person
from content.publication.withdrawal import Withdrawal
from content.records.version import Version
from content.syndication.member import Member
from content.syndication.recall import Recall, RecallLine
from content.syndication.showing import ShowingReport


class MemberState(StrEnum):
    """Where a member stands in a recall. The first two are waited for."""

    STILL_SHOWS = "still-shows"
    NOT_REPORTED_SINCE = "not-reported-since"
    GONE = "gone"
    CLOSED = "closed"
    NEVER_SHOWED = "never-showed"
    NEVER_REPORTED = "never-reported"


@dataclass(frozen=True)
class Progress:
    """One member in a recall. `line` is None where it has none: it never showed the text."""

    member: Member
    state: MemberState
    reported_at: datetime | None
    line: RecallLine | None
    #: What the person is called who closed the line by hand.
    closer: str | None = None


def of(session: Session, row: Recall) -> list[Progress]:
    """Every member that showed the text, and every other that pulls, by id; in one question."""
    rows = session.exec(
        select(Member, ShowingReport.seen_at, RecallLine, Person.name)
        .outerjoin(ShowingReport, col(ShowingReport.member) == col(Member.id))
        .outerjoin(
            RecallLine,
            and_(col(RecallLine.member) == col(Member.id), col(RecallLine.recall) == row.seq),
        )
        .outerjoin(Person, col(Person.id) == col(RecallLine.closed_by))
        .where(or_(col(RecallLine.recall).is_not(None), col(Member.closed_at).is_(None)))
        .order_by(col(Member.id))
    )
    return [
        Progress(one, state_of(row, line, seen_at), seen_at, line, closer)
        for one, seen_at, line, closer in rows
    ]


def closed_at(row: Recall, found: Sequence[Progress]) -> datetime | None:
    """When the last member had acted, at once where nobody showed the text; None before that."""
    lines = [one.line for one in found if one.line]
    if any(line.is_open for line in lines):
        return None
    return max((line.gone_at or line.closed_at or row.at for line in lines), default=row.at)


def withdrawal_of(session: Session, row: Recall) -> Withdrawal:
    """Why the text was taken out of force."""
    return session.exec(
        select(Withdrawal)
        .join(Version, col(Version.id) == col(Withdrawal.version))
        .where(
            col(Version.section) == row.section,
            col(Version.locale) == row.locale,
            col(Version.number) == row.version,
        )
    ).one()


def state_of(row: Recall, line: RecallLine | None, seen_at: datetime | None) -> MemberState:
    """Where a member stands that last said what it shows at `seen_at`."""
    if line is None:
        # A site that never said anything may show it all the same.
        return MemberState.NEVER_SHOWED if seen_at else MemberState.NEVER_REPORTED
    if line.closed_at is not None:
        return MemberState.CLOSED
    if line.gone_at is not None:
        return MemberState.GONE
    told_since = not line.at_withdrawal or (seen_at is not None and seen_at > row.at)
    return MemberState.STILL_SHOWS if told_since else MemberState.NOT_REPORTED_SINCE
