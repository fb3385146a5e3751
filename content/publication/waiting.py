"""What waits for whom: for one person, everything they could do now that somebody has to do."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from content import clock
from content.people.actor import Actor
from content.people.role import Permission, Role, read_grant
from content.publication import withdrawal
from content.records import participation
from content.records.section import Section
from content.records.version import OPEN_STATES, State, Version
from content.review import submission
from content.review.policy import Policy
from content.review.review import PERMISSION, Kind, of_version
from content.sign_off import readiness, signature
from content.sign_off import statement as statements
from content.sign_off.statement import Statement, StatementState
from content.translation import locale as locales
from content.translation.standing import TRANSLATABLE

#: Requirement to the kind of review that meets it.
REVIEW_FOR = {
    "medical-reviews": Kind.MEDICAL,
    "medical-organisations": Kind.MEDICAL,
    "lay-reviews": Kind.LAY,
    "revisions": Kind.REVISION,
    "language-reviews": Kind.LANGUAGE,
}
#: A translation in one of these cannot be put to another source; only giving it up makes room.
PUT_TO_ITS_SOURCE = frozenset({State.IN_REVIEW, State.SIGN_OFF, State.APPROVED})
#: Of a source in one of these nothing more comes into force.
GONE = frozenset({State.ABANDONED, State.WITHDRAWN})
#: Days in a month, where reminders are counted.
MONTH_DAYS = 30


class What(StrEnum):
    """What there can be to do. docs/workflow.md says who is told."""

    WRITE_AND_SUBMIT = "write-and-submit"
    TRANSLATE = "translate"
    REVIEW_MEDICAL = "review-medical"
    REVIEW_LAY = "review-lay"
    REVIEW_REVISION = "review-revision"
    REVIEW_LANGUAGE = "review-language"
    OPEN_STATEMENT = "open-statement"
    SIGN = "sign"
    ABANDON_TRANSLATION = "abandon-translation"
    CONFIRM_WITHDRAWAL = "confirm-withdrawal"
    RENEW = "renew"


@dataclass(frozen=True)
class Task:
    """One thing that waits: what to do, with what (a version or a statement), until when."""

    what: What
    subject: str
    due: date | None = None


def waiting(
    session: Session, actor: Actor, policy: Policy, configured: Collection[str]
) -> list[Task]:
    """Everything that waits for this person, the most urgent first.

    `configured` are the locales of this hub: they say what a regional variant inherits from.
    """
    found = [
        *_open_versions(session, actor, policy),
        *_statements(session, actor),
        *_withdrawals(session, actor, policy),
        *_renewals(session, actor, policy),
        *_translations(session, actor, configured),
    ]
    return sorted(found, key=lambda task: (task.due or date.max, task.what, task.subject))


def _open_versions(session: Session, actor: Actor, policy: Policy) -> Iterator[Task]:
    rows = session.exec(
        select(Version).where(col(Version.state).in_(OPEN_STATES)).order_by(col(Version.id))
    ).all()
    left_behind = _left_behind(session)
    for version in rows:
        if version.key in left_behind:
            if actor.may(Permission.ABANDON_TRANSLATION, version.locale):
                yield Task(What.ABANDON_TRANSLATION, version.reference)
        elif version.state == State.DRAFT:
            writes = Permission.TRANSLATE if version.is_translation else Permission.WRITE_SOURCE
            needed = (writes, submission.permission_to_submit(version))
            if all(actor.may(one, version.locale) for one in needed):
                yield Task(What.WRITE_AND_SUBMIT, version.reference)
        elif version.state == State.IN_REVIEW:
            yield from _in_review(session, actor, version, policy)


def _left_behind(session: Session) -> frozenset[int]:
    """Translations past draft of a text that nothing more comes of: given up, withdrawn, or
    returned and written anew."""
    source = aliased(Version)
    living = exists().where(
        col(source.document) == col(Version.source), col(source.state).not_in(GONE)
    )
    rows = session.exec(
        select(Version.id).where(
            col(Version.state).in_(PUT_TO_ITS_SOURCE), col(Version.source).is_not(None), ~living
        )
    )
    return frozenset(key for key in rows if key is not None)


def _in_review(session: Session, actor: Actor, version: Version, policy: Policy) -> Iterator[Task]:
    unmet = readiness.unmet(session, version, policy)
    if not unmet and actor.may(Permission.OPEN_STATEMENT):
        yield Task(What.OPEN_STATEMENT, version.reference)
    parts = participation.parts(session, version.key)
    spoke = {
        (review.person, review.kind)
        for review in of_version(session, version.key)
        if review.document == version.document
    }
    for kind in dict.fromkeys(REVIEW_FOR[one.code] for one in unmet if one.code in REVIEW_FOR):
        mine = parts.get(actor.id)
        free = mine is None or mine.value == kind.value
        if free and (actor.id, kind) not in spoke and actor.may(PERMISSION[kind], version.locale):
            yield Task(What(f"review-{kind}"), version.reference)


def _statements(session: Session, actor: Actor) -> Iterator[Task]:
    rows = session.exec(
        select(Statement)
        .where(col(Statement.state) == StatementState.OPEN)
        .order_by(col(Statement.opened_at))
    ).all()
    for statement in rows:
        if _may_sign(session, actor, statement):
            yield Task(What.SIGN, statement.sha256, statement.lapses_at.date())


def _may_sign(session: Session, actor: Actor, statement: Statement) -> bool:
    role = read_grant(statement.role)
    permission = Permission.SIGN_LANGUAGE if role.locale else Permission.SIGN_BOARD
    if not actor.may(permission, role.locale) or actor.id == statement.opened_by:
        return False
    if any(one.person == actor.id for one in signature.of_statement(session, statement)):
        return False
    return not any(
        actor.id in participation.parts(session, version.key)
        for version in statements.versions_of(session, statement)
    )


def _withdrawals(session: Session, actor: Actor, policy: Policy) -> Iterator[Task]:
    if not actor.may(Permission.WITHDRAW):
        return
    hours = policy.withdrawal.confirm_hours
    for row, version, _ in withdrawal.unconfirmed(session, hours):
        if row.by != actor.id:
            until = row.at + timedelta(hours=hours)
            yield Task(What.CONFIRM_WITHDRAWAL, version.reference, until.date())


def _renewals(session: Session, actor: Actor, policy: Policy) -> Iterator[Task]:
    if not actor.may(Permission.WRITE_SOURCE):
        return
    soon = clock.today() + timedelta(days=MONTH_DAYS * policy.review_by.reminder_months)
    rows = session.exec(
        select(Version)
        .where(
            col(Version.state) == State.IN_FORCE,
            col(Version.source).is_(None),
            col(Version.review_by) <= soon,
        )
        .order_by(col(Version.review_by))
    ).all()
    for version in rows:
        yield Task(What.RENEW, version.reference, version.review_by)


def _translations(session: Session, actor: Actor, configured: Collection[str]) -> Iterator[Task]:
    """Pages with a text that the newest translation does not follow yet: the source, or the base
    text of a regional variant."""
    mine = [grant.locale for grant in sorted(actor.grants) if grant.role is Role.TRANSLATOR]
    if not any(actor.may(Permission.TRANSLATE, locale) for locale in mine):
        return
    newest = _newest_by_place(session)
    pages = dict(session.exec(select(Section.slug, Section.page)).all())
    sources = {
        section: version
        for (section, _), version in newest.items()
        if not version.is_translation and version.state in TRANSLATABLE
    }
    for locale in mine:
        base = locales.base(locale, configured)
        behind = {
            pages[section]
            for section, source in sources.items()
            if _is_behind(
                newest.get((section, locale)), newest.get((section, base)) if base else source
            )
        }
        for page in sorted(behind):
            yield Task(What.TRANSLATE, f"{page}/{locale}")


def _newest_by_place(session: Session) -> dict[tuple[str, str], Version]:
    rows = session.exec(
        select(Version).where(col(Version.state) != State.ABANDONED).order_by(col(Version.number))
    )
    return {(version.section, version.locale): version for version in rows}


def _is_behind(translated: Version | None, followed: Version | None) -> bool:
    """Whether there is a text to follow that can be translated, and it is not followed yet."""
    if followed is None or followed.state not in TRANSLATABLE:
        return False
    return translated is None or translated.source != followed.document
