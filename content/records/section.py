"""Sections: subjects without language. What exists, and the language it was written in."""

import re
from collections.abc import Collection
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from content import clock
from content.errors import SectionNotFound, SlugMalformed
from content.transaction import known

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
SLUG_MAX = 80


class Section(SQLModel, table=True):
    """One subject, named by its slug. Never renamed and never deleted."""

    __tablename__ = "section"

    slug: str = Field(primary_key=True)
    #: The locale it was written in; every other locale is a translation.
    source_locale: str
    #: The root of the page it was last written for.
    page: str
    created_at: datetime


def require_slug(slug: str) -> None:
    """Raises SlugMalformed."""
    if len(slug) > SLUG_MAX or not SLUG.match(slug):
        raise SlugMalformed(slug=slug)


def find(session: Session, slug: str) -> Section:
    """Raises SectionNotFound."""
    section = _get(session, slug)
    if section is None:
        raise SectionNotFound(section=slug)
    return section


def find_all(session: Session, slugs: Collection[str]) -> dict[str, Section]:
    """Slug to section, of those that exist."""
    # Whoever asks for many goes on with each of them, and with all of them again.
    held: dict[tuple[str, str], Section] = known(session)
    unknown = [slug for slug in slugs if ("section", slug) not in held]
    if unknown:
        rows = session.exec(select(Section).where(col(Section.slug).in_(unknown)))
        held.update({("section", row.slug): row for row in rows})
    return {slug: held["section", slug] for slug in slugs if ("section", slug) in held}


def _get(session: Session, slug: str) -> Section | None:
    """Asked for many times in one transaction; the session alone would let go of it."""
    held: dict[tuple[str, str], Section] = known(session)
    found = held.get(("section", slug)) or session.get(Section, slug)
    if found is not None:
        held["section", slug] = found
    return found


def place(session: Session, slug: str, *, source_locale: str, page: str) -> Section:
    """The section, made where it is new, and put on this page."""
    require_slug(slug)
    section = _get(session, slug)
    if section is None:
        section = Section(slug=slug, source_locale=source_locale, page=page, created_at=clock.now())
        session.add(section)
    section.page = page
    session.flush()
    return section
