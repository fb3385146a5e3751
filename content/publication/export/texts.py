"""Texts: stored answers, histories, old versions, documents and the figures they show."""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import sha256
from typing import Any

from sqlmodel import Session, col, select

from content.errors import NotSignedOff
from content.publication import caching, envelope, history
from content.publication.answer import JSON_TYPE, etag
from content.publication.export.exported import Exported, of_value
from content.publication.representation import Representation
from content.records import document as documents
from content.records import figure
from content.records.document import StoredDocument
from content.records.figure import Figure
from content.records.section import Section
from content.records.version import State, Version

#: Rows that are read at a time.
AT_ONCE = 500
#: Sections whose histories are: each has many rows.
SECTIONS_AT_ONCE = 100
#: What was in force and was not withdrawn.
READABLE = (State.IN_FORCE, State.SUPERSEDED)


def stored(session: Session) -> Iterator[Exported]:
    """Every stored answer, tombstones and refusals with them."""
    last = ""
    while rows := _stored_after(session, last):
        for path, status, tag, headers in rows:
            told = json.loads(headers) | {"Cache-Control": caching.of_stored(status)}
            yield Exported(path, told, partial(_body, session, path, tag), status, tag)
        last = rows[-1][0]


def _stored_after(session: Session, path: str) -> Sequence[tuple[str, int, str, str]]:
    columns = (
        Representation.path,
        Representation.status,
        Representation.etag,
        Representation.headers,
    )
    query = select(*columns).where(col(Representation.path) > path)
    return session.exec(query.order_by(col(Representation.path)).limit(AT_ONCE)).all()


def _body(session: Session, path: str, tag: str) -> bytes:
    """Raises NotSignedOff for bytes that nobody stored here."""
    query = select(Representation.body).where(col(Representation.path) == path)
    body = session.exec(query).one()
    if etag(body) != tag:
        raise NotSignedOff(path=path)
    return body


def histories(session: Session, is_demo: bool) -> Iterator[Exported]:
    """What was ever in force, place by place."""
    slugs = session.exec(select(Section.slug).order_by(col(Section.slug))).all()
    for start in range(0, len(slugs), SECTIONS_AT_ONCE):
        some = slugs[start : start + SECTIONS_AT_ONCE]
        for slug, locale, found in history.of_sections(session, some):
            yield of_value(
                f"{envelope.section_path(slug, locale)}/versions",
                caching.IN_FORCE,
                partial(history.told, slug, locale, found, is_demo),
            )


def old_versions(session: Session) -> Iterator[Exported]:
    """By number, as their documents; what was withdrawn is not there."""
    last = 0
    while rows := _versions_after(session, last):
        for _, slug, locale, number, digest in rows:
            path = f"{envelope.section_path(slug, locale)}/versions/{number}"
            yield _document(session, path, digest, {})
        last = rows[-1][0] or 0


def _versions_after(session: Session, last: int) -> list[tuple[int, str, str, int, str]]:
    query = (
        select(Version)
        .where(col(Version.state).in_(READABLE), col(Version.id) > last)
        .order_by(col(Version.id))
        .limit(AT_ONCE)
    )
    rows = session.exec(query)
    return [(one.key, one.section, one.locale, one.number, one.document or "") for one in rows]


def contents(session: Session) -> Iterator[Exported]:
    """Documents by digest."""
    for digest in _digests(session):
        yield _document(session, f"/v1/content/{digest}", digest, caching.SHARED_YEAR)


def _digests(session: Session) -> list[str]:
    query = select(Version.document).where(col(Version.state).in_(READABLE)).distinct()
    return sorted(one for one in session.exec(query) if one)


def _document(session: Session, url: str, digest: str, more: dict[str, str]) -> Exported:
    told = {"Content-Type": JSON_TYPE, "Cache-Control": caching.IMMUTABLE_DAY} | more
    load = partial(documents.load_whole, session, digest)
    return Exported(url, told, load, tag=f'"{digest}"')


def figures(session: Session) -> Iterator[Exported]:
    """The pictures that these documents show, and no others: a draft has pictures as well."""
    for digest in sorted(_shown(session)):
        query = select(Figure.media_type).where(col(Figure.sha256) == digest)
        told = figure.headers(session.exec(query).one())
        told["Cache-Control"] = caching.IMMUTABLE_YEAR
        load = partial(_picture, session, digest)
        yield Exported(figure.path(digest), told, load, tag=f'"{digest}"')


def _picture(session: Session, digest: str) -> bytes:
    body = figure.load(session, digest).body
    if sha256(body).hexdigest() != digest:
        raise NotSignedOff(sha256=digest)
    return body


def _shown(session: Session) -> set[str]:
    found: set[str] = set()
    digests = _digests(session)
    for start in range(0, len(digests), AT_ONCE):
        listed = digests[start : start + AT_ONCE]
        query = select(StoredDocument.body).where(col(StoredDocument.sha256).in_(listed))
        for body in session.exec(query):
            # Cheaper than to read them all: most texts have no picture.
            if b"/v1/figures/" in body:
                found |= {one["sha256"] for one in _figures_of(body)}
    return found


def _figures_of(body: bytes) -> list[dict[str, Any]]:
    told: dict[str, Any] = json.loads(body)
    return list(told["figures"])
