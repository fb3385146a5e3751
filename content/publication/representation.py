"""Representations: the answers in force as stored bytes.

They are made in the transaction that changes what is in force, and can be made again from the rest
at any time: the same state gives the same bytes.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Index, bindparam, delete, insert
from sqlmodel import Field, Session, SQLModel, col, select

from content.errors import NotSignedOff
from content.publication import answer, coding, generation, placement, shelf, withdrawal
from content.publication.answer import Answer
from content.publication.search import index
from content.records import document as documents
from content.records.section import Section
from content.records.tree import walk
from content.records.version import State, Version, is_in
from content.review.policy import Policy


class Representation(SQLModel, table=True):
    """The stored Answer of one path. Derived: replaced and removed as what is in force changes."""

    __tablename__ = "representation"
    __table_args__ = (Index(None, "kind", "section", "locale"),)

    path: str = Field(primary_key=True)
    kind: str
    section: str = Field(foreign_key="section.slug", index=True)
    locale: str
    page: str
    label: str
    changed_at: datetime
    status: int
    etag: str = Field(index=True)
    headers: str
    body: bytes
    seq: int
    due_at: datetime | None = None


def refresh(session: Session, touched: Collection[str], policy: Policy) -> int:
    """Make the answers of these sections and of those around them anew; how many changed."""
    if not touched:
        return 0
    affected = _affected(session, touched)
    standing = _standing(session, affected)
    made = {answer.path: answer for answer in build(session, affected, policy)}
    stale = [path for path, answer in standing.items() if made.get(path) != answer]
    fresh = [vars(answer) for path, answer in made.items() if standing.get(path) != answer]
    session.flush()
    connection = session.connection()
    if stale:
        remove = delete(Representation).where(col(Representation.path) == bindparam("gone"))
        connection.execute(remove, [{"gone": path} for path in stale])
    if fresh:
        connection.execute(insert(Representation), fresh)
    coding.let_go(session, {standing[path].etag for path in stale})
    if stale or fresh:
        generation.step(session)
    unfound = index.keep(session, affected, made.values())
    return len(set(stale) | {row["path"] for row in fresh} | unfound)


def rebuild(session: Session, policy: Policy) -> int:
    """Make every answer anew; how many were not what they should be."""
    count = refresh(session, session.exec(select(Section.slug)).all(), policy)
    index.remake(session)
    return count


def differing(session: Session, policy: Policy) -> list[str]:
    """Paths whose stored bytes are not what the rest of the database gives. Changes nothing."""
    slugs = set(session.exec(select(Section.slug)).all())
    standing = _standing(session, slugs)
    made = {answer.path: answer for answer in build(session, slugs, policy)}
    wrong = {path for path in standing.keys() | made.keys() if standing.get(path) != made.get(path)}
    return sorted(wrong | index.differing(session, slugs, made.values()))


def build(session: Session, slugs: Collection[str], policy: Policy) -> Iterator[Answer]:
    """Every answer of these sections."""
    known = shelf.load(session, _needed(session, slugs), policy)
    for slug in sorted(slugs):
        if slug in known.sections:
            yield from answer.of_section(known, slug, policy)


def _standing(session: Session, slugs: Collection[str]) -> dict[str, Answer]:
    """What is stored now, by path."""
    table = SQLModel.metadata.tables["representation"]
    rows = session.connection().execute(table.select().where(table.c.section.in_(slugs)))
    return {row.path: Answer(**row._mapping) for row in rows}


def rests_on(session: Session, slug: str) -> set[str]:
    """The sections of whose texts the answers about one are made, itself first of all.

    Its texts name their children, with titles; a tombstone, where to read instead. The answer of a
    whole page has more in it. Empty where there is no such section.
    """
    if session.get(Section, slug) is None:
        return set()
    in_force = session.exec(
        select(Version.document).where(col(Version.section) == slug, is_in({State.IN_FORCE}))
    )
    told = [_children(session, document) for document in in_force if document is not None]
    instead = withdrawal.instead_of(session, {slug})
    return {slug, *instead, *(child for children in told for child in children)}


def _children(session: Session, digest: str) -> Sequence[str]:
    """What a document lists below itself. Nobody has looked at it yet, so it is not kept."""
    try:
        children: list[str] = json.loads(documents.load_whole(session, digest))["children"]
    except NotSignedOff:  # then its text will be refused
        return ()
    return children


def _affected(session: Session, touched: Collection[str]) -> set[str]:
    """The sections themselves, all below them, their parents and the pages they stand on.

    And those whose tombstone says to read one of them instead.
    """
    children = placement.children_around(session, touched)
    parent_of = placement.parents(children)
    below = {slug for start in touched for slug, _ in walk(children, start)}
    above = {parent_of[slug] for slug in touched if slug in parent_of}
    pages = {placement.root(slug, parent_of) for slug in below}
    return below | above | pages | withdrawal.pointing_to(session, touched)


def _needed(session: Session, slugs: Collection[str]) -> set[str]:
    """What has to be at hand to make their answers.

    A page's answer holds all of its sections; a tombstone knows where the text to read instead is
    in force.
    """
    children = placement.children_around(session, slugs)
    parent_of = placement.parents(children)
    pages = {placement.root(slug, parent_of) for slug in slugs}
    listed = set(slugs) | {slug for page in pages for slug, _ in walk(children, page)}
    return listed | withdrawal.instead_of(session, listed)
