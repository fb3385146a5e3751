"""What waits for whom: for one person, everything they could do now that somebody has to do."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlmodel import Session

from content import clock
from content.people.actor import Actor
from content.people.role import Permission, Role, read_grant
from content.publication import at_hand, withdrawal
from content.publication.at_hand import AtHand
from content.records.version import State
from content.review import discussion, requirements, submission
from content.review.policy import Policy
from content.review.requirements import Requirement
from content.review.review import PERMISSION, Kind
from content.sign_off import readiness
from content.translation import locale as locales

#: Requirement to the kind of review that meets it.
REVIEW_FOR = {
    "medical-reviews": Kind.MEDICAL,
    "medical-organisations": Kind.MEDICAL,
    "lay-reviews": Kind.LAY,
    "revisions": Kind.REVISION,
    "language-reviews": Kind.LANGUAGE,
}
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
    ANSWER = "answer"


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

    `configured` are the locales of this hub: they say what a regional variant inherits from. It
    costs a few questions to the database, whatever is open: those that this person's roles call
    for.
    """
    found = [
        *_versions(session, actor, policy),
        *_statements(session, actor),
        *_withdrawals(session, actor, policy),
        *_translations(session, actor, configured),
        *_remarks(session, actor),
    ]
    return sorted(found, key=lambda task: (task.due or date.max, task.what, task.subject))


def _versions(session: Session, actor: Actor, policy: Policy) -> Iterator[Task]:
    soon = clock.today() + timedelta(days=MONTH_DAYS * policy.review_by.reminder_months)
    in_review = []
    for version in at_hand.versions(session, actor, soon):
        if version.is_left_behind:
            if actor.may(Permission.ABANDON_TRANSLATION, version.locale):
                yield Task(What.ABANDON_TRANSLATION, version.reference)
        elif version.state == State.IN_FORCE:
            yield Task(What.RENEW, version.reference, version.review_by)
        elif version.state == State.IN_REVIEW:
            in_review.append(version)
        elif _may_hand_in(actor, version):
            yield Task(What.WRITE_AND_SUBMIT, version.reference)
    if in_review:
        yield from _in_review(session, actor, in_review, policy)


def _may_hand_in(actor: Actor, version: AtHand) -> bool:
    """Whether they may write it, and submit it."""
    writes = Permission.TRANSLATE if version.is_translation else Permission.WRITE_SOURCE
    needed = (writes, submission.permission_to_submit(version))
    return all(actor.may(one, version.locale) for one in needed)


def _in_review(
    session: Session, actor: Actor, listed: Sequence[AtHand], policy: Policy
) -> Iterator[Task]:
    reviews = at_hand.reviews(session, actor)
    reviewed = []
    for version in listed:
        told = readiness.weighed(version.candidate, reviews, {}, policy)
        unmet = requirements.unmet(told)
        if not unmet:
            reviewed.append(version)
        spoke = {
            one.kind
            for one in reviews.get(version.key, ())
            if (one.person, one.document) == (actor.id, version.document)
        }
        for kind in _wanted(unmet):
            if _may_review(actor, version, kind) and kind not in spoke:
                yield Task(What(f"review-{kind}"), version.reference)
    # The words are looked at last: it takes most, and few versions come so far.
    if actor.may(Permission.OPEN_STATEMENT):
        checked = readiness.scrutinised(session, [one.candidate for one in reviewed])
        for one in reviewed:
            if not requirements.unmet(readiness.weighed(one.candidate, reviews, checked, policy)):
                yield Task(What.OPEN_STATEMENT, one.reference)


def _wanted(unmet: Sequence[Requirement]) -> dict[Kind, None]:
    """The kinds of review that are missing, each once."""
    return dict.fromkeys(REVIEW_FOR[one.code] for one in unmet if one.code in REVIEW_FOR)


def _may_review(actor: Actor, version: AtHand, kind: Kind) -> bool:
    """Whether it is theirs, and they have no other part in it."""
    return version.part in (None, kind.value) and actor.may(PERMISSION[kind], version.locale)


def _statements(session: Session, actor: Actor) -> Iterator[Task]:
    signs = (Permission.SIGN_BOARD, Permission.SIGN_LANGUAGE)
    if not any(actor.may_somewhere(one) for one in signs):
        return
    for digest, signing, lapses_at in at_hand.statements(session, actor):
        role = read_grant(signing)
        permission = Permission.SIGN_LANGUAGE if role.locale else Permission.SIGN_BOARD
        if actor.may(permission, role.locale):
            yield Task(What.SIGN, digest, lapses_at.date())


def _withdrawals(session: Session, actor: Actor, policy: Policy) -> Iterator[Task]:
    if not actor.may(Permission.WITHDRAW):
        return
    hours = policy.withdrawal.confirm_hours
    for row, version, _ in withdrawal.unconfirmed(session, hours):
        if row.by != actor.id:
            until = row.at + timedelta(hours=hours)
            yield Task(What.CONFIRM_WITHDRAWAL, version.reference, until.date())


def _translations(session: Session, actor: Actor, configured: Collection[str]) -> Iterator[Task]:
    """Pages with a text that the newest translation does not follow yet: the source, or the base
    text of a regional variant."""
    mine = [grant.locale for grant in actor.grants if grant.role is Role.TRANSLATOR]
    wanted = {
        locale: locales.base(locale, configured)
        for locale in mine
        if actor.may(Permission.TRANSLATE, locale)
    }
    if wanted:
        for page, locale in at_hand.pages_behind(session, wanted):
            yield Task(What.TRANSLATE, f"{page}/{locale}")


def _remarks(session: Session, actor: Actor) -> Iterator[Task]:
    if actor.may_somewhere(Permission.DISCUSS):
        for text in discussion.unanswered(session, actor):
            yield Task(What.ANSWER, text)
