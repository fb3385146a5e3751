"""The recall board: several recalls at once, and whom each still waits for.

Four queries, however many recalls there are.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, and_, col, select

from content.people.person import Person
from content.publication.withdrawal import Withdrawal
from content.records.version import Version
from content.syndication import progress, recall
from content.syndication.member import Member
from content.syndication.progress import Progress
from content.syndication.recall import Recall, RecallLine
from content.syndication.reminder import Reminder
from content.syndication.showing import ShowingReport


class Cause(NamedTuple):
    """Why a text was withdrawn, and the name of who did it; None where the hub did."""

    withdrawal: Withdrawal
    by: str | None


@dataclass(frozen=True)
class Reminders:
    """What was written to one member in one recall. Frozen."""

    sent_at: Sequence[datetime] = ()
    #: When the next one is due, and what went wrong with it the last time.
    next_at: datetime | None = None
    error: str | None = None


@dataclass(frozen=True)
class Waiting:
    """A member that a recall waits for. Frozen."""

    progress: Progress
    reminders: Reminders


@dataclass(frozen=True)
class Entry:
    """One recall on the board. Frozen."""

    recall: Recall
    cause: Cause
    #: How many members showed the text, and from how many it is gone or expected no more.
    showed: int
    done: int
    waiting: Sequence[Waiting] = field(default=())


def entries(session: Session, recalls: Sequence[Recall]) -> list[Entry]:
    """These recalls as they stand, in their order."""
    seqs = [row.seq for row in recalls]
    why, counted = causes(session, seqs), recall.counts(session, seqs)
    waiting = _waiting(session, {row.seq: row for row in recalls})
    return [
        Entry(row, why[row.seq], *counted.get(row.seq, (0, 0)), waiting.get(row.seq, ()))
        for row in recalls
    ]


def causes(session: Session, seqs: Sequence[int]) -> Mapping[int, Cause]:
    """Recall to why its text was withdrawn."""
    rows = session.exec(
        select(Recall.seq, Withdrawal, Person.name)
        .join(
            Version,
            and_(
                col(Version.section) == col(Recall.section),
                col(Version.locale) == col(Recall.locale),
                col(Version.number) == col(Recall.version),
            ),
        )
        .join(Withdrawal, col(Withdrawal.version) == col(Version.id))
        .outerjoin(Person, col(Person.id) == col(Withdrawal.by))
        .where(col(Recall.seq).in_(seqs))
    )
    return {seq: Cause(row, name) for seq, row, name in rows}


def reminders(rows: Sequence[Reminder], line: RecallLine | None) -> Reminders:
    """What these letters to one member say, as its line stands."""
    is_open = line is not None and line.is_open
    following = next((row for row in rows if row.sent_at is None and is_open), None)
    return Reminders(
        [row.sent_at for row in rows if row.sent_at],
        following.due_at if following else None,
        following.error if following else None,
    )


def _waiting(session: Session, recalls: Mapping[int, Recall]) -> Mapping[int, Sequence[Waiting]]:
    rows = session.exec(
        select(RecallLine, Member, ShowingReport.seen_at)
        .join(Member, col(Member.id) == col(RecallLine.member))
        .outerjoin(ShowingReport, col(ShowingReport.member) == col(RecallLine.member))
        .where(
            col(RecallLine.recall).in_(list(recalls)),
            col(RecallLine.gone_at).is_(None),
            col(RecallLine.closed_at).is_(None),
        )
        .order_by(col(RecallLine.recall), col(RecallLine.member))
    )
    letters: dict[tuple[int, str], list[Reminder]] = defaultdict(list)
    sent = select(Reminder).where(col(Reminder.recall).in_(list(recalls)))
    for letter in session.exec(sent.order_by(col(Reminder.member), col(Reminder.step))):
        letters[letter.recall, letter.member].append(letter)
    found: dict[int, list[Waiting]] = defaultdict(list)
    for line, member, seen_at in rows:
        row = recalls[line.recall]
        stands = Progress(member, progress.state_of(row, line, seen_at), seen_at, line)
        told = reminders(letters[line.recall, line.member], line)
        found[line.recall].append(Waiting(stands, told))
    return found
