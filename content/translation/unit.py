"""Units: the rows of a translation being worked on, one for each message."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlmodel import Field, Session, SQLModel, col

from content import clock
from content.database import insert_all
from content.people.person import RESERVED_IDS
from content.records.message import Message
from content.translation.merge import Rendering


class Unit(SQLModel, table=True):
    """What a version in translation has for one message. Changes only while it is a draft."""

    __tablename__ = "unit"

    version: int = Field(primary_key=True, foreign_key="version.id")
    #: The unit id of the source document.
    unit: str = Field(primary_key=True)
    place: int
    kind: str
    source: str
    #: Link targets, a JSON list.
    links: str
    target: str
    fuzzy: bool
    previous_source: str | None = None
    #: The source's link targets to the translation's own, a JSON object.
    own_links: str = Field(default="{}", sa_column_kwargs={"server_default": "{}"})
    who: str
    at: datetime


#: Version to its renderings, in reading order.
Units = Mapping[int, Sequence[Rendering]]

#: Links of a text that are kept at hand as they are stored.
LINKS_MAX = 8_192
#: What a rendering is made of. Not who and when: to read a time takes as long as all the rest.
_LOADED = (
    select(
        col(Unit.version),
        col(Unit.unit),
        col(Unit.kind),
        col(Unit.source),
        col(Unit.links),
        col(Unit.target),
        col(Unit.fuzzy),
        col(Unit.previous_source),
        col(Unit.own_links),
    )
    .where(col(Unit.version).in_(bindparam("versions", expanding=True)))
    .order_by(col(Unit.version), col(Unit.place))
)


def load(session: Session, version: int) -> tuple[Rendering, ...]:
    """The renderings of a version, in reading order."""
    return load_all(session, [version])[version]


def load_all(session: Session, versions: Collection[int]) -> dict[int, tuple[Rendering, ...]]:
    """Version to its renderings, in reading order."""
    found: dict[int, list[Rendering]] = {version: [] for version in versions}
    rows = session.connection().execute(_LOADED, {"versions": list(versions)})
    for version, unit, kind, source, links, target, fuzzy, previous, own in rows:
        message = Message(unit, kind, source, tuple(json.loads(links)) if links != "[]" else ())
        led = tuple(json.loads(own).items()) if own != "{}" else ()
        found[version].append(Rendering(message, target, fuzzy, previous, own_links=led))
    return {version: tuple(renderings) for version, renderings in found.items()}


def last_written(
    session: Session, sections: Collection[str], locale: str
) -> tuple[str, datetime] | None:
    """Who wrote into any version of these sections last, and when; the hub itself is nobody."""
    version, table = (SQLModel.metadata.tables[name] for name in ("version", "unit"))
    found = (
        session.connection()
        .execute(
            select(table.c.who, table.c.at)
            .join(version, version.c.id == table.c.version)
            .where(
                version.c.section.in_(sections),
                version.c.locale == locale,
                table.c.who.not_in(RESERVED_IDS),
            )
            .order_by(table.c.at.desc(), table.c.who)
            .limit(1)
        )
        .first()
    )
    return (found.who, found.at) if found else None


def replace_all(session: Session, written: Mapping[int, Sequence[Rendering]], *, who: str) -> None:
    """Put these in the place of the units of each version. Untouched ones keep who and when."""
    connection = session.connection()
    table = SQLModel.metadata.tables["unit"]
    of_versions = table.c.version.in_(written)
    before = {
        (row.version, row.unit): row
        for row in connection.execute(table.select().where(of_versions))
    }
    at = clock.now()
    rows = [
        _row(version, place, one, before.get((version, one.message.unit)), (who, at))
        for version, renderings in written.items()
        for place, one in enumerate(renderings)
    ]
    if before:
        connection.execute(table.delete().where(of_versions))
    insert_all(connection, table, rows)


@lru_cache(LINKS_MAX)
def _listed(links: tuple[str, ...]) -> str:
    """The same in each language."""
    return json.dumps(links)


def _row(
    version: int,
    place: int,
    rendering: Rendering,
    stood: Row[Any] | None,
    touch: tuple[str, datetime],
) -> dict[str, Any]:
    message = rendering.message
    # What is inherited is stored as the very words that were accepted.
    target = rendering.shown
    own = json.dumps(dict(rendering.own_links)) if rendering.own_links else "{}"
    who, at = touch
    if stood and (stood.target, stood.fuzzy, stood.own_links) == (target, rendering.fuzzy, own):
        who, at = stood.who, stood.at
    return {
        "version": version,
        "unit": message.unit,
        "place": place,
        "kind": message.kind,
        "source": message.text,
        "links": _listed(message.links) if message.links else "[]",
        "target": target,
        "fuzzy": rendering.fuzzy,
        "previous_source": rendering.previous_source,
        "own_links": own,
        "who": who,
        "at": at,
    }
