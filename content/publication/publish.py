"""Into force: one verb, and what a text that comes into force does to those that follow it."""

from collections.abc import Collection
from datetime import date
from itertools import takewhile

from sqlmodel import Session

from content import clock
from content.errors import NotSignedOff
from content.people.actor import HUB
from content.publication import course as courses
from content.publication import placement, release, withdrawal
from content.publication.course import Course
from content.records import document as documents
from content.records import lineage
from content.records import version as versions
from content.records.lineage import Chain
from content.records.participation import inherit_parts
from content.records.version import State, Version
from content.review import workflow
from content.review.policy import Policy
from content.sign_off import statement as statements
from content.sign_off import verify
from content.sign_off.verify import Proof
from content.translation import phrases, standing, translation
from content.translation.merge import complete


def may_publish(session: Session, version: Version) -> bool:
    """Whether nothing but time kept it: a translation also waits for its source, and a text that
    takes its own parent below it waits until that one let it go.

    A translation of a superseded source may still come, unless a safety change came after it, or a
    later text was withdrawn: what it says may be what was wrong. A regional variant waits for its
    base text and for all that this one follows.
    """
    if version.effective_at is not None and version.effective_at > clock.now():
        return False
    if version.source is None:
        children = _children(session, version)
        return not children or placement.can_put(session, version.section, children)
    source = versions.named_by(session, version.source)
    if source is None or source.state not in (State.IN_FORCE, State.SUPERSEDED):
        return False
    if source.state == State.IN_FORCE and not source.is_translation:
        return True
    course = courses.of_sections(session, [version.section])
    chain = course.chain(version)
    return (
        lineage.is_whole(version, chain)
        and all(link.state in (State.IN_FORCE, State.SUPERSEDED) for link in chain)
        and not any(one.state == State.WITHDRAWN for link in chain for one in course.later(link))
        and not any(one.change_kind == "safety" for one in course.later(chain[-1]))
    )


def publish(session: Session, version: Version, proof: Proof, policy: Policy) -> set[str]:
    """Bring an approved version into force; returns the sections whose answers change.

    `proof` is the one that `verify.proofs` gave for it: there is no other way in. Raises
    NotSignedOff, StateHasMoved.
    """
    if not proof.is_of(version):
        raise NotSignedOff(version=version.reference, document=version.document)
    before = versions.in_force(session, version.section, version.locale)
    if before is not None:
        workflow.move(
            session,
            before,
            State.SUPERSEDED,
            actor=HUB.id,
            event="version.superseded",
            detail={"by": version.number},
        )
    workflow.move(session, version, State.IN_FORCE, actor=HUB.id, event="version.in_force")
    touched = {version.section}
    if not version.is_translation:
        touched |= _place(session, version)
    release.append(session, "in_force", version, page=placement.page_of(session, version.section))
    # Nothing follows a translation that was never in force before.
    if before is not None or not version.is_translation:
        _lead_followers(session, version, policy)
    return touched


def lapsed(review_by: date, policy: Policy, today: date) -> bool:
    """Whether the time to review a text again has run out for good."""
    return today > clock.months_after(review_by, policy.review_by.grace_months)


def _place(session: Session, version: Version) -> set[str]:
    children = _children(session, version)
    before = placement.children_of(session, version.section)
    if children == before:
        return set()
    parent_of = placement.parents(placement.children_around(session, children))
    placement.put(session, version.section, children)
    left = {parent_of[child] for child in children if child in parent_of}
    return {*before, *children, *left}


def _children(session: Session, version: Version) -> tuple[str, ...]:
    assert version.document is not None  # noqa: S101 (it is approved, or in force)
    return documents.load(session, version.document).children


def _lead_followers(session: Session, moved: Version, policy: Policy) -> None:
    """What follows the text that came into force: comes along, or is left behind."""
    course = courses.of_sections(session, [moved.section])
    led: set[str] = set()
    for old in course.followers(moved.section, moved.locale):
        nearer = _nearer(course.chain(old), moved.locale)
        if not nearer:
            following = versions.opened(session, old.section, old.locale)
            proof = _proof_to_come_along(session, following, moved, policy)
            if following is not None and proof is not None:
                publish(session, following, proof, policy)
                led.add(old.locale)
                course = courses.of_sections(session, [moved.section])
                continue
        if old.state == State.IN_FORCE and not _was_told(session, course, nearer, led):
            _leave_behind(session, course, old, moved)
        if not nearer and following is None:
            _carry_forward(session, old, moved, policy)


def _nearer(chain: Chain, locale: str) -> Chain:
    """What a version follows before it comes to the text in this locale."""
    return tuple(takewhile(lambda link: link.locale != locale, chain))


def _was_told(session: Session, course: Course, nearer: Chain, led: Collection[str]) -> bool:
    """Whether its base text came along just now, with other words: that was told of it then."""
    return any(link.locale in led and course.words_moved(session, link) for link in nearer)


def _proof_to_come_along(
    session: Session, following: Version | None, source: Version, policy: Policy
) -> Proof | None:
    """The proof of an approved translation of this very source that waited for it."""
    if (
        following is None
        or following.state != State.APPROVED
        or following.source != source.document
        or not may_publish(session, following)
    ):
        return None
    return verify.proofs(session, [following], policy).get(following.key)


def _leave_behind(session: Session, course: Course, old: Version, moved: Version) -> None:
    """What the change of a text means for what follows the one before it."""
    chain = course.chain(old)
    if any(one.change_kind == "safety" for one in course.later(chain[-1])):
        text = phrases.say(old.locale, phrases.SAFETY_CHANGE)
        withdrawal.take_out(
            session,
            old,
            reason=withdrawal.SOURCE_SAFETY_CHANGE,
            text=text,
            replacement=old.section,
        )
        return
    (link,) = (one for one in chain if one.locale == moved.locale)
    if course.words_moved(session, link):
        page = placement.page_of(session, old.section)
        kind = "outdated" if course.calls_for_a_label(session, old) else "current"
        release.append(session, kind, old, page=page, reason=moved.change_summary)


def _carry_forward(session: Session, old: Version, source: Version, policy: Policy) -> None:
    """Where no word is left to translate, prepare the next version up to its signature."""
    now = standing.of_section(session, old.section, old.locale, source)
    if not complete(now.renderings):
        return
    carried = translation.carry_forward(session, HUB.id, now)
    inherit_parts(session, old.key, carried.key)
    workflow.move(session, carried, State.IN_REVIEW, actor=HUB.id, event="version.submitted")
    statements.put_to_signature(
        session, [carried], policy, f"language-reviewer:{carried.locale}", opened_by=None
    )
