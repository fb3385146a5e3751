"""Units: the rows of a translation being worked on, one for each message."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Field, Session, SQLModel, col, delete, select

from content import clock
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
    who: str
    at: datetime


def load(session: Session, version: int) -> tuple[Rendering, ...]:
    """The renderings of a version, in reading order."""
    rows = session.exec(
        select(Unit).where(col(Unit.version) == version).order_by(col(Unit.place))
    ).all()
    return tuple(
        Rendering(
            Message(row.unit, row.kind, row.source, tuple(json.loads(row.links))),
            row.target,
            row.fuzzy,
            row.previous_source,
        )
        for row in rows
    )


def replace_all(
    session: Session, version: int, renderings: Iterable[Rendering], *, who: str
) -> None:
    """Put these in the place of the version's units. Untouched ones keep who and when."""
    before = {
        row.unit: row for row in session.exec(select(Unit).where(col(Unit.version) == version))
    }
    rows = [
        _row(version, place, rendering, before.get(rendering.message.unit), who)
        for place, rendering in enumerate(renderings)
    ]
    for row in before.values():
        session.expunge(row)
    session.exec(delete(Unit).where(col(Unit.version) == version))
    session.connection().execute(insert(Unit), rows)


def _row(
    version: int, place: int, rendering: Rendering, stood: Unit | None, who: str
) -> dict[str, Any]:
    message = rendering.message
    touched = stood is None or (stood.target, stood.fuzzy) != (rendering.target, rendering.fuzzy)
    return {
        "version": version,
        "unit": message.unit,
        "place": place,
        "kind": message.kind,
        "source": message.text,
        "links": json.dumps(message.links),
        "target": rendering.target,
        "fuzzy": rendering.fuzzy,
        "previous_source": rendering.previous_source,
        "who": who if stood is None or touched else stood.who,
        "at": clock.now() if stood is None or touched else stood.at,
    }
