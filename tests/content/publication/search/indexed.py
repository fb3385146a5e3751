"""Texts in the index without the way there: for what search does, not what comes into it."""

from sqlmodel import Session

from content import clock
from content.publication.search import hits, index
from content.publication.search.hits import Wanted
from content.records.section import Section


def put(
    session: Session, section: str, locale: str, title: str, body: str = "", summary: str = ""
) -> None:
    """One text in force, as the index has it."""
    if session.get(Section, section) is None:
        session.add(Section(slug=section, source_locale="en", page=section, created_at=clock.now()))
        session.flush()
    told = {"title": title, "summary": summary, "body": body, "page": section, "label": "current"}
    place = {"path": f"/v1/sections/{section}/{locale}", "section": section, "locale": locale}
    index._add(session.connection(), [{**place, **told, "version": 1, "seq": 1}])


def found(session: Session, text: str, locale: str = "", **more: object) -> list[str]:
    """`section/locale` of the hits, in their order."""
    told, _ = hits.find(session, Wanted(text, locale, **more))  # type: ignore[arg-type]
    return [f"{one['section']}/{one['locale']}" for one in told]
