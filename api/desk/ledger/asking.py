"""Which rows of the ledger somebody asks for, as they typed it."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query
from sqlmodel import Session

from api.desk.ledger import events
from content.errors import BadInput
from content.people import directory
from content.people.person import NAME_MAX, RESERVED_IDS
from content.publication.chronicle import Wanted

#: Characters of each field: the name of a family, of a section, a language tag, a day.
FAMILY_MAX = 30
SLUG_MAX = 200
TAG_MAX = 35
DAY_MAX = 10
#: The first row that a cursor can name, and the last.
ROW_MAX = 2**31 - 1


@dataclass(frozen=True)
class Asked:
    """What stands in the form above the ledger. Frozen."""

    family: str = ""
    who: str = ""
    text: str = ""
    locale: str = ""
    since: str = ""
    until: str = ""

    def __bool__(self) -> bool:
        """Whether anything is asked for but all."""
        return any(asdict(self).values())

    @property
    def slug(self) -> str:
        """The section, of `risks/fr/3` too."""
        return self.text.partition("/")[0].lower()

    def address(self, path: str, **more: str | int) -> str:
        """This page of the same rows."""
        told = {name: value for name, value in (asdict(self) | more).items() if value}
        return f"{path}?{urlencode(told)}" if told else path


def _asked(
    family: Annotated[str, Query(max_length=FAMILY_MAX)] = "",
    who: Annotated[str, Query(max_length=NAME_MAX)] = "",
    text: Annotated[str, Query(max_length=SLUG_MAX)] = "",
    locale: Annotated[str, Query(max_length=TAG_MAX)] = "",
    since: Annotated[str, Query(max_length=DAY_MAX)] = "",
    until: Annotated[str, Query(max_length=DAY_MAX)] = "",
) -> Asked:
    return Asked(*(one.strip() for one in (family, who, text, locale, since, until)))


CurrentAsked = Annotated[Asked, Depends(_asked)]
Before = Annotated[int | None, Query(ge=1, le=ROW_MAX)]


def wanted(session: Session, asked: Asked) -> Wanted:
    """What that means. Raises BadInput for a day that is none, and for what there is not."""
    if asked.family and asked.family not in events.FAMILIES:
        raise BadInput
    # It would be read as one text of the section.
    if "/" in asked.locale:
        raise BadInput
    return Wanted(
        events=events.of_family(asked.family) if asked.family else None,
        actors=_actors(session, asked.who) if asked.who else None,
        section=asked.slug,
        locale=asked.locale,
        since=_day(asked.since),
        until=_day(asked.until),
    )


def _actors(session: Session, who: str) -> Collection[str]:
    """The ids of those who are meant: one that is written out, or all who are called so."""
    if who in RESERVED_IDS:
        return {who}
    found = {one.id for one in directory.named(session, who)}
    return {who} if who in found else found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput from None
