"""Representations: the answers in force as stored bytes.

They are made in the transaction that changes what is in force, and can be made again from the rest
at any time: the same state gives the same bytes.
"""

import json
from base64 import b64encode
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, time, timedelta
from email.utils import format_datetime
from hashlib import sha256
from typing import Any

import rfc8785
from sqlmodel import Field, Session, SQLModel, col, select

from content import clock
from content.publication import envelope, placement, shelf
from content.publication.problem import MEDIA_TYPE as PROBLEM_TYPE
from content.publication.problem import problem
from content.publication.shelf import Served, Shelf
from content.records.section import Section
from content.records.tree import walk
from content.review.policy import Policy

JSON_TYPE = "application/json"
#: Hexadecimal digits of a digest that an ETag shows.
ETAG_LENGTH = 32


class Representation(SQLModel, table=True):
    """The stored answer of one path. Derived: replaced and removed as what is in force changes."""

    __tablename__ = "representation"

    path: str = Field(primary_key=True)
    section: str = Field(foreign_key="section.slug", index=True)
    status: int
    etag: str
    #: A JSON object of header names and values.
    headers: str
    body: bytes
    seq: int
    #: From then on it is no longer true by itself: a label changes, or the text lapses.
    due_at: datetime | None = None


def refresh(session: Session, touched: Collection[str], policy: Policy) -> int:
    """Make the answers of these sections and of those around them anew; how many changed."""
    if not touched:
        return 0
    scope = _scope(session, touched)
    standing = {
        row.path: row
        for row in session.exec(
            select(Representation).where(col(Representation.section).in_(scope))
        )
    }
    changed = 0
    for made in build(session, scope, policy):
        before = standing.pop(made.path, None)
        if before is not None and _same(before, made):
            continue
        if before is not None:
            session.delete(before)
            session.flush()
        session.add(made)
        changed += 1
    for gone in standing.values():
        session.delete(gone)
    session.flush()
    return changed + len(standing)


def rebuild(session: Session, policy: Policy) -> int:
    """Make every answer anew; how many were not what they should be."""
    return refresh(session, session.exec(select(Section.slug)).all(), policy)


def differing(session: Session, policy: Policy) -> list[str]:
    """Paths whose stored bytes are not what the rest of the database gives. Changes nothing."""
    slugs = set(session.exec(select(Section.slug)).all())
    standing = {row.path: row for row in session.exec(select(Representation))}
    wrong = []
    for made in build(session, slugs, policy):
        before = standing.pop(made.path, None)
        if before is None or not _same(before, made):
            wrong.append(made.path)
    return sorted([*wrong, *standing])


def build(session: Session, scope: Collection[str], policy: Policy) -> Iterator[Representation]:
    """Every answer of the sections in `scope`."""
    known = shelf.load(session, scope)
    for slug in sorted(known.sections):
        yield from _of_section(known, slug, policy)


def _same(one: Representation, other: Representation) -> bool:
    return (one.etag, one.status, one.headers, one.body, one.due_at) == (
        other.etag,
        other.status,
        other.headers,
        other.body,
        other.due_at,
    )


def _scope(session: Session, touched: Collection[str]) -> set[str]:
    """The sections themselves, all below and above them, and the pages they stand on."""
    children = placement.children_of_all(session)
    parent_of = placement.parents(children)
    scope = {slug for start in touched for slug, _ in walk(children, start)}
    scope |= {parent_of[slug] for slug in touched if slug in parent_of}
    # A page's answer needs all of its sections at hand.
    pages = {placement.root(slug, parent_of) for slug in scope}
    return scope | {slug for page in pages for slug, _ in walk(children, page)}


def _of_section(known: Shelf, slug: str, policy: Policy) -> Iterator[Representation]:
    locales = known.locales(slug)
    is_page = slug not in known.parents
    for locale in locales:
        answer = envelope.section(known, slug, locale)
        yield _made(known, slug, locale, answer["urls"]["self"], answer, policy)
        if is_page:
            whole = envelope.page(known, slug, locale)
            yield _made(known, slug, locale, whole["urls"]["self"], whole, policy)
    for section, locale in sorted(known.withdrawn):
        if section == slug:
            yield _tombstone(known, slug, locale, envelope.section_path(slug, locale))
            if is_page:
                yield _tombstone(known, slug, locale, envelope.page_path(slug, locale))
    if locales or any(section == slug for section, _ in known.withdrawn):
        yield _overview(known, slug, policy)


