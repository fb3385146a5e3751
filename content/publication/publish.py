"""Into force: one verb, and what a source that comes into force does to its translations."""

from datetime import date

from sqlmodel import Session, col, select

from content import clock
from content.errors import NotSignedOff
from content.people.actor import HUB
from content.publication import placement, release, withdrawal
from content.records import document as documents
from content.records import message as messages
from content.records import version as versions
from content.records.participation import inherit_parts
from content.records.version import State, Version
from content.review import workflow
from content.review.policy import Policy
from content.sign_off import statement as statements
from content.sign_off import verify
from content.sign_off.verify import Proof
from content.translation import phrases, translation
from content.translation.merge import complete


def may_publish(session: Session, version: Version) -> bool:
    """Whether nothing but time kept it: a translation also waits for its source, and a text that
    takes its own parent below it waits until that one let it go.

    A translation of a superseded source may still come, unless a safety change came after it, or a
    later text was withdrawn: what it says may be what was wrong.
    """
    if version.effective_at is not None and version.effective_at > clock.now():
        return False
    if version.source is None:
        children = _children(session, version)
        return not children or placement.can_put(session, version.section, children)
    source = versions.named_by(session, version.source)
    if source is None or source.state not in (State.IN_FORCE, State.SUPERSEDED):
        return False
    return source.state == State.IN_FORCE or not any(
        later.change_kind == "safety" or later.state == State.WITHDRAWN
        for later in since(session, source)
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
    if not version.is_translation:
        _lead_translations(session, version, policy)
    return touched


def since(session: Session, version: Version) -> list[Version]:
    """Later versions of the same section and locale that were ever in force, oldest first."""
    rows = session.exec(
        select(Version)
        .where(
            col(Version.section) == version.section,
            col(Version.locale) == version.locale,
            col(Version.number) > version.number,
            col(Version.state).in_(versions.PUBLISHED_STATES),
        )
        .order_by(col(Version.number))
    )
    return list(rows.all())


def lapsed(version: Version, policy: Policy, today: date) -> bool:
    """Whether the time to review it again has run out for good."""
    return today > clock.months_after(version.review_by, policy.review_by.grace_months)


def _place(session: Session, version: Version) -> set[str]:
    children = _children(session, version)
    before = placement.children_of(session, version.section)
    if children == before:
        return set()
    parent_of = placement.parents(placement.children_of_all(session))
    placement.put(session, version.section, children)
    left = {parent_of[child] for child in children if child in parent_of}
    return {*before, *children, *left}


def _children(session: Session, version: Version) -> tuple[str, ...]:
    assert version.document is not None  # noqa: S101 (it is approved, or in force)
    return documents.load(session, version.document).children


def _lead_translations(session: Session, source: Version, policy: Policy) -> None:
    for old in session.exec(
        select(Version)
        .where(
            col(Version.section) == source.section,
            col(Version.locale) != source.locale,
            col(Version.state) == State.IN_FORCE,
        )
        .order_by(col(Version.locale))
    ).all():
        following = versions.opened(session, old.section, old.locale)
        proof = _proof_to_come_along(session, following, source)
        if following is not None and proof is not None:
            publish(session, following, proof, policy)
            continue
        _leave_behind(session, old, source)
        if following is None:
            _carry_forward(session, old, source, policy)


def _proof_to_come_along(
    session: Session, following: Version | None, source: Version
) -> Proof | None:
    """The proof of an approved translation of this very source that waited for it."""
    if (
        following is None
        or following.state != State.APPROVED
        or following.source != source.document
        or not may_publish(session, following)
    ):
        return None
    return verify.proofs(session, [following]).get(following.key)


def _leave_behind(session: Session, old: Version, source: Version) -> None:
    """What the source's change means for a translation of the text before."""
    if source.change_kind == "safety":
        text = phrases.say(old.locale, phrases.SAFETY_CHANGE)
        withdrawal.take_out(
            session,
            old,
            reason=withdrawal.SOURCE_SAFETY_CHANGE,
            text=text,
            replacement=old.section,
        )
    elif messages.words_differ(session, old.source or "", source.document or ""):
        page = placement.page_of(session, old.section)
        kind = "outdated" if _calls_for_a_label(session, old) else "current"
        release.append(session, kind, old, page=page, reason=source.change_summary)


def _calls_for_a_label(session: Session, old: Version) -> bool:
    """Whether more than the wording of the source changed since; envelope.status says the same."""
    source = versions.named_by(session, old.source or "")
    return source is None or any(v.change_kind != "wording" for v in since(session, source))


def _carry_forward(session: Session, old: Version, source: Version, policy: Policy) -> None:
    """Where no word is left to translate, prepare the next version up to its signature."""
    now = translation.standing(session, old.section, old.locale, source)
    if not complete(now.renderings):
        return
    carried = translation.carry_forward(session, HUB.id, now)
    inherit_parts(session, old.key, carried.key)
    workflow.move(session, carried, State.IN_REVIEW, actor=HUB.id, event="version.submitted")
    statements.put_to_signature(
        session, [carried], policy, f"language-reviewer:{carried.locale}", opened_by=None
    )
