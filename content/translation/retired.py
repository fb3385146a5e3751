"""Units that a section had once and has no more."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from content.records.version import Version
from content.translation.unit import Unit


def sections_of(session: Session, units: Collection[str]) -> dict[str, str]:
    """Unit to the section whose translations had it, for those that some translation had."""
    rows = session.exec(
        select(Unit.unit, Version.section)
        .join(Version, col(Version.id) == col(Unit.version))
        .where(col(Unit.unit).in_(units))
        .distinct()
    ).all()
    return dict(rows)
