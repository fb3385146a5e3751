"""What time and signatures make due. Any process may carry it out; it happens once."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from content import clock
from content.publication import course, placement, release, representation, withdrawal
from content.publication.publish import lapsed, may_publish, publish
from content.publication.release import Release
from content.records.version import State, Version
from content.review.policy import Policy
from content.sign_off import signing, verify
from content.sign_off.statement import OPEN, Statement
from content.sign_off.verify import Proof
from content.translation import phrases

#: Only what has a source that came may come itself, unless it is a source.
_source = aliased(Version)
_SOURCE_CAME = or_(
    col(Version.source).is_(None),
    exists().where(
        col(_source.document) == col(Version.source),
        col(_source.state).in_((State.IN_FORCE, State.SUPERSEDED)),
    ),
)


def may_be_due(session: Session, policy_of: Callable[[Session], Policy]) -> bool:
    """A cheap look, for readers, in one question: whether it is worth to ask `anything_due`.

    Never false where something is due. Sometimes true where nothing is: an approved text whose time
    has come may want a proof, or a source that stands.
    """
    now = clock.now()
    stale = select(Statement.sha256).where(OPEN, col(Statement.lapses_at) <= now).exists()
    comes = select(Version.id).where(_has_come(now), _SOURCE_CAME).exists()
    past = select(func.min(Version.review_by)).where(*_past_review()).scalar_subquery()
    seen = select(or_(stale, comes, _untold().exists()), past)
    something, oldest = session.exec(seen).one()
    # The policy says how long it stays in force after that.
    return something or (oldest is not None and lapsed(oldest, policy_of(session), clock.today()))


def anything_due(session: Session, policy: Policy) -> bool:
    """Whether `carry_out` would do something."""
    now = clock.now()
    if _stale_statements(session, now) or _lapsed(session, policy) or _review_due(session):
        return True
    return bool(_ready(session, policy))


def carry_out(session: Session, policy: Policy) -> set[str]:
    """Do everything that is due, in the caller's transaction; returns the sections it touched.

    The answers of those sections are made anew before it returns.
    """
    for statement in _stale_statements(session, clock.now()):
        signing.lapse(session, statement)
    touched = _publish_due(session, policy)
    for version in _taken_along(session, _lapsed(session, policy)):
        text = phrases.say(version.locale, phrases.REVIEW_LAPSED)
        withdrawal.take_out(session, version, reason=withdrawal.REVIEW_LAPSED, text=text)
        touched.add(version.section)
    for version in _review_due(session):
        release.append(
            session, "review_due", version, page=placement.page_of(session, version.section)
        )
        touched.add(version.section)
    representation.refresh(session, touched, policy)
    return touched


def _publish_due(session: Session, policy: Policy) -> set[str]:
    touched: set[str] = set()
    while ready := _ready(session, policy):
        for version, proof in ready:
            # What came just before it may forbid it now: a safety change does.
            if version.state == State.APPROVED and may_publish(session, version):
                touched |= publish(session, version, proof, policy)
    return touched


def _ready(session: Session, policy: Policy) -> list[tuple[Version, Proof]]:
    """Approved, due, and proven. One that fails the proof waits; `msif doctor` names it."""
    due = [version for version in _approved(session) if may_publish(session, version)]
    proven = verify.proofs(session, due, policy)
    return [(version, proven[version.key]) for version in due if version.key in proven]


def _approved(session: Session) -> list[Version]:
    """Approved versions, sources first."""
    rows = session.exec(
        select(Version)
        .where(_has_come(clock.now()))
        .order_by(col(Version.source).is_not(None), col(Version.id))
    )
    return list(rows.all())


def _has_come(now: datetime) -> ColumnElement[bool]:
    return and_(
        col(Version.state) == State.APPROVED,
        or_(col(Version.effective_at).is_(None), col(Version.effective_at) <= now),
    )


def _stale_statements(session: Session, now: datetime) -> list[Statement]:
    rows = session.exec(select(Statement).where(OPEN, col(Statement.lapses_at) <= now))
    return list(rows.all())


def _lapsed(session: Session, policy: Policy) -> list[Version]:
    today = clock.today()
    rows = session.exec(select(Version).where(*_past_review()))
    return [version for version in rows.all() if lapsed(version.review_by, policy, today)]


def _past_review() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(Version.state) == State.IN_FORCE, col(Version.review_by) < clock.today()


def _taken_along(session: Session, lapsed: Sequence[Version]) -> list[Version]:
    """These, and what follows each: translations and their regional variants."""
    if not lapsed:
        return []
    known = course.of_sections(session, {version.section for version in lapsed})
    found = {version.key: version for version in lapsed}
    for version in lapsed:
        found |= {one.key: one for one in known.followers(version.section, version.locale)}
    return [found[key] for key in sorted(found)]


def _review_due(session: Session) -> list[Version]:
    """In force, past their date, and not announced yet."""
    return list(session.exec(_untold()).all())


def _untold() -> SelectOfScalar[Version]:
    told = (
        select(Release.seq)
        .where(
            col(Release.type) == "review_due",
            col(Release.section) == col(Version.section),
            col(Release.locale) == col(Version.locale),
            col(Release.version) == col(Version.number),
        )
        .exists()
    )
    return select(Version).where(*_past_review(), ~told)
