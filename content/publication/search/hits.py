"""Hits: what was found, the best first.

Texts that have all words in their titles come before others. Of either kind no more than
CANDIDATES_MAX are ranked, whatever the number that fit: so a word that stands in every text costs
no more than a rare one, and the others are not looked for when titles fill the answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from content.publication.search import fts5, patience, query, snippet, tsvector
from content.publication.search.entry import Entry
from content.publication.search.query import Query
from content.publication.search.reach import Reach
from content.translation import locale as locales

#: Hits in one answer.
LIMIT_MAX = 50
#: Texts that are ranked, of those with the words in their titles and of the others.
CANDIDATES_MAX = 200
#: How far one can go on.
OFFSET_MAX = 2 * CANDIDATES_MAX

Hit = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """What a reader asked for. Frozen. Empty fields do not narrow it."""

    text: str
    locale: str = ""
    page: str = ""
    #: Hits that the reader has.
    offset: int = 0
    limit: int = 10


@dataclass(frozen=True)
class _Ranked:
    entry: int
    section: str
    locale: str
    score: float


def find(session: Session, wanted: Wanted) -> tuple[list[Hit], bool]:
    """(hits, more). Raises SearchRefused, SearchTooSlow."""
    asked = query.read(wanted.text)
    chain = (wanted.locale, *locales.ancestors(wanted.locale)) if wanted.locale else ()
    until = wanted.offset + wanted.limit
    ranked: list[_Ranked] = []
    with patience.bounded(session):
        for tier in _tiers(session, asked, Reach(chain, wanted.page)):
            known = {one.entry for one in ranked}
            ranked += [one for one in tier if one.entry not in known]
            if len(ranked) > until:
                break
    shown = ranked[wanted.offset : until]
    return _told(session, asked, shown), len(ranked) > until


def _tiers(session: Session, asked: Query, reach: Reach) -> Iterator[list[_Ranked]]:
    connection = session.connection()
    index = fts5 if connection.dialect.name == "sqlite" else tsvector
    for found in index.tiers(connection, asked, reach, CANDIDATES_MAX):
        yield _ranked(session, dict(found), reach)


def _ranked(session: Session, scores: dict[int, float], reach: Reach) -> list[_Ranked]:
    rows = session.exec(
        select(Entry.id, Entry.section, Entry.locale).where(col(Entry.id).in_(scores))
    ).all()
    nearer = _nearer(session, {section for _, section, _ in rows}, reach)
    found = [
        _Ranked(key, section, locale, round(scores[key], 6))
        for key, section, locale in rows
        if key is not None and nearer.get(section, locale) == locale
    ]
    return sorted(found, key=lambda one: (-one.score, one.section, one.locale))


def _nearer(session: Session, sections: set[str], reach: Reach) -> dict[str, str]:
    """The locale to read each section in, where a reader would also take a more general one."""
    if len(reach.locales) < 2:
        return {}
    rows = session.exec(
        select(Entry.section, Entry.locale).where(
            col(Entry.section).in_(sections), col(Entry.locale).in_(reach.locales)
        )
    ).all()
    rows = sorted(rows, key=lambda row: -reach.locales.index(row[1]))
    return dict(rows)


def _told(session: Session, asked: Query, shown: list[_Ranked]) -> list[Hit]:
    keys = [one.entry for one in shown]
    rows = {row.id: row for row in session.exec(select(Entry).where(col(Entry.id).in_(keys)))}
    return [_hit(asked, rows[one.entry], one.score) for one in shown]


def _hit(asked: Query, row: Entry, score: float) -> Hit:
    return {
        "section": row.section,
        "locale": row.locale,
        "version": row.version,
        "status": row.label,
        "title": row.title,
        "summary": row.summary,
        "snippet": snippet.snippet(asked, row.summary, row.body),
        "url": row.path,
        "page": row.page,
        "seq": row.seq,
        "score": score,
    }
