"""The calendar: what is late, and what falls due in the months to come. A few questions in all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, case, exists
from sqlalchemy import select as columns
from sqlmodel import Session, and_, col, func, or_, select

from content import clock
from content.people.actor import Actor
from content.publication import withdrawal
from content.publication.release import Release
from content.publication.representation import Representation
from content.records import access
from content.records.version import State, Version
from content.review.policy import Policy
from content.sign_off import shown
from content.sign_off.statement import Statement, StatementState

#: How far ahead the calendar looks.
MONTHS = 12


class Kind(StrEnum):
    """What happens on a day."""

    #: A second person has to have confirmed a withdrawal.
    CONFIRM = "confirm"
    #: Since that day a translation follows a text that is no longer in force.
    OUTDATED = "outdated"
    #: An approved text comes into force.
    EFFECTIVE = "effective"
    #: A text is to be reviewed again.
    REVIEW = "review"
    #: A text that was not reviewed again leaves force.
    LEAVES = "leaves"
    #: A statement that lacks signatures ends.
    LAPSES = "lapses"


@dataclass(frozen=True)
class Entry:
    """One thing on one day, for one section in one or several languages, or for a statement."""

    kind: Kind
    day: date
    is_late: bool
    #: The section, or the name of the statement (2026-0142).
    subject: str
    #: Language to the number of its version; empty for a statement.
    numbers: tuple[tuple[str, int], ...] = ()

    def reference(self, language: str) -> str:
        """How titles are looked up: of its text in this language, else of the source."""
        number = dict(self.numbers).get(language)
        return f"{self.subject}/{language}" + (f"/{number}" if number else "")


@dataclass(frozen=True)
class Row:
    """Everything of one section or one statement, in the order of time. Frozen."""

    subject: str
    entries: tuple[Entry, ...]


#: (kind, day, late, section, locale, number)
_Found = tuple[Kind, date, bool, str, str, int]


def rows(session: Session, actor: Actor, policy: Policy) -> list[Row]:
    """A row for everything that is late or falls due within MONTHS, the most urgent first.

    Three queries. Raises RoleMissing, ScopeMissing for who may read nothing that is in work.
    """
    until = clock.months_after(clock.today(), MONTHS)
    readable = access.readable(actor)
    found = [
        *_of_texts(session, readable, policy, until),
        *_withdrawals(session, actor, policy),
    ]
    by_subject: dict[str, list[Entry]] = defaultdict(list)
    for entry in (*_together(found), *_statements(session, actor, until)):
        by_subject[entry.subject].append(entry)
    made = [Row(one, tuple(sorted(its, key=_when))) for one, its in by_subject.items()]
    return sorted(made, key=lambda row: (_when(row.entries[0]), row.subject))


def _when(entry: Entry) -> tuple[bool, date, str]:
    return (not entry.is_late, entry.day, entry.kind)


def _together(found: Iterable[_Found]) -> Iterator[Entry]:
    """What happens to several languages of a section on one day is said once."""
    numbers: dict[tuple[Kind, date, bool, str], list[tuple[str, int]]] = defaultdict(list)
    for kind, day, is_late, section, locale, number in found:
        numbers[kind, day, is_late, section].append((locale, number))
    for key, listed in numbers.items():
        yield Entry(*key, tuple(sorted(listed)))


def _of_texts(
    session: Session, readable: ColumnElement[bool], policy: Policy, until: date
) -> Iterator[_Found]:
    today = clock.today()
    is_outdated = _is_outdated()
    query = columns(
        col(Version.section),
        col(Version.locale),
        col(Version.number),
        col(Version.state),
        col(Version.review_by),
        col(Version.effective_at),
        case((is_outdated, _outdated_since())).label("since"),
    ).where(
        readable,
        or_(
            and_(
                col(Version.state) == State.IN_FORCE,
                or_(col(Version.review_by) <= until, is_outdated),
            ),
            and_(col(Version.state) == State.APPROVED, col(Version.effective_at).is_not(None)),
        ),
    )
    for section, locale, number, state, review_by, effective_at, since in session.execute(query):
        place = (section, locale, number)
        days = (
            _of_force(review_by, since, policy)
            if state == State.IN_FORCE
            else [(Kind.EFFECTIVE, effective_at.date())]
        )
        for kind, day in days:
            if day <= until:
                yield (kind, day, kind is Kind.OUTDATED or day < today, *place)


def _of_force(
    review_by: date, since: datetime | None, policy: Policy
) -> Sequence[tuple[Kind, date]]:
    leaves = clock.months_after(review_by, policy.review_by.grace_months) + timedelta(days=1)
    always = [(Kind.REVIEW, review_by), (Kind.LEAVES, leaves)]
    return [*always, (Kind.OUTDATED, since.date())] if since is not None else always


def _is_outdated() -> ColumnElement[bool]:
    return exists().where(
        col(Representation.kind) == "section",
        col(Representation.section) == col(Version.section),
        col(Representation.locale) == col(Version.locale),
        col(Representation.label) == "outdated",
    )


def _outdated_since() -> ColumnElement[datetime]:
    """When members were told; a text that was outdated when it came into force, since then."""
    return func.coalesce(_first_told("outdated"), _first_told("in_force"))


def _first_told(kind: str) -> ColumnElement[datetime]:
    return (
        select(func.min(Release.at))
        .where(
            col(Release.type) == kind,
            col(Release.section) == col(Version.section),
            col(Release.locale) == col(Version.locale),
            col(Release.version) == col(Version.number),
        )
        .correlate(Version)
        .scalar_subquery()
    )


def _withdrawals(session: Session, actor: Actor, policy: Policy) -> Iterator[_Found]:
    hours = policy.withdrawal.confirm_hours
    for row, version, is_late in withdrawal.unconfirmed(session, hours):
        if access.may_read(actor, version):
            day = (row.at + timedelta(hours=hours)).date()
            yield (Kind.CONFIRM, day, is_late, version.section, version.locale, version.number)


def _statements(session: Session, actor: Actor, until: date) -> Iterator[Entry]:
    open_ones = session.exec(
        select(Statement.name, Statement.lapses_at).where(
            shown.seen_by(actor), col(Statement.state) == StatementState.OPEN
        )
    )
    for name, lapses_at in open_ones:
        if lapses_at.date() <= until:
            yield Entry(Kind.LAPSES, lapses_at.date(), False, name)
