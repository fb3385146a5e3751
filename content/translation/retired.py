"""Units that a section had once and has no more."""

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from content.records import version as versions
from content.records.version import Version
from content.translation import merge, unit
from content.translation.merge import Rendering
from content.translation.translation import Standing
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


def behind(session: Session, standings: Sequence[Standing], locale: str) -> list[Rendering]:
    """What the newest translations, and those that are served, have for units of theirs that the
    present source of no section here has. Each unit once, in reading order.
    """
    served = versions.newest_of_all(
        session, [(now.section, locale) for now in standings], versions.PUBLISHED_STATES
    )
    keys = [
        version.key
        for now in standings
        for version in (now.version, served.get((now.section, locale)))
        if version is not None
    ]
    stood = unit.load_all(session, set(keys))
    present = [one.message for now in standings for one in now.renderings]
    found: dict[str, Rendering] = {}
    for key in keys:
        for one in merge.retired(present, stood[key]):
            found.setdefault(one.message.unit, one)
    return list(found.values())
