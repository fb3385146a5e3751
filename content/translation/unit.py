"""Units: the rows of a translation being worked on, one for each message."""

import json
from collections.abc import Iterable
from datetime import datetime

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
        row.unit: (row.target, row.fuzzy, row.who, row.at)
        for row in session.exec(select(Unit).where(col(Unit.version) == version)).all()
    }
    session.exec(delete(Unit).where(col(Unit.version) == version))
    for place, rendering in enumerate(renderings):
        unit = rendering.message.unit
        stood = before.get(unit)
        untouched = stood is not None and stood[:2] == (rendering.target, rendering.fuzzy)
        session.add(
            Unit(
                version=version,
                unit=unit,
                place=place,
                kind=rendering.message.kind,
                source=rendering.message.text,
                links=json.dumps(rendering.message.links),
                target=rendering.target,
                fuzzy=rendering.fuzzy,
                previous_source=rendering.previous_source,
                who=stood[2] if stood and untouched else who,
                at=stood[3] if stood and untouched else clock.now(),
            )
        )
    session.flush()
