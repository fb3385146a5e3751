"""Releases: what members see happen, numbered without a gap. The feed is read from here."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Field, Session, SQLModel, col, func, or_, select

from content import clock
from content.records.version import Version
from content.sign_off.trust_file import TrustFile
from content.transaction import known

#: Under what name a writing transaction knows the last sequence number.
LAST_KEY = "release.last"
#: Types that are told whatever a reader asks for.
UNFILTERED = ("withdrawn", "trust")
#: Events in one answer of the feed.
FEED_MAX = 1_000


class Release(SQLModel, table=True):
    """One event of the feed. Never changed and never deleted: a trigger refuses both.

    `type` is in_force, outdated, current, review_due, withdrawn, notice or trust.
    """

    __tablename__ = "release"

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    type: str
    #: None, like all that a text has, where the event is of a trust file.
    section: str | None = Field(default=None, foreign_key="section.slug", index=True)
    locale: str | None = None
    #: The number of the text, or of the trust file.
    version: int
    document: str | None = Field(default=None, foreign_key="document.sha256")
    page: str | None = None
    at: datetime
    change_kind: str | None = None
    change_summary: str | None = None
    reason: str | None = None
    trust_file: str | None = Field(default=None, foreign_key="trust_file.sha256")


def append(
    session: Session, kind: str, version: Version, *, page: str, reason: str | None = None
) -> int:
    """Write one event and return its sequence number. The caller holds the writer's place."""
    assert version.document is not None  # noqa: S101 (it was in force)
    return _append(
        session,
        type=kind,
        section=version.section,
        locale=version.locale,
        version=version.number,
        document=version.document,
        page=page,
        at=clock.now(),
        change_kind=version.change_kind,
        change_summary=version.change_summary,
        reason=reason,
    )


def append_trust(session: Session, row: TrustFile) -> int:
    """Tell that this trust file holds now; its sequence number."""
    return _append(
        session, type="trust", version=row.version, at=clock.now(), trust_file=row.sha256
    )


def _append(session: Session, **fields: Any) -> int:
    seq = (known(session).get(LAST_KEY) or newest_seq(session)) + 1
    session.connection().execute(insert(Release), Release(seq=seq, **fields).model_dump())
    known(session)[LAST_KEY] = seq
    return seq


def newest_seq(session: Session) -> int:
    """The last sequence number; 0 where nothing was ever in force."""
    return session.exec(select(func.max(Release.seq))).one() or 0


def after(
    session: Session, seq: int, *, locale: str = "", page: str = "", limit: int = FEED_MAX
) -> tuple[list[Release], int, bool]:
    """(events, next, more): the events after `seq`, where to go on, whether there are more.

    A filter never hides a withdrawal, since whoever filters may still hold the text, nor a trust
    file, which is everybody's. `next` moves on over what the filter left out.
    """
    query = select(Release).where(col(Release.seq) > seq)
    of_all = col(Release.type).in_(UNFILTERED)
    if locale:
        query = query.where(or_(col(Release.locale) == locale, of_all))
    if page:
        query = query.where(or_(col(Release.page) == page, of_all))
    events = list(session.exec(query.order_by(col(Release.seq)).limit(limit + 1)).all())
    if len(events) > limit:
        return events[:limit], events[limit - 1].seq, True
    return events, max(seq, newest_seq(session)), False


def told(event: Release) -> dict[str, Any]:
    """An event as the feed has it."""
    change = {"kind": event.change_kind, "summary": event.change_summary}
    return {
        "seq": event.seq,
        "type": event.type,
        "section": event.section,
        "locale": event.locale,
        "version": event.version,
        "sha256": event.document or event.trust_file,
        "page": event.page,
        "at": clock.stamp(event.at),
        "change": change if event.section else None,
        "reason": event.reason,
    }
