"""Every member at a glance: how many of its texts stand how, and when it was last heard of.

Two queries for all members together, and the three of `standing.courses`, however many there are.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func

from content import clock
from content.errors import MemberNotFound
from content.syndication import showing, standing
from content.syndication.member import Member
from content.syndication.member_key import MemberKey
from content.syndication.recall import RecallLine
from content.syndication.showing import Showing, ShowingReport, Shown
from content.syndication.standing import NOWHERE, Standing, State
from content.syndication.webhook import FAILING_AFTER, Webhook

#: What is to be seen to first; what stands as it should comes last.
URGENCY = (State.WITHDRAWN, State.BEHIND, State.OUTDATED, State.UNKNOWN, State.CURRENT)


@dataclass(frozen=True)
class Heard:
    """A member, and when and by what it was last heard of. Frozen."""

    member: Member
    #: When it last said what it shows, and when a key of its was last used, to the hour.
    reported_at: datetime | None
    pulled_at: datetime | None
    #: Keys that work, webhooks that are off or failing, and recalls that wait for it.
    keys: int
    ailing: int
    recalls: int

    @property
    def is_stale(self) -> bool:
        """Whether nobody knows what it shows: it never said so, or too long ago."""
        return self.reported_at is None or showing.is_stale(self.reported_at)


@dataclass(frozen=True)
class Glance:
    """A member, and how many texts of its site stand how. Frozen."""

    heard: Heard
    counts: Mapping[State, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def worst(self) -> State | None:
        """The most urgent state that a text of its is in; None where it shows none."""
        return next((state for state in URGENCY if self.counts[state]), None)

    @property
    def order(self) -> tuple[Any, ...]:
        """The most urgent first; closed ones last, for nothing can be done about them."""
        told = [-self.counts[state] for state in URGENCY[:-1]]
        is_closed = self.heard.member.closed_at is not None
        return is_closed, *told, not self.heard.is_stale, self.heard.member.id


def glances(session: Session) -> list[Glance]:
    """Every member, the most urgent first."""
    counts = _counts(session)
    found = [Glance(one, counts[one.member.id]) for one in heard(session)]
    return sorted(found, key=lambda one: one.order)


def unjudged(session: Session) -> list[Glance]:
    """Every member by id, closed ones last; what they show is left out."""
    return sorted((Glance(one, Counter()) for one in heard(session)), key=_by_id)


def heard(session: Session) -> list[Heard]:
    """Every member."""
    return _heard(session, _query())


def _by_id(one: Glance) -> tuple[bool, str]:
    return one.heard.member.closed_at is not None, one.heard.member.id


def heard_of(session: Session, member_id: str) -> Heard:
    """One member. Raises MemberNotFound."""
    found = _heard(session, _query().where(col(Member.id) == member_id))
    if not found:
        raise MemberNotFound(member=member_id)
    return found[0]


def texts(session: Session, member_id: str) -> list[tuple[Shown, Standing]]:
    """Each text of a member's site, and how it stands; the most urgent first."""
    rows = showing.rows(session, member_id)
    courses = standing.courses(session, {(row.section, row.locale) for row in rows})
    found = [
        (row, standing.judge(courses.get((row.section, row.locale), NOWHERE), row.version))
        for row in rows
    ]
    return sorted(found, key=lambda one: (URGENCY.index(one[1].state), -one[1].behind_by))


def _heard(session: Session, query: Select[Any]) -> list[Heard]:
    return [Heard(*row) for row in session.execute(query)]


def _query() -> Select[Any]:
    key = col(MemberKey.member) == col(Member.id)
    now = clock.now()
    last_used = select_columns(func.max(MemberKey.last_used_at)).where(key)
    living = select_columns(func.count(col(MemberKey.name))).where(
        key,
        col(Member.closed_at).is_(None),
        col(MemberKey.revoked_at).is_(None),
        or_(col(MemberKey.expires_at).is_(None), col(MemberKey.expires_at) > now),
    )
    ailing = select_columns(func.count(col(Webhook.id))).where(
        col(Webhook.member) == col(Member.id),
        or_(col(Webhook.off_at).is_not(None), col(Webhook.failures) >= FAILING_AFTER),
    )
    waiting = select_columns(func.count(col(RecallLine.recall))).where(
        col(RecallLine.member) == col(Member.id),
        col(RecallLine.gone_at).is_(None),
        col(RecallLine.closed_at).is_(None),
    )
    return select_columns(
        Member,
        col(ShowingReport.seen_at),
        last_used.scalar_subquery(),
        living.scalar_subquery(),
        ailing.scalar_subquery(),
        waiting.scalar_subquery(),
    ).outerjoin(ShowingReport, col(ShowingReport.member) == col(Member.id))


def _counts(session: Session) -> Mapping[str, Mapping[State, int]]:
    """Member to how many of its texts stand how. What a site shows twice is counted once."""
    query = select_columns(
        col(Showing.member), col(Showing.section), col(Showing.locale), col(Showing.version)
    )
    rows: Sequence[Any] = session.connection().execute(query.distinct()).all()
    courses = standing.courses(session, {(section, locale) for _, section, locale, _ in rows})

    @cache
    def state(section: str, locale: str, version: int) -> State:
        return standing.judge(courses.get((section, locale), NOWHERE), version).state

    found: dict[str, Counter[State]] = defaultdict(Counter)
    for member, section, locale, version in rows:
        found[member][state(section, locale, version)] += 1
    return found
