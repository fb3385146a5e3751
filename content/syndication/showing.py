"""What members show: each site says so itself, whole, and is told what to do about it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

import rfc8785
from sqlalchemy import (
    Connection,
    Index,
    bindparam,
    delete,
    insert,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy import select as select_columns
from sqlalchemy.types import NullType
from sqlmodel import Field, Session, SQLModel, col, select

from content import clock
from content.errors import BadInput, ContentError, InputTooLarge
from content.records.section import require_slug
from content.syndication import member
from content.translation.locale import TAGS_MAX, read_tag

#: Texts that one site shows.
ENTRIES_MAX = 10_000
URL_MAX = 1_000
#: No section has as many versions.
VERSION_MAX = 1_000_000
#: A member that said nothing for so long may show something else by now.
STALE_AFTER = timedelta(days=30)
#: An address as a site links to it: kept as text, and never fetched.
URL = re.compile(
    r"https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.?(:[0-9]{1,5})?"
    r"([/?#][A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*)?\Z"
)


class Showing(SQLModel, table=True):
    """One text on one page of a member's site, as it last said. Goes when it says so no more."""

    __tablename__ = "showing"
    __table_args__ = (Index(None, "section", "locale", "member", "url"),)

    member: str = Field(primary_key=True, foreign_key="member.id")
    #: As the site says: it may name what never was.
    section: str = Field(primary_key=True)
    locale: str = Field(primary_key=True)
    url: str = Field(primary_key=True)
    version: int
    #: When the site first said that it shows this version there.
    since: datetime


class ShowingReport(SQLModel, table=True):
    """When a member last said what it shows. Moves with each time it says so."""

    __tablename__ = "showing_report"

    member: str = Field(primary_key=True, foreign_key="member.id")
    #: Of the list, whatever its order: one that says the same again changes nothing else.
    digest: str
    seen_at: datetime


@dataclass(frozen=True, order=True)
class Entry:
    """A version of a text in a language, and where a site shows it. Frozen."""

    section: str
    locale: str
    url: str
    version: int


class Shown(NamedTuple):
    """A text on a page of a member's site, as it last said."""

    section: str
    locale: str
    member: str
    url: str
    version: int
    since: datetime


@dataclass(frozen=True)
class Wanted:
    """What an editor looks for. Empty fields do not narrow it."""

    section: str = ""
    locale: str = ""
    member: str = ""
    #: (section, locale, member, url) of the last row of the answer before.
    after: tuple[str, ...] = ()
    limit: int = 1_000


