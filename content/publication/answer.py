"""Answers as bytes: what is stored for each path, made from what is in force."""

import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from email.utils import format_datetime
from hashlib import sha256
from typing import Any, Literal

import rfc8785

from content import clock
from content.errors import NotSignedOff
from content.publication import envelope, links
from content.publication.forms import FORMS, GUARDS, Form, Outside, Title
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
    #: A Kind, and of a form its name behind it, `section.html`: lists are made of the JSON alone.
    kind: str
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
        yield from _of_text(known, "section", envelope.section(known, slug, locale), policy)
        if is_page:
            yield from _of_text(known, "page", envelope.page(known, slug, locale), policy)
    withdrawn = known.withdrawn_locales(slug)
    for locale in withdrawn:
        yield from _at_all(_tombstone(known, slug, locale, envelope.section_path(slug, locale)))
        if is_page:
            yield from _at_all(_tombstone(known, slug, locale, envelope.page_path(slug, locale)))
    refused = known.refused_locales(slug)
    for locale in refused:
        yield from _at_all(_refusal(known, slug, locale, envelope.section_path(slug, locale)))
        if is_page:
            yield from _at_all(_refusal(known, slug, locale, envelope.page_path(slug, locale)))
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


def _of_text(known: Shelf, kind: Kind, told: dict[str, Any], policy: Policy) -> Iterator[Answer]:
    """The envelope as JSON, and in every other form."""
    path = told["urls"]["self"]
    listed = [known.served[section, told["locale"]] for section in _sections_in(told)]
    made = _answer(
        known,
        path,
        kind,
        told["section"],
        told["locale"],
        told,
        label=told["status"],
        changed_at=max(one.changed_at for one in listed),
        due_at=min(_due(one, policy) for one in listed),
        headers={"Content-Location": path, "Link": links.of_json(told)},
    )
    yield made
    outside = Outside(made.changed_at, _titles(known, told))
    yield from (_in_form(form, made, told, outside) for form in FORMS.values())


def _in_form(form: Form, made: Answer, told: dict[str, Any], outside: Outside) -> Answer:
    body = form.render(told, outside).encode()
    path = links.form_path(made.path, form.name)
    own = GUARDS | {
        "Content-Type": form.media_type,
        "Content-Location": path,
        "Link": links.of_form(told, form.name),
        "Unencoded-Digest": _digest(body),
    }
    headers = as_json(dict(sorted((json.loads(made.headers) | own).items()))).decode()
    kind = f"{made.kind}.{form.name}"
    return replace(made, path=path, kind=kind, etag=etag(body), headers=headers, body=body)


def _titles(known: Shelf, told: dict[str, Any]) -> dict[str, Title]:
    """Of what the page lacks in this language, as it was written; its slug where nothing is."""
    return {slug: _title(known, slug) for slug in told.get("missing", ())}


def _title(known: Shelf, slug: str) -> Title:
    for locale in known.locales(slug):
        title = known.served[slug, locale].document.title
        return Title(title, locale, envelope.section_path(slug, locale))
    return Title(slug, "en", f"/v1/sections/{slug}")


def _at_all(made: Answer) -> Iterator[Answer]:
    """A refusal at the address of the text, and at that of each of its forms."""
    yield made
    yield from (replace(made, path=links.form_path(made.path, name)) for name in FORMS)


def _digest(body: bytes) -> str:
    """As RFC 9530 writes it."""
    return f"sha-256=:{b64encode(sha256(body).digest()).decode()}:"


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
    all_headers = {
        "Content-Type": JSON_TYPE if status == 200 else PROBLEM_TYPE,
        "Content-Language": locale,
        "Last-Modified": http_date(changed_at),
        "Surrogate-Key": " ".join(keys),
        "Cache-Tag": ",".join(keys),
        "Unencoded-Digest": _digest(body),
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
