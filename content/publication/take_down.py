"""Taking a text down: what a duty officer does, effective from the next answer on."""

from sqlmodel import Session, col, select

from content.errors import BadInput, WithdrawalNotFound
from content.people.actor import Actor
from content.people.role import Permission
from content.publication import course, representation
from content.publication.withdrawal import take_out
from content.records import section as sections
from content.records.version import State, Version, is_in
from content.review.declaration import require_words
from content.review.policy import Policy

#: What a person can give as the reason.
REASONS = ("error", "new-evidence", "safety", "legal", "other")
#: Characters of what readers are told.
TEXT_MAX = 2_000


def withdraw(
    session: Session,
    actor: Actor,
    section: str,
    locale: str | None,
    policy: Policy,
    *,
    reason: str,
    text: str,
    replacement: str | None = None,
    notice: str | None = None,
) -> list[Version]:
    """Take a section out of force, or one translation of it; returns what was withdrawn.

    The language a section was written in, or none at all, means every language; a translation
    takes the regional variants along that follow it.

    Raises RoleMissing, BadInput, WithdrawalNotFound where nothing is in force.
    """
    actor.must(Permission.WITHDRAW)
    _require_words(reason, text)
    for other in (replacement, notice):
        if other is not None:
            sections.find(session, other)
    found = _in_force(session, section, locale)
    if section in (replacement, notice) and not all(one.is_translation for one in found):
        raise BadInput("A section that goes in every language cannot be what to read instead.")
    for version in found:
        take_out(
            session,
            version,
            reason=reason,
            text=text.strip(),
            by=actor.id,
            replacement=replacement,
            notice=notice,
        )
    representation.refresh(session, {section}, policy)
    return found


def _in_force(session: Session, section: str, locale: str | None) -> list[Version]:
    source_locale = sections.find(session, section).source_locale
    query = select(Version).where(col(Version.section) == section, is_in({State.IN_FORCE}))
    found = list(session.exec(query.order_by(col(Version.id))).all())
    if locale is not None and locale != source_locale:
        following = course.of_sections(session, [section]).followers(section, locale)
        found = [one for one in found if one.locale == locale or one in following]
    if not found:
        raise WithdrawalNotFound(
            "Nothing is in force here that could be withdrawn.", section=section, locale=locale
        )
    return found


def _require_words(reason: str, text: str) -> None:
    require_words(text)
    if reason not in REASONS:
        raise BadInput(f"The reason is one of {', '.join(REASONS)}.")
    if not 0 < len(text.strip()) <= TEXT_MAX:
        raise BadInput(f"Tell readers why, in 1 to {TEXT_MAX:,} characters.")
