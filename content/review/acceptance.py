"""Accepting what a regional variant inherits: one touch for a page, and each part of it a draft.

The base text of a section moved, or was never accepted here: a draft takes it over, the overrides
that still fit stay, and a draft that is whole goes straight to its reviews. Nothing else is taken
out of anybody's hands.
"""

from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session

from content.people.actor import Actor
from content.people.role import Permission
from content.records.version import Version
from content.review import submission
from content.review.policy import Policy
from content.translation import catalogue, document, overlay
from content.translation.standing import Standing

#: `current`: it follows the base text already. `busy`: its version is past draft, and follows an
#: older one. `drafted`: stale overrides hold it back, or the token may not submit. `submitted`: it
#: is whole, and waits for reviews.
Outcome = Literal["current", "busy", "drafted", "submitted"]


@dataclass(frozen=True)
class Accepted:
    """What the touch did for one section."""

    section: str
    outcome: Outcome
    #: The newest version in the variant.
    version: Version | None
    #: Units whose override was made for other words: look at these.
    stale: tuple[str, ...] = ()


def accept_page(
    session: Session, actor: Actor, page: str, locale: str, base: str, policy: Policy
) -> list[Accepted]:
    """Accept the inheritance of every section of a page. Raises RoleMissing, SectionNotFound."""
    actor.must(Permission.TRANSLATE, locale)
    found = catalogue.standings(session, page, locale, base)
    return [_accept(session, actor, now, policy) for now in found]


def _accept(session: Session, actor: Actor, now: Standing, policy: Policy) -> Accepted:
    if not overlay.has_news(now):
        return Accepted(now.section, "current", now.version)
    if overlay.is_closed(now):
        return Accepted(now.section, "busy", now.version)
    version = overlay.accept(session, actor, now)
    if not document.is_complete(session, version) or not actor.may(
        Permission.SUBMIT_TRANSLATION, now.locale
    ):
        return Accepted(now.section, "drafted", version, overlay.stale(now))
    submission.submit(session, actor, version, policy)
    return Accepted(now.section, "submitted", version)
