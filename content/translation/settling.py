"""Settling suggestions: a translator takes one into the draft, or dismisses it."""

from sqlmodel import Session

from content import ledger
from content.errors import StateHasMoved
from content.people.actor import Actor
from content.people.role import Permission
from content.records import version as versions
from content.records.version import Version
from content.translation import standing, suggestion, translation
from content.translation.merge import Rendering
from content.translation.suggestion import Suggestion, SuggestionState


def take(session: Session, actor: Actor, one: Suggestion) -> Version:
    """Put the words into the section's draft; what stood there stays in the records.

    Words made for another source text come in marked fuzzy: somebody has to look at them once
    more. Raises StateHasMoved, WordsNotAccepted, SectionIsBusy.
    """
    actor.must(Permission.TRANSLATE, one.locale)
    now = standing.of_section(session, one.section, one.locale, base=_base(session, one))
    stands = {told.message.unit: told for told in now.renderings}.get(one.unit)
    if stands is None:
        raise StateHasMoved("The source has this message no more, so it takes no translation.")
    suggestion.settle(session, one, SuggestionState.TAKEN, by=actor.id)
    stale = one.source != stands.message.text
    change = Rendering(
        stands.message,
        one.target,
        stale,
        one.source if stale else None,
        own_links=stands.own_links,
    )
    version = translation.write(session, actor, now, {one.unit: change})
    _record(session, actor, one, "suggestion.taken")
    return version


def _base(session: Session, one: Suggestion) -> str | None:
    """The locale that the newest version follows: of a regional variant, its base text's."""
    newest = versions.newest(session, one.section, one.locale)
    followed = newest and newest.source and versions.named_by(session, newest.source)
    return followed.locale if followed else None


def dismiss(session: Session, actor: Actor, one: Suggestion) -> None:
    """Take it off the list; it stays on record. Raises StateHasMoved."""
    actor.must(Permission.TRANSLATE, one.locale)
    suggestion.settle(session, one, SuggestionState.DISMISSED, by=actor.id)
    _record(session, actor, one, "suggestion.dismissed")


def _record(session: Session, actor: Actor, one: Suggestion, event: str) -> None:
    ledger.append(
        session,
        actor=actor.id,
        event=event,
        subject=f"{one.section}/{one.locale}",
        detail={"suggestion": one.key, "unit": one.unit},
    )
