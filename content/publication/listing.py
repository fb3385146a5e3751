"""Lists of what is in force, a page at a time: the cost does not grow with how far one has read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from content import clock
from content.errors import VersionNotFound
from content.publication import links
from content.publication.representation import Representation
from content.records import version as versions
from content.records.version import PUBLISHED_STATES, State, Version
from content.translation import locale as locales

#: Summaries in one answer.
LIMIT_MAX = 200
SUMMARY_FIELDS = (
    "section",
    "locale",
    "version",
    "status",
    "title",
    "summary",
    "page",
    "last_reviewed",
    "review_by",
    "sha256",
    "seq",
)

Summary = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """What a reader asked for. Empty fields do not narrow it."""

    locale: str = ""
    page: str = ""
    status: str = ""
    changed_since: datetime | None = None
    #: (section, locale) of the last summary of the answer before.
    after: tuple[str, str] | None = None
    limit: int = 50


def summaries(session: Session, wanted: Wanted) -> tuple[list[Summary], bool]:
    """(summaries, more): what is in force, by section and locale."""
    query = select(Representation).where(col(Representation.kind) == "section")
    for column, value in (
        (Representation.locale, wanted.locale),
        (Representation.page, wanted.page),
        (Representation.label, wanted.status),
    ):
        if value:
            query = query.where(col(column) == value)
    if wanted.changed_since is not None:
        query = query.where(col(Representation.changed_at) >= wanted.changed_since)
    if wanted.after is not None:
        section, locale = wanted.after
        query = query.where(
            or_(
                col(Representation.section) > section,
                (col(Representation.section) == section) & (col(Representation.locale) > locale),
            )
        )
    rows = session.exec(
        query.order_by(col(Representation.section), col(Representation.locale)).limit(
            wanted.limit + 1
        )
    ).all()
    return [summary(row) for row in rows[: wanted.limit]], len(rows) > wanted.limit


def summary(row: Representation) -> Summary:
    """What a list says of a stored section."""
    told = json.loads(row.body)
    return {name: told[name] for name in SUMMARY_FIELDS} | {
        "changed_at": clock.stamp(row.changed_at),
        "url": row.path,
    }


def available(session: Session, path_kind: str, slug: str, form: str = "") -> list[dict[str, str]]:
    """Where a section or page can be read instead, in this form: every locale it is in force in."""
    rows = session.exec(
        select(Representation.locale, Representation.path)
        .where(col(Representation.kind) == path_kind, col(Representation.section) == slug)
        .order_by(col(Representation.locale))
    ).all()
    return [
        {"locale": locale, "url": links.form_path(path, form) if form else path}
        for locale, path in rows
    ]


def locale_coverage(session: Session, tags: Sequence[str]) -> list[dict[str, Any]]:
    """Every locale of the hub: its names, and how much is in force in it.

    `coverage` is the share, 0 to 1, of the sections in force in any language.
    """
    counted = dict(
        session.exec(
            select(Version.locale, func.count())
            .where(col(Version.state) == State.IN_FORCE)
            .group_by(Version.locale)
        ).all()
    )
    everything = session.exec(
        select(func.count(func.distinct(Version.section))).where(
            col(Version.state) == State.IN_FORCE
        )
    ).one()
    listed = list(dict.fromkeys([*tags, *sorted(counted)]))
    return [
        {
            "locale": one.tag,
            "name": one.name,
            "native_name": one.native_name,
            "dir": one.dir,
            # Of the hub's locales, where there is one: `en` for `en-AU`, not `en-001`.
            "parent": locales.base(one.tag, listed) or one.parent,
            "in_force": counted.get(one.tag, 0),
            "coverage": round(counted.get(one.tag, 0) / everything, 4) if everything else 0,
        }
        for one in locales.listed(listed)
    ]


def texts_by_label(session: Session) -> dict[str, float]:
    """How many texts are told as `current`, `outdated`, `review-due`, `withdrawn`, `refused`."""
    kinds = ("section", "tombstone", "refusal")
    rows = session.exec(
        select(Representation.label, func.count(func.distinct(_place())))
        .where(col(Representation.kind).in_(kinds))
        .group_by(Representation.label)
    )
    return {label: float(count) for label, count in rows}


def _place() -> ColumnElement[str]:
    """One text, however many addresses it has."""
    return col(Representation.section).concat("/").concat(col(Representation.locale))


def published(session: Session, slug: str, locale: str, number: int) -> Version:
    """A version that was ever in force. Raises VersionNotFound, as for one that never was."""
    version = versions.find(session, slug, locale, number)
    if version.state not in PUBLISHED_STATES:
        raise VersionNotFound(section=slug, locale=locale, version=number)
    return version
