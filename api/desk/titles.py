"""Titles of texts and names of statements, for whoever only knows references; a query at most."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import exists, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, func, or_, select

from content.records import outline
from content.records.document import StoredDocument
from content.records.version import Version
from content.sign_off.statement import Statement, StatementEntry

_PLACE = tuple_(col(Version.section), col(Version.locale), col(Version.number))
_later = aliased(Version)
_IS_NEWEST_SOURCE = and_(
    col(Version.source).is_(None),
    ~exists().where(
        col(_later.section) == col(Version.section),
        col(_later.source).is_(None),
        col(_later.number) > col(Version.number),
    ),
)


@dataclass(frozen=True)
class Text:
    """One text, or a whole page in one language, as people call it. Frozen."""

    title: str
    slug: str
    locale: str
    #: None for a whole page.
    number: int | None


def texts_of(session: Session, references: Collection[str]) -> dict[str, Text]:
    """Texts by reference: `ahsct-evidence/fr/3`, or `stem-cell-therapy/fr` for a page.

    What has no title yet, a translation in draft, goes by that of its source; what is nowhere is
    left out.
    """
    wanted = {one: _parted(one) for one in references}
    if not wanted:
        return {}
    texts = [parts for parts in wanted.values() if parts[2] is not None]
    pages = [slug for slug, _, number in wanted.values() if number is None]
    rows = session.exec(
        select(Version.section, Version.locale, Version.number, StoredDocument.body)
        .join(
            StoredDocument,
            col(StoredDocument.sha256) == func.coalesce(Version.document, Version.source),
        )
        .where(
            # Said first, so that the index is used for both.
            col(Version.section).in_({slug for slug, *_ in wanted.values()}),
            or_(_PLACE.in_(texts), and_(col(Version.section).in_(pages), _IS_NEWEST_SOURCE)),
        )
        .order_by(col(Version.id))
    ).all()
    titles: dict[tuple[str, str, int | None], str] = {}
    for section, locale, number, body in rows:
        title = json.loads(body)["title"]
        titles[section, locale, number] = title
        # Of a page the newest source text.
        titles[section, "", None] = title
    found = {}
    for one, (slug, tag, numbered) in wanted.items():
        title = titles.get((slug, tag if numbered else "", numbered))
        if title is not None:
            found[one] = Text(title, slug, tag, numbered)
    return found


def of_versions(session: Session, versions: Collection[Version]) -> dict[str, Text]:
    """The same of versions that were read already; a query at most, and mostly none."""
    named = {one.reference: one.document or one.source or "" for one in versions}
    known = outline.titles(session, set(named.values()))
    return {
        one.reference: Text(known[named[one.reference]], one.section, one.locale, one.number)
        for one in versions
    }


def _parted(reference: str) -> tuple[str, str, int | None]:
    slug, locale, *number = reference.split("/")
    return slug, locale, int(number[0]) if number else None


def statements_of(session: Session, digests: Collection[str]) -> dict[str, tuple[str, int]]:
    """Statements by digest: the name, and how many texts it lists."""
    if not digests:
        return {}
    rows = session.exec(
        select(Statement.sha256, Statement.name, func.count())
        .join(StatementEntry, col(StatementEntry.statement) == col(Statement.sha256))
        .where(col(Statement.sha256).in_(digests))
        .group_by(col(Statement.sha256), col(Statement.name))
    ).all()
    return {digest: (name, count) for digest, name, count in rows}
