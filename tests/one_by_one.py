"""What waits for somebody, asked of one version after the other: what is computed at once has to
come to the same."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from sqlmodel import Session, col, select

from content import clock
from content.people.actor import Actor
from content.people.role import Permission, Role, read_grant
from content.publication import withdrawal
from content.publication.waiting import REVIEW_FOR, Task, What
from content.records import participation
from content.records import version as versions
from content.records.access import may_discuss
from content.records.participation import Part
from content.records.section import Section
from content.records.version import OPEN_STATES, State, Version
from content.review import discussion, requirements, review, scrutiny, submission
from content.review.policy import Policy
from content.review.remark import Remark
from content.review.requirements import Facts, Requirement
from content.review.review import PERMISSION
from content.sign_off import signature
from content.sign_off import statement as statements
from content.sign_off.readiness import SIGNED_OFF_STATES
from content.sign_off.statement import Statement, StatementState
from content.translation import locale as locales
from content.translation import unit
from content.translation.merge import complete
from content.translation.standing import TRANSLATABLE


def waiting(
    session: Session, actor: Actor, policy: Policy, configured: Collection[str]
) -> list[Task]:
    found = [
        *(task for one in _open(session) for task in _of_version(session, actor, one, policy)),
        *_statements(session, actor),
        *_withdrawals(session, actor, policy),
        *_renewals(session, actor, policy),
        *_translations(session, actor, configured),
        *_remarks(session, actor),
    ]
    return sorted(found, key=lambda task: (task.due or date.max, task.what, task.subject))


def unmet(session: Session, version: Version, policy: Policy) -> tuple[Requirement, ...]:
    found = scrutiny.of_version(session, version)
    source = versions.named_by(session, version.source or "")
    is_draft = version.is_translation and version.state == State.DRAFT
    facts = Facts(
        is_translation=version.is_translation,
        carried=version.carried_from is not None,
        complete=complete(unit.load(session, version.key))
        if is_draft
        else version.document is not None,
        document=version.document,
        source_signed_off=source is not None and source.state in SIGNED_OFF_STATES,
        reviews=review.of_version(session, version.key),
        errors=len(found.errors),
        warnings=len(found.warnings),
        acknowledged=sum(one.acknowledgement is not None for one in found.warnings),
    )
    return requirements.unmet(requirements.for_sign_off(facts, policy))


def _open(session: Session) -> list[Version]:
    return list(session.exec(select(Version).where(col(Version.state).in_(OPEN_STATES))).all())


def _of_version(session: Session, actor: Actor, version: Version, policy: Policy) -> Iterator[Task]:
    if _is_left_behind(session, version):
        if actor.may(Permission.ABANDON_TRANSLATION, version.locale):
            yield Task(What.ABANDON_TRANSLATION, version.reference)
    elif version.state == State.DRAFT:
        writes = Permission.TRANSLATE if version.is_translation else Permission.WRITE_SOURCE
        needed = (writes, submission.permission_to_submit(version))
        if all(actor.may(one, version.locale) for one in needed):
            yield Task(What.WRITE_AND_SUBMIT, version.reference)
    elif version.state == State.IN_REVIEW:
        yield from _in_review(session, actor, version, policy)


def _is_left_behind(session: Session, version: Version) -> bool:
    if version.source is None or version.state == State.DRAFT:
        return False
    named = session.exec(select(Version).where(col(Version.document) == version.source)).all()
    return all(one.state in (State.ABANDONED, State.WITHDRAWN) for one in named)


def _in_review(session: Session, actor: Actor, version: Version, policy: Policy) -> Iterator[Task]:
    missing = unmet(session, version, policy)
    if not missing and actor.may(Permission.OPEN_STATEMENT):
        yield Task(What.OPEN_STATEMENT, version.reference)
    mine = participation.parts(session, version.key).get(actor.id)
    spoke = {
        (one.person, one.kind)
        for one in review.of_version(session, version.key)
        if one.document == version.document
    }
    for kind in {REVIEW_FOR[one.code] for one in missing if one.code in REVIEW_FOR}:
        free = mine is None or mine.value == kind.value
        if free and (actor.id, kind) not in spoke and actor.may(PERMISSION[kind], version.locale):
            yield Task(What(f"review-{kind}"), version.reference)


def _statements(session: Session, actor: Actor) -> Iterator[Task]:
    for one in session.exec(select(Statement)).all():
        if one.state == StatementState.OPEN and _may_sign(session, actor, one):
            yield Task(What.SIGN, one.sha256, one.lapses_at.date())


def _may_sign(session: Session, actor: Actor, statement: Statement) -> bool:
    role = read_grant(statement.role)
    permission = Permission.SIGN_LANGUAGE if role.locale else Permission.SIGN_BOARD
    if not actor.may(permission, role.locale) or actor.id == statement.opened_by:
        return False
    if any(one.person == actor.id for one in signature.of_statement(session, statement)):
        return False
    listed = statements.versions_of(session, statement)
    return not any(actor.id in participation.parts(session, one.key) for one in listed)


def _withdrawals(session: Session, actor: Actor, policy: Policy) -> Iterator[Task]:
    hours = policy.withdrawal.confirm_hours
    for row, version, _ in withdrawal.unconfirmed(session, hours):
        if actor.may(Permission.WITHDRAW) and row.by != actor.id:
            until = (row.at + timedelta(hours=hours)).date()
            yield Task(What.CONFIRM_WITHDRAWAL, version.reference, until)


def _renewals(session: Session, actor: Actor, policy: Policy) -> Iterator[Task]:
    soon = clock.today() + timedelta(days=30 * policy.review_by.reminder_months)
    for one in session.exec(select(Version).where(col(Version.state) == State.IN_FORCE)).all():
        is_near = not one.is_translation and one.review_by <= soon
        if is_near and actor.may(Permission.WRITE_SOURCE):
            yield Task(What.RENEW, one.reference, one.review_by)


def _translations(session: Session, actor: Actor, configured: Collection[str]) -> Iterator[Task]:
    rows = session.exec(
        select(Version).where(col(Version.state) != State.ABANDONED).order_by(col(Version.number))
    )
    newest = {(one.section, one.locale): one for one in rows}
    sources = {
        section: one
        for (section, _), one in newest.items()
        if not one.is_translation and one.state in TRANSLATABLE
    }
    pages = dict(session.exec(select(Section.slug, Section.page)).all())
    for locale in [one.locale for one in actor.grants if one.role is Role.TRANSLATOR]:
        base = locales.base(locale, configured)
        behind = set()
        for section, source in sources.items():
            followed = newest.get((section, base)) if base else source
            if followed is not None and followed.state in TRANSLATABLE:
                translated = newest.get((section, locale))
                if translated is None or translated.source != followed.document:
                    behind.add(pages[section])
        if actor.may(Permission.TRANSLATE, locale):
            yield from (Task(What.TRANSLATE, f"{page}/{locale}") for page in behind)


def _remarks(session: Session, actor: Actor) -> Iterator[Task]:
    talked_about = set(session.exec(select(Remark.section, Remark.locale)).all())
    for section, locale in sorted(talked_about):
        every = session.exec(
            select(Version).where(col(Version.section) == section, col(Version.locale) == locale)
        ).all()
        if may_discuss(actor, every[0]) and _waits_for_a_word(session, actor, every):
            yield Task(What.ANSWER, f"{section}/{locale}")


def _waits_for_a_word(session: Session, actor: Actor, every: Sequence[Version]) -> bool:
    wrote = any(participation.parts(session, one.key).get(actor.id) is Part.WRITER for one in every)
    listed = discussion.entries(session, every[0])
    for thread in discussion.load(session, [one.thread for one in listed]):
        people = [one.remark.person for one in thread.remarks]
        spoke = wrote or actor.id in people
        if spoke and people[-1] != actor.id and not thread.is_resolved:
            return True
    return False
