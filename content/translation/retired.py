"""Units that a page had once: what the sources of its sections ever asked to translate."""

import json
from collections.abc import Sequence

from sqlmodel import Session, col, select

from content.records import version as versions
from content.records.document import StoredDocument
from content.records.section import Section
from content.records.version import Version
from content.translation import merge, unit
from content.translation.merge import Rendering
from content.translation.standing import Standing


def sections_of(session: Session, page: str) -> dict[str, str]:
    """Unit to the section that has or had it, for all sections ever written for this page.

    Asked of the sources: what nobody had translated yet was a unit, too.
    """
    rows = session.exec(
        select(Version.section, StoredDocument.body)
        .join(Section, col(Section.slug) == col(Version.section))
        .join(StoredDocument, col(StoredDocument.sha256) == col(Version.document))
        .where(col(Section.page) == page, col(Version.locale) == col(Section.source_locale))
        .order_by(col(Version.id))
    )
    found: dict[str, str] = {}
    for section, body in rows:
        told = json.loads(body)
        blocks = [name for block in told["blocks"] for name in block["units"]]
        for name in (*told["units"].values(), *blocks):
            if name is not None:
                found.setdefault(name, section)
    return found


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
