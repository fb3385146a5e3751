"""Saying where a link leads in a translation, in the place of where the source's leads."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session

from content.errors import LinkNotFound, LinkRefused
from content.people.actor import Actor
from content.people.role import Permission
from content.records.markdown.targets import link_target
from content.records.version import Version
from content.translation import own_links, translation
from content.translation.standing import Standing


@dataclass(frozen=True)
class Link:
    """One link of a text: where it leads in the source, and where here."""

    unit: str
    #: The source's target, as the source has it.
    source: str
    #: The translation's own target; None where it leads where the source does.
    target: str | None
    #: Whether the source still has it. Where it has not, the own target leads nowhere.
    present: bool = True


def links_of(now: Standing) -> Iterator[Link]:
    """Every link of a section in reading order, each once in its text; then those that are gone."""
    for one in now.renderings:
        unit, own = one.message.unit, dict(one.own_links)
        for link in dict.fromkeys(one.message.links):
            yield Link(unit, link, own.get(link))
        for link, target in own_links.lost(one.own_links, one.message.links):
            yield Link(unit, link, target, present=False)


def lead(
    session: Session, actor: Actor, now: Standing, unit: str, source: str, target: str | None
) -> Version | None:
    """Let the link of a unit to `source` lead to `target`; None lets it lead to `source` again.

    Returns the draft that says so; where it was said already, the version that stands. Raises
    LinkNotFound, LinkRefused, and what `translation.write` does.
    """
    actor.must(Permission.TRANSLATE, now.locale)
    stands = {one.message.unit: one for one in now.renderings}.get(unit)
    links = stands.message.links if stands else ()
    back = target is None or target == source
    # A link that is gone takes no new target, but what it had can be taken off the list.
    if stands is None or not (source in links or (back and source in dict(stands.own_links))):
        raise LinkNotFound(unit=unit, source=source, links=list(links))
    own = own_links.changed(stands.own_links, source, _checked(source, target, unit))
    if own == stands.own_links:
        return now.version
    change = stands._replace(own_links=own_links.carried(own, links))
    return translation.write(session, actor, now, {unit: change})


def _checked(source: str, target: str | None, unit: str) -> str:
    """The target as it is stored."""
    if target is None or target == source:
        return source
    if wrong := own_links.problem(source, target):
        raise LinkRefused(wrong, unit=unit, source=source)
    return link_target(target) or source
