"""The recall board: several recalls at once, and whom each still waits for.

Two questions to the database, however many recalls there are.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import select as select_columns
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
    told = _told(session, [row.seq for row in recalls])
    waiting = _waiting(session, {row.seq: row for row in recalls})
    return [Entry(row, *told[row.seq], waiting.get(row.seq, ())) for row in recalls]


def causes(session: Session, seqs: Sequence[int]) -> Mapping[int, Cause]:
    """Recall to why its text was withdrawn."""
    return {seq: cause for seq, (cause, *_) in _told(session, seqs).items()}


def _told(session: Session, seqs: Sequence[int]) -> Mapping[int, tuple[Cause, int, int]]:
    """Recall to its cause, to how many showed the text, and how many have acted."""
    rows = session.execute(
        select_columns(col(Recall.seq), Withdrawal, col(Person.name), *recall.tally())
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
    return {seq: (Cause(row, by), shown, acted) for seq, row, by, shown, acted in rows}


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
        # One for each letter, and one for a line that has none yet.
        select(RecallLine, Member, ShowingReport.seen_at, Reminder)
        .join(Member, col(Member.id) == col(RecallLine.member))
        .outerjoin(ShowingReport, col(ShowingReport.member) == col(RecallLine.member))
        .outerjoin(
            Reminder,
            and_(
                col(Reminder.recall) == col(RecallLine.recall),
                col(Reminder.member) == col(RecallLine.member),
            ),
        )
        .where(col(RecallLine.recall).in_(list(recalls)), recall.waits())
        .order_by(col(RecallLine.recall), col(RecallLine.member), col(Reminder.step))
    )
    found: dict[int, list[Waiting]] = defaultdict(list)
    # All rows of a line have the same member and report.
    for (line, member, seen_at), letters in groupby(rows, key=itemgetter(0, 1, 2)):
        row = recalls[line.recall]
        stands = Progress(member, progress.state_of(row, line, seen_at), seen_at, line)
        told = reminders([letter for *_, letter in letters if letter is not None], line)
        found[line.recall].append(Waiting(stands, told))
    return found
