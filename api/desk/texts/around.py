"""What stands around a text: who had a part in it, and the texts above and below it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from api.desk.texts.chosen import Chosen
from content.people.actor import Actor
from content.people.person import Person
from content.records import outline, tree
from content.records.access import may_read
from content.records.participation import Part, Participation
from content.records.version import State, Version


@dataclass(frozen=True)
class People:
    """Who had which part in a text, and what they are called. Frozen."""

    parts: Mapping[str, Part]
    names: Mapping[str, str]

    @property
    def writers(self) -> list[str]:
        return [self.names[one] for one, part in self.parts.items() if part is Part.WRITER]


def people(session: Session, version: Version, more: Collection[str] = ()) -> People:
    """Everybody with a part in it, and the names of these as well."""
    rows = session.exec(
        select(Person.id, Person.name, Participation.part)
        .outerjoin(
            Participation,
            (col(Participation.person) == col(Person.id))
            & (col(Participation.version) == version.key),
        )
        .where(col(Participation.part).is_not(None) | col(Person.id).in_(more))
        .order_by(col(Person.name))
    ).all()
    return People(
        {key: Part(part) for key, _, part in rows if part},
        {key: name for key, name, _ in rows},
    )


@dataclass(frozen=True)
class Relative:
    """A section above or below, in the text's language where there is one. Frozen."""

    title: str
    slug: str
    locale: str


@dataclass(frozen=True)
class Family:
    """Where a section stands in the tree. Frozen."""

    parent: Relative | None
    children: tuple[Relative, ...]


def family(session: Session, actor: Actor, chosen: Chosen) -> Family:
    """The section above and those below, as the newest source texts have it."""
    children = tree.working_children(session)
    slug = chosen.version.section
    above = next((parent for parent, below in children.items() if slug in below), None)
    listed = children.get(slug, ())
    found = _relatives(session, actor, [*filter(None, [above]), *listed], chosen)
    return Family(found.get(above or ""), tuple(found[child] for child in listed if child in found))


def _relatives(
    session: Session, actor: Actor, slugs: Collection[str], chosen: Chosen
) -> dict[str, Relative]:
    if not slugs:
        return {}
    tags = {chosen.section.source_locale, chosen.version.locale}
    rows = session.exec(
        select(Version)
        .where(
            col(Version.section).in_(slugs),
            col(Version.locale).in_(tags),
            col(Version.state) != State.ABANDONED,
        )
        # Those in the text's own language last, so that they count.
        .order_by((col(Version.locale) == chosen.version.locale), col(Version.number))
    ).all()
    newest = {one.section: one for one in rows if may_read(actor, one)}
    titles = outline.titles(session, {one.document or one.source or "" for one in newest.values()})
    return {
        slug: Relative(titles[one.document or one.source or ""], slug, one.locale)
        for slug, one in newest.items()
    }


def title(session: Session, version: Version) -> str:
    """What a text is called; one that is not whole yet goes by its source."""
    digest = version.document or version.source or ""
    return outline.titles(session, {digest})[digest]
