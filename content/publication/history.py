"""Histories: what was ever in force at a place, with its dates, its change, and what signed it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlmodel import Session, col, select

from content import clock
from content.publication import envelope
from content.publication.release import Release
from content.records import section as sections
from content.records.version import PUBLISHED_STATES, Version, is_in
from content.sign_off.statement import Statement, StatementEntry, StatementState

History = list[dict[str, Any]]
#: The number of a version, and when it came or went.
Times = dict[int, str]


def of_text(session: Session, slug: str, locale: str) -> History:
    """That of one text, newest first; empty where nothing was ever in force.

    Raises SectionNotFound.
    """
    sections.find(session, slug)
    return {at: found for _, at, found in of_sections(session, [slug])}.get(locale, [])


def of_sections(session: Session, slugs: Collection[str]) -> Iterator[tuple[str, str, History]]:
    """(section, locale, history) of every text of these sections that was ever in force."""
    rows = session.exec(
        select(Version)
        .where(col(Version.section).in_(slugs), is_in(PUBLISHED_STATES))
        .order_by(col(Version.section), col(Version.locale), col(Version.number).desc())
    ).all()
    came, went = _times(session, slugs)
    signed = _sign_offs(session, slugs)
    texts: dict[tuple[str, str], list[Version]] = defaultdict(list)
    for version in rows:
        texts[version.section, version.locale].append(version)
    for place, versions in texts.items():
        yield *place, _history(versions, came[place], went[place], signed)


def told(slug: str, locale: str, found: History, is_demo: bool) -> dict[str, Any]:
    """As it is served."""
    mark = envelope.demo_mark(is_demo, locale)
    return {"section": slug, "locale": locale, "versions": found, **mark}


def _history(
    versions: Sequence[Version], came: Times, went: Times, signed: dict[int, str]
) -> History:
    told = []
    superseded_at: str | None = None
    for version in versions:
        path = envelope.section_path(version.section, version.locale)
        told.append(
            {
                "version": version.number,
                "state": version.state,
                "in_force_since": came.get(version.number),
                "in_force_until": went.get(version.number, superseded_at),
                "change": {"kind": version.change_kind, "summary": version.change_summary},
                "sha256": version.document,
                "sign_off": signed.get(version.key),
                "url": f"{path}/versions/{version.number}",
            }
        )
        superseded_at = came.get(version.number)
    return told


def _times(session: Session, slugs: Collection[str]) -> tuple[dict[Any, Times], dict[Any, Times]]:
    """When each came into force and when it was withdrawn, by section and locale."""
    events = session.exec(
        select(Release).where(col(Release.section).in_(slugs)).order_by(col(Release.seq))
    )
    came: dict[Any, Times] = defaultdict(dict)
    went: dict[Any, Times] = defaultdict(dict)
    for event in events:
        if event.type in ("in_force", "withdrawn"):
            times = came if event.type == "in_force" else went
            times[event.section, event.locale][event.version] = clock.stamp(event.at)
    return came, went


def _sign_offs(session: Session, slugs: Collection[str]) -> dict[int, str]:
    """What signed each version, by its id: the first statement where there are several."""
    rows = session.exec(
        select(StatementEntry.version, StatementEntry.statement)
        .join(Statement, col(Statement.sha256) == col(StatementEntry.statement))
        .join(Version, col(Version.id) == col(StatementEntry.version))
        .where(
            col(Version.section).in_(slugs),
            col(Statement.state) == StatementState.SIGNED_OFF,
        )
        .order_by(col(Statement.name).desc())
    )
    return dict(list(rows))
