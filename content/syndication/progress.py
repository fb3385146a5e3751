"""How far a recall has come: each member, what it showed, and whether it has acted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from content.publication.withdrawal import Withdrawal
from content.records.version import Version
from content.syndication import member, recall, showing
from content.syndication.member import Member
from content.syndication.recall import Recall, RecallLine


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


def of(session: Session, row: Recall) -> list[Progress]:
    """Every member that showed the text, and every other that pulls, by id."""
    lines = {line.member: line for line in recall.lines(session, row.seq)}
    seen = showing.reports(session)
    return [
        Progress(one, state_of(row, line, seen.get(one.id)), seen.get(one.id), line)
        for one in member.listed(session)
        for line in [lines.get(one.id)]
        if line is not None or one.closed_at is None
    ]


def closed_at(row: Recall, lines: Sequence[RecallLine]) -> datetime | None:
    """When the last member had acted, at once where nobody showed the text; None before that."""
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
