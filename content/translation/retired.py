"""Units that a page had once: what the sources of its sections ever asked to translate."""

import json

from sqlmodel import Session, col, select

from content.records.document import StoredDocument
from content.records.section import Section
from content.records.version import Version


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
        blocks = [unit for block in told["blocks"] for unit in block["units"]]
        for unit in (*told["units"].values(), *blocks):
            if unit is not None:
                found.setdefault(unit, section)
    return found
