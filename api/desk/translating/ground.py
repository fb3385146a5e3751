"""Which page in which language somebody stands on, and whether they may know of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Path
from sqlmodel import Session

from api.dependencies import CurrentHub, Hub
from api.desk.doors import CurrentVisitor
from api.desk.tongues import called
from content.errors import ContentError, NotFound
from content.people.actor import Actor
from content.people.role import Permission
from content.records import section as sections
from content.records import tree
from content.translation import locale as locales

SLUG_MAX = 80
Slug = Annotated[str, Path(max_length=SLUG_MAX, description="The page")]
Section = Annotated[str, Path(max_length=SLUG_MAX, description="The section")]
Tag = Annotated[str, Path(max_length=locales.TAG_MAX, description="The language")]


@dataclass(frozen=True)
class Ground:
    """A page in a language that somebody may read. Frozen."""

    page: str
    tag: str
    #: The locale that a regional variant inherits from.
    base: str | None

    @property
    def address(self) -> str:
        return f"/desk/translate/{self.page}/{self.tag}"

    @property
    def dir(self) -> str:
        """`ltr` or `rtl`, of the words that are written here."""
        return locales.describe(self.tag).dir


def readable(hub: Hub, actor: Actor) -> dict[str, str | None]:
    """Languages whose drafts somebody may read, to the base that each inherits from."""
    tags = hub.settings.locale_tags
    return {tag: locales.base(tag, tags) for tag in tags if actor.may(Permission.READ_DRAFTS, tag)}


def _ground(hub: CurrentHub, visitor: CurrentVisitor, page: Slug, locale: Tag) -> Ground:
    """Raises NotFound where there is no such language, or none that the visitor may know of."""
    try:
        tag = locales.read_tag(locale)
    except ContentError:
        raise NotFound from None
    mine = readable(hub, visitor.actor)
    if tag != locale or tag not in mine:
        raise NotFound
    return Ground(page, tag, mine[tag])


#: What the path names, for whoever may know of it.
CurrentGround = Annotated[Ground, Depends(_ground)]


def sections_of(session: Session, ground: Ground) -> list[str]:
    """The sections of the page, in reading order. Raises NotFound where it is no page, or its own
    language."""
    children = tree.working_children(session)
    if ground.page not in tree.roots(children):
        raise NotFound
    slugs = [slug for slug, _ in tree.walk(children, ground.page)]
    # All at once, as whoever asks goes on with all of them.
    if sections.find_all(session, slugs)[ground.page].source_locale == ground.tag:
        raise NotFound
    return slugs


def names_of(tags: Iterable[str], language: str) -> dict[str, str]:
    """What each is called in the reader's, with a capital letter: it stands at the beginning."""
    found = {tag: called(tag, language) for tag in tags}
    return {
        tag: name if name == tag else name[:1].upper() + name[1:] for tag, name in found.items()
    }
