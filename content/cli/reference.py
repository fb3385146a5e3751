"""`ahsct-evidence/fr/3`: how the command line names a version."""

from dataclasses import dataclass
from typing import Annotated

import typer
from sqlmodel import Session

from content.errors import VersionNotFound
from content.records import section as sections
from content.records import version as versions
from content.records.version import Version
from content.translation.locale import read_tag


@dataclass(frozen=True)
class Reference:
    """A version by its section, locale and number. Frozen.

    Without a number it is the open version, and where none is open the one in force.
    """

    section: str
    locale: str
    number: int | None

    def find(self, session: Session) -> Version:
        """Raises SectionNotFound, VersionNotFound."""
        if self.number is not None:
            return versions.find(session, self.section, self.locale, self.number)
        sections.find(session, self.section)
        found = versions.opened(session, self.section, self.locale) or versions.in_force(
            session, self.section, self.locale
        )
        if found is None:
            raise VersionNotFound(
                "No version is open or in force here; name one by its number.",
                section=self.section,
                locale=self.locale,
            )
        return found


def read(text: str) -> Reference:
    """`section/locale/number` or `section/locale`. Raises SlugMalformed, LocaleMalformed."""
    slug, _, rest = text.partition("/")
    locale, slash, number = rest.partition("/")
    if not locale or (slash and not (number.isascii() and number.isdecimal())):
        raise typer.BadParameter(f"`{text}` is not a version; write section/locale/number.")
    sections.require_slug(slug)
    return Reference(slug, read_tag(locale), int(number) if number else None)


def read_numbered(text: str) -> Reference:
    """The same, with the number required."""
    reference = read(text)
    if reference.number is None:
        raise typer.BadParameter(f"`{text}` names no number; write section/locale/number.")
    return reference


Ref = Annotated[
    Reference,
    typer.Argument(
        metavar="REF",
        parser=read,
        help="section/locale/number, or section/locale for the open version, else that in force.",
    ),
]
NumberedRef = Annotated[
    Reference,
    typer.Argument(metavar="REF", parser=read_numbered, help="section/locale/number."),
]
Refs = Annotated[
    list[Reference],
    typer.Argument(
        metavar="REF...",
        parser=read,
        help="Each section/locale/number, or section/locale for the open version.",
    ),
]
