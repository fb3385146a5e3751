"""A regional variant as people see it: message by message, what is inherited and what is not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session

from content.errors import BadInput
from content.people.actor import Actor
from content.records import version as versions
from content.records.version import State, Version
from content.translation import locale as locales
from content.translation import locale_rules, translation
from content.translation.locale_rules import Proposal
from content.translation.merge import Rendering
from content.translation.standing import Standing

#: `to-accept`: the base text is new or has new words, and nobody accepted it yet.
#: `stale`: an override that was made for other words of the base text.
Fate = Literal["inherited", "to-accept", "override", "stale"]


@dataclass(frozen=True)
class Row:
    """One message of a variant: the base text, what stands for it, what the locale demands."""

    section: str
    unit: str
    kind: str
    base: str
    state: Fate
    #: The variant's own words; empty where it has none.
    target: str
    proposal: Proposal | None


def require_base(locale: str, configured: Iterable[str]) -> str:
    """The locale that a variant inherits from. Raises BadInput where it is none."""
    found = locales.base(locale, tuple(configured))
    if found is None:
        raise BadInput(
            f"{locale} is no regional variant of a language of this hub; see MSIF_LOCALES."
        )
    return found


def matrix(found: Iterable[Standing]) -> Iterator[Row]:
    """Every message of these sections, in reading order. One that they share is told once."""
    seen: set[str] = set()
    for now in found:
        for one in now.renderings:
            unit = one.message.unit
            if unit not in seen:
                seen.add(unit)
                yield _row(now, one)


def _row(now: Standing, one: Rendering) -> Row:
    state = state_of(one)
    return Row(
        section=now.section,
        unit=one.message.unit,
        kind=one.message.kind,
        base=one.message.text,
        state=state,
        target=one.target,
        # Whoever wrote an override has seen to it.
        proposal=None
        if one.target
        else locale_rules.propose(one.message.text, now.source.locale, now.locale),
    )


def state_of(one: Rendering) -> Fate:
    if one.inherited:
        return "inherited"
    if one.fuzzy:
        return "stale"
    return "override" if one.target else "to-accept"


def stale(now: Standing) -> tuple[str, ...]:
    """Units whose override was made for other words."""
    return tuple(one.message.unit for one in now.renderings if one.fuzzy)


def is_closed(now: Standing) -> bool:
    """Whether the section has a version past draft, which nobody can write into."""
    version = now.version
    return version is not None and version.state in versions.OPEN_STATES - {State.DRAFT}


def has_news(now: Standing) -> bool:
    """Whether the base text is newer than what the variant follows, or a draft is on its way."""
    version = now.version
    if version is None or version.state == State.DRAFT:
        return True
    return version.source != now.source_document


def accept(session: Session, actor: Actor, now: Standing) -> Version:
    """A draft that inherits all that has no words of its own. Overrides stay, stale ones too."""
    changes = {
        one.message.unit: one._replace(inherited=True)
        for one in now.renderings
        if state_of(one) == "to-accept"
    }
    return translation.write(session, actor, now, changes)