def checked(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, in order, with their tags as they are written here.

    Raises InputTooLarge, and BadInput with the place of the first that cannot be taken: from 0 on,
    in `entry`.
    """
    if len(entries) > ENTRIES_MAX:
        raise InputTooLarge(f"A site shows at most {ENTRIES_MAX:,} texts.")
    found: dict[tuple[str, str, str], Entry] = {}
    for place, one in enumerate(entries):
        try:
            taken = _checked(one)
        except ContentError as error:
            raise BadInput(f"Entry {place}: {error.message}", entry=place) from None
        if found.setdefault((taken.section, taken.locale, taken.url), taken) is not taken:
            raise BadInput(
                f"Entry {place}: this text in this language at this address is listed already.",
                entry=place,
            )
    return sorted(found.values())


def _checked(one: Entry) -> Entry:
    require_slug(one.section)
    if len(one.url) > URL_MAX or not URL.match(one.url):
        raise BadInput(f"An address begins with https:// and has at most {URL_MAX:,} characters.")
    if not 1 <= one.version <= VERSION_MAX:
        raise BadInput(f"A version is a number from 1 to {VERSION_MAX:,}.")
    return Entry(one.section, _tag(one.locale), one.url, one.version)


@lru_cache(maxsize=TAGS_MAX)
def _tag(text: str) -> str:
    """A list names few languages, and each of them often."""
    return read_tag(text)


def report(session: Session, member_id: str, entries: Sequence[Entry]) -> bool:
    """A member says all that its site shows now; whether that is something else than before.

    `entries` are what `checked` gave. Raises MemberClosed.
    """
    member.open_one(session, member_id)
    told = [(one.section, one.locale, one.url, one.version) for one in entries]
    digest = sha256(rfc8785.dumps(told)).hexdigest()
    last = session.get(ShowingReport, member_id)
    changed = last is None or last.digest != digest
    if changed:
        _replace(session, member_id, entries)
    if last is None:
        session.add(ShowingReport(member=member_id, digest=digest, seen_at=clock.now()))
    else:
        last.digest, last.seen_at = digest, clock.now()
    session.flush()
    return changed


def _replace(session: Session, member_id: str, entries: Sequence[Entry]) -> None:
    """Write what is new, and no more: `since` stays where a page shows what it did."""
    before = {(row.section, row.locale, row.url): row.version for row in rows(session, member_id)}
    now = {(one.section, one.locale, one.url): one.version for one in entries}
    connection = session.connection()
    gone = [_bound(place) for place in before if place not in now]
    moved = [
        _bound(place) | {"to": version, "at": clock.now()}
        for place, version in now.items()
        if before.get(place, version) != version
    ]
    new = [
        Showing(
            member=member_id,
            section=section,
            locale=locale,
            url=url,
            version=version,
            since=clock.now(),
        ).model_dump()
        for (section, locale, url), version in now.items()
        if (section, locale, url) not in before
    ]
    here = (
        (col(Showing.member) == member_id)
        & (col(Showing.section) == bindparam("of_section"))
        & (col(Showing.locale) == bindparam("of_locale"))
        & (col(Showing.url) == bindparam("of_url"))
    )
    if gone:
        connection.execute(delete(Showing).where(here), gone)
    if moved:
        values: dict[str, Any] = {"version": bindparam("to"), "since": bindparam("at")}
        connection.execute(update(Showing).where(here).values(values), moved)
    if new:
        connection.execute(insert(Showing), new)


def _bound(place: tuple[str, str, str]) -> dict[str, Any]:
    return dict(zip(("of_section", "of_locale", "of_url"), place, strict=True))


def rows(session: Session, member_id: str) -> list[Shown]:
    """What a member said, in order."""
    return listed(session, Wanted(member=member_id, limit=ENTRIES_MAX))[0]


def listed(session: Session, wanted: Wanted) -> tuple[list[Shown], bool]:
    """(rows, more): what members said, by section, locale, member and address."""
    order = (col(Showing.section), col(Showing.locale), col(Showing.member), col(Showing.url))
    # Many rows have the same time: it is taken as the driver gives it, and each is read once.
    since = type_coerce(col(Showing.since), NullType)
    query = select_columns(*order, col(Showing.version), since)
    for column, value in (
        (Showing.section, wanted.section),
        (Showing.locale, wanted.locale),
        (Showing.member, wanted.member),
    ):
        if value:
            query = query.where(col(column) == value)
    if wanted.after:
        query = query.where(tuple_(*order) > tuple_(*wanted.after))
    connection = session.connection()
    found: Sequence[Any] = connection.execute(query.order_by(*order).limit(wanted.limit + 1)).all()
    read = cache(_reader(connection))
    told = [
        Shown(section, locale, of, url, version, read(since))
        for section, locale, of, url, version, since in found[: wanted.limit]
    ]
    return told, len(found) > wanted.limit


def _reader(connection: Connection) -> Callable[[Any], Any]:
    """Makes a time of what the driver gives for one."""
    dialect = connection.dialect
    kind = SQLModel.metadata.tables["showing"].columns["since"].type
    made = kind.dialect_impl(dialect).result_processor(dialect, None)
    assert made is not None  # noqa: S101 (a time of SQLModel is never taken as it comes)
    return made


def reports(session: Session) -> dict[str, datetime]:
    """Member to when it last said what it shows."""
    return {row.member: row.seen_at for row in session.exec(select(ShowingReport))}


def is_stale(seen_at: datetime) -> bool:
    """Whether what a member said is too long ago to rely on."""
    return clock.now() - seen_at >= STALE_AFTER
