"""The text that an address of the desk names, among all of its section that one may know of."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Path, Query
from sqlmodel import Session, col, select

from api.editing.named import NUMBER_MAX
from content.errors import LocaleMalformed, VersionNotFound
from content.people.actor import Actor
from content.records.access import may_read
from content.records.section import SLUG_MAX, Section
from content.records.version import OPEN_STATES, STANDING_STATES, State, Version
from content.translation import locale as locales

Slug = Annotated[str, Path(max_length=SLUG_MAX)]
Tag = Annotated[str, Path(max_length=35)]
Number = Annotated[int, Path(ge=1, le=NUMBER_MAX)]
#: The same where it may be left out.
Numbered = Annotated[int | None, Query(alias="version", ge=1, le=NUMBER_MAX)]


@dataclass(frozen=True)
class Chosen:
    """One version, its section, and every other version of it that the visitor may read. Frozen."""

    section: Section
    version: Version
    #: Of all languages, in the order of their numbers.
    others: tuple[Version, ...]
    #: Those that the visitor may not read are among them: to reckon with, not to show.
    every: tuple[Version, ...]

    @property
    def address(self) -> str:
        return address(self.version)

    def of(self, locale: str) -> list[Version]:
        """The versions in a language, the newest first."""
        return [one for one in reversed(self.others) if one.locale == locale]

    @property
    def versions(self) -> list[Version]:
        """Those in its own language."""
        return self.of(self.version.locale)

    @property
    def in_force(self) -> Version | None:
        """What is in force in its language."""
        return next((one for one in self.versions if one.state == State.IN_FORCE), None)

    @property
    def open(self) -> Version | None:
        """What is being worked on in its language."""
        return next((one for one in self.versions if one.state in OPEN_STATES), None)

    @property
    def source(self) -> Version | None:
        """The version whose text it translates, where the visitor may read that."""
        if not self.version.is_translation:
            return None
        return next((one for one in self.others if one.document == self.version.source), None)

    @property
    def languages(self) -> list[tuple[str, Version]]:
        """Each language that there is a text in, the section's own first, with its newest text."""
        tags = sorted(
            {one.locale for one in self.others},
            key=lambda tag: (tag != self.section.source_locale, tag),
        )
        return [(tag, newest(self.of(tag))) for tag in tags]


def newest(listed: list[Version]) -> Version:
    """The newest that was not given up, or else the newest."""
    return next((one for one in listed if one.state in STANDING_STATES), listed[0])


def address(version: Version) -> str:
    """Where its page is."""
    return f"/desk/sections/{version.section}/{version.locale}?version={version.number}"


def below(version: Version, what: str) -> str:
    """Where something is done with it."""
    return f"/desk/sections/{version.section}/{version.locale}/{version.number}/{what}"


def choose(
    session: Session, actor: Actor, slug: str, locale: str, number: int | None = None
) -> Chosen:
    """The version of that number, or the newest. Raises VersionNotFound also for what this person
    may not know of."""
    try:
        tag = locales.read_tag(locale)
    except LocaleMalformed:
        raise VersionNotFound(section=slug, locale=locale) from None
    rows = session.exec(
        select(Version, Section)
        .join(Section, col(Section.slug) == col(Version.section))
        .where(col(Version.section) == slug)
        .order_by(col(Version.number))
    ).all()
    every = tuple(version for version, _ in rows)
    listed = [version for version in every if may_read(actor, version)]
    mine = [one for one in reversed(listed) if one.locale == tag]
    if number is not None:
        mine = [one for one in mine if one.number == number]
    if not mine:
        raise VersionNotFound(section=slug, locale=tag)
    return Chosen(rows[0][1], newest(mine), tuple(listed), every)