def _made(
    known: Shelf, slug: str, locale: str, path: str, answer: dict[str, Any], policy: Policy
) -> Representation:
    listed = [known.served[s, locale] for s in _slugs_in(answer)]
    alternates = answer["urls"]["alternates"]
    headers = {
        "Content-Language": locale,
        "Content-Location": path,
        "Last-Modified": _http_date(max(one.changed_at for one in listed)),
        "Link": ", ".join(
            f'<{url}>; rel="alternate"; hreflang="{other}"' for other, url in alternates.items()
        ),
        "Surrogate-Key": _keys(slug, locale, answer["page"], " "),
        "Cache-Tag": _keys(slug, locale, answer["page"], ","),
    }
    return _row(
        path,
        slug,
        200,
        answer,
        {name: value for name, value in headers.items() if value},
        seq=answer["seq"],
        due_at=min(_due(one, policy) for one in listed),
    )


def _slugs_in(answer: dict[str, Any]) -> Iterator[str]:
    yield answer["section"]
    for below in answer.get("sections", ()):
        yield from _slugs_in(below)


def _keys(slug: str, locale: str, page: str, separator: str) -> str:
    return separator.join((f"section:{slug}", f"locale:{locale}", f"page:{page}"))


def _due(served: Served, policy: Policy) -> datetime:
    """When this stops being true by itself: its review is due, and later it leaves force."""
    review_by = served.version.review_by
    if review_by >= clock.today():
        return datetime.combine(review_by + timedelta(days=1), time(), UTC)
    last = clock.months_after(review_by, policy.review_by.grace_months)
    return datetime.combine(last + timedelta(days=1), time(), UTC)


def _tombstone(known: Shelf, slug: str, locale: str, path: str) -> Representation:
    version, row = known.withdrawn[slug, locale]
    seq, at = known.seqs[slug, locale]
    answer = problem(
        "withdrawn",
        410,
        row.text,
        section=slug,
        locale=locale,
        version=version.number,
        sha256=version.document,
        reason=row.reason,
        at=clock.stamp(row.at),
        replacement=_pointer(known, row.replacement, locale),
        notice=_pointer(known, row.notice, locale),
        seq=seq,
        **envelope.demo_mark(known.demo, locale),
    )
    headers = {
        "Content-Language": locale,
        "Last-Modified": _http_date(at),
        "Surrogate-Key": _keys(slug, locale, known.root(slug), " "),
        "Cache-Tag": _keys(slug, locale, known.root(slug), ","),
    }
    return _row(path, slug, 410, answer, headers, seq=seq, due_at=None)


def _pointer(known: Shelf, slug: str | None, locale: str) -> dict[str, str] | None:
    """Where to read instead: in this locale; in the language it was written in where it is gone."""
    if slug is None:
        return None
    other = (slug, locale) in known.withdrawn and slug in known.sections
    chosen = known.sections[slug].source_locale if other else locale
    return {"section": slug, "locale": chosen, "url": envelope.section_path(slug, chosen)}


def _overview(known: Shelf, slug: str, policy: Policy) -> Representation:
    seqs = [seq for (section, _), seq in known.seqs.items() if section == slug]
    headers = {"Last-Modified": _http_date(max(at for _, at in seqs))}
    answer = envelope.overview(known, slug)
    due = [_due(known.served[slug, locale], policy) for locale in known.locales(slug)]
    return _row(
        f"/v1/sections/{slug}",
        slug,
        200,
        answer,
        headers,
        seq=max(seq for seq, _ in seqs),
        due_at=min(due, default=None),
    )


def _row(
    path: str,
    slug: str,
    status: int,
    answer: dict[str, Any],
    headers: dict[str, str],
    *,
    seq: int,
    due_at: datetime | None,
) -> Representation:
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
    digest = sha256(body)
    told = {
        "Content-Type": JSON_TYPE if status == 200 else PROBLEM_TYPE,
        "Unencoded-Digest": f"sha-256=:{b64encode(digest.digest()).decode()}:",
        **headers,
    }
    return Representation(
        path=path,
        section=slug,
        status=status,
        etag=f'"{digest.hexdigest()[:ETAG_LENGTH]}"',
        headers=rfc8785.dumps(dict(told)).decode(),
        body=body,
        seq=seq,
        due_at=due_at,
    )


def _http_date(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC), usegmt=True)
