"""Refusals: texts in force that do not pass the check that members make. They are not served.

One row for each place; the ledger tells when it began and when it ended.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from content import clock, ledger

BEGUN, ENDED = "section.refused", "section.verified"


class Refusal(SQLModel, table=True):
    """A text that is in force by its state, and not served. Deleted once it passes again."""

    __tablename__ = "refusal"

    section: str = Field(primary_key=True, foreign_key="section.slug")
    locale: str = Field(primary_key=True)
    version: int
    document: str
    #: What a verifier said: `not-signed-off`, `bytes-changed`.
    code: str
    since: datetime

    @property
    def reference(self) -> str:
        """As that of a version: `ahsct-evidence/fr/3`."""
        return f"{self.section}/{self.locale}/{self.version}"


def standing(session: Session, sections: Collection[str] | None = None) -> list[Refusal]:
    """Of these sections; of all where none are named."""
    query = select(Refusal).order_by(col(Refusal.section), col(Refusal.locale))
    if sections is not None:
        query = query.where(col(Refusal.section).in_(sections))
    return list(session.exec(query).all())


def places(
    session: Session, sections: Collection[str] | None = None
) -> frozenset[tuple[str, str, int]]:
    """(section, locale, version) of each: what was made while others stood is out of date."""
    return frozenset((one.section, one.locale, one.version) for one in standing(session, sections))


def put(
    session: Session,
    found: Mapping[tuple[str, str], Refusal],
    sections: Collection[str] | None = None,
) -> set[str]:
    """Let these stand and no others, of these sections; returns those where it changes something.

    Of all where none are named.
    """
    before = {(one.section, one.locale): one for one in standing(session, sections)}
    touched = set()
    for place, old in before.items():
        new = found.get(place)
        if new is None or (new.version, new.code) != (old.version, old.code):
            session.delete(old)
            session.flush()
            _record(session, ENDED, old)
            touched.add(old.section)
    for place, new in found.items():
        old_one = before.get(place)
        if old_one is None or (new.version, new.code) != (old_one.version, old_one.code):
            session.add(new)
            session.flush()
            _record(session, BEGUN, new)
            touched.add(new.section)
    return touched


def of(section: str, locale: str, version: int, document: str, code: str) -> Refusal:
    return Refusal(
        section=section,
        locale=locale,
        version=version,
        document=document,
        code=code,
        since=clock.now(),
    )


def _record(session: Session, event: str, one: Refusal) -> None:
    ledger.append(
        session,
        actor="hub",
        event=event,
        subject=one.reference,
        detail={"document": one.document, "code": one.code},
    )
