"""Answers as bytes: what is stored for each path, made from what is in force."""

import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from email.utils import format_datetime
from hashlib import sha256
from typing import Any, Literal

import rfc8785

from content import clock
from content.errors import NotSignedOff
from content.publication import envelope
from content.publication.problem import MEDIA_TYPE as PROBLEM_TYPE
from content.publication.problem import problem
from content.publication.shelf import Served, Shelf
from content.review.policy import Policy

JSON_TYPE = "application/json"
#: Hexadecimal digits of a digest that an ETag shows.
ETAG_LENGTH = 32

Kind = Literal["section", "page", "overview", "tombstone", "refusal"]


@dataclass(frozen=True)
class Answer:
    """What one path is answered with. The first fields are what lists are made from."""

    path: str
    kind: Kind
    section: str
    locale: str
    page: str
    #: `current`, `outdated`, `review-due`, `withdrawn` or `refused`.
    label: str
    changed_at: datetime
    status: int
    etag: str
    #: A JSON object of header names and values.
    headers: str
    body: bytes
    seq: int
    #: From then on it is no longer true by itself: a label changes, or the text lapses.
    due_at: datetime | None


def of_section(known: Shelf, slug: str, policy: Policy) -> Iterator[Answer]:
    """Every answer there is about one section."""
    is_page = slug not in known.parents
    for locale in known.locales(slug):
        yield _of_text(known, "section", envelope.section(known, slug, locale), policy)
        if is_page:
            yield _of_text(known, "page", envelope.page(known, slug, locale), policy)
    withdrawn = known.withdrawn_locales(slug)
    for locale in withdrawn:
        yield _tombstone(known, slug, locale, envelope.section_path(slug, locale))
        if is_page:
            yield _tombstone(known, slug, locale, envelope.page_path(slug, locale))
    refused = known.refused_locales(slug)
    for locale in refused:
        yield _refusal(known, slug, locale, envelope.section_path(slug, locale))
        if is_page:
            yield _refusal(known, slug, locale, envelope.page_path(slug, locale))
    if withdrawn or refused or known.locales(slug):
        yield _overview(known, slug, policy)


def as_json(told: Any) -> bytes:
    """Compact UTF-8 JSON, the same bytes for the same value."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def etag(body: bytes) -> str:
    """A strong validator: the beginning of the body's SHA-256."""
    return f'"{sha256(body).hexdigest()[:ETAG_LENGTH]}"'


def http_date(at: datetime) -> str:
    """As RFC 9110, 5.6.7 writes it."""
    return format_datetime(at.astimezone(UTC), usegmt=True)


def _of_text(known: Shelf, kind: Kind, told: dict[str, Any], policy: Policy) -> Answer:
    slug, locale = told["section"], told["locale"]
    listed = [known.served[section, locale] for section in _sections_in(told)]
    alternates = (
        f'<{url}>; rel="alternate"; hreflang="{other}"'
        for other, url in told["urls"]["alternates"].items()
    )
    return _answer(
        known,
        told["urls"]["self"],
        kind,
        slug,
        locale,
        told,
        label=told["status"],
        changed_at=max(one.changed_at for one in listed),
        due_at=min(_due(one, policy) for one in listed),
        headers={"Content-Location": told["urls"]["self"], "Link": ", ".join(alternates)},
    )


def _sections_in(told: dict[str, Any]) -> Iterator[str]:
    yield told["section"]
    for below in told.get("sections", ()):
        yield from _sections_in(below)


def _due(served: Served, policy: Policy) -> datetime:
    """When this stops being true by itself: its review is due, and later it leaves force."""
    review_by = served.version.review_by
    if review_by >= clock.today():
        return datetime.combine(review_by + timedelta(days=1), time(), UTC)
    last = clock.months_after(review_by, policy.review_by.grace_months)
    return datetime.combine(last + timedelta(days=1), time(), UTC)


def _tombstone(known: Shelf, slug: str, locale: str, path: str) -> Answer:
    version, row = known.withdrawn[slug, locale]
    seq, at = known.seqs[slug, locale]
    told = problem(
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
    return _answer(
        known,
        path,
        "tombstone",
        slug,
        locale,
        told,
        label="withdrawn",
        changed_at=at,
        due_at=None,
        status=410,
    )


def _refusal(known: Shelf, slug: str, locale: str, path: str) -> Answer:
    """What is said of a text in force that does not pass the check that members make."""
    version = known.refused[slug, locale]
    seq, at = known.seqs[slug, locale]
    told = problem(
        NotSignedOff.code,
        503,
        NotSignedOff().message,
        section=slug,
        locale=locale,
        version=version.number,
        sha256=version.document,
        seq=seq,
        **envelope.demo_mark(known.demo, locale),
    )
    return _answer(
        known,
        path,
        "refusal",
        slug,
        locale,
        told,
        label="refused",
        changed_at=at,
        due_at=None,
        status=503,
    )


def _pointer(known: Shelf, slug: str | None, locale: str) -> dict[str, str] | None:
    """Where to read instead: in this locale, or as it was written where it is not in force here."""
    if slug is None:
        return None
    served = (slug, locale) in known.served
    chosen = locale if served else known.sections[slug].source_locale
    return {"section": slug, "locale": chosen, "url": envelope.section_path(slug, chosen)}


def _overview(known: Shelf, slug: str, policy: Policy) -> Answer:
    listed = [known.served[slug, locale] for locale in known.locales(slug)]
    times = [at for _, at in _events(known, slug)]
    return _answer(
        known,
        f"/v1/sections/{slug}",
        "overview",
        slug,
        "",
        envelope.overview(known, slug),
        label="",
        changed_at=max(times),
        due_at=min((_due(one, policy) for one in listed), default=None),
    )


def _events(known: Shelf, slug: str) -> list[tuple[int, datetime]]:
    """The last event of the section in each locale."""
    places = ((slug, locale) for locale in known.all_locales)
    return [known.seqs[place] for place in places if place in known.seqs]


def _answer(
    known: Shelf,
    path: str,
    kind: Kind,
    slug: str,
    locale: str,
    told: dict[str, Any],
    *,
    label: str,
    changed_at: datetime,
    due_at: datetime | None,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> Answer:
    body = as_json(told)
    page = known.root(slug)
    keys = [f"section:{slug}", *([f"locale:{locale}"] if locale else []), f"page:{page}"]
    digest = b64encode(sha256(body).digest()).decode()
    all_headers = {
        "Content-Type": JSON_TYPE if status == 200 else PROBLEM_TYPE,
        "Content-Language": locale,
        "Last-Modified": http_date(changed_at),
        "Surrogate-Key": " ".join(keys),
        "Cache-Tag": ",".join(keys),
        "Unencoded-Digest": f"sha-256=:{digest}:",
        "Demo": "true" if known.demo else "",
        **(headers or {}),
    }
    return Answer(
        path=path,
        kind=kind,
        section=slug,
        locale=locale,
        page=page,
        label=label,
        changed_at=changed_at,
        status=status,
        etag=etag(body),
        headers=rfc8785.dumps(
            {name: value for name, value in all_headers.items() if value}
        ).decode(),
        body=body,
        seq=told["seq"] if "seq" in told else max(seq for seq, _ in _events(known, slug)),
        due_at=due_at,
    )
