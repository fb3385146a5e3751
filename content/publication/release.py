"""Releases: what members see happen, numbered without a gap. The feed is read from here."""

from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Field, Session, SQLModel, col, func, or_, select

from content import clock
from content.records.version import Version
from content.transaction import known

#: Under what name a writing transaction knows the last sequence number.
LAST_KEY = "release.last"
#: Events in one answer of the feed.
FEED_MAX = 1_000


class Release(SQLModel, table=True):
    """One event of the feed. Never changed and never deleted: a trigger refuses both.

    `type` is in_force, outdated, current, review_due, withdrawn, notice or trust.
    """

    __tablename__ = "release"

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    type: str
    section: str = Field(foreign_key="section.slug", index=True)
    locale: str
    version: int
    document: str = Field(foreign_key="document.sha256")
    page: str
    at: datetime
    change_kind: str
    change_summary: str
    reason: str | None = None


def append(
    session: Session, kind: str, version: Version, *, page: str, reason: str | None = None
) -> int:
    """Write one event and return its sequence number. The caller holds the writer's place."""
    seq = (known(session).get(LAST_KEY) or newest_seq(session)) + 1
    assert version.document is not None  # noqa: S101 (it was in force)
    event = Release(
        seq=seq,
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
    session.connection().execute(insert(Release), event.model_dump())
    known(session)[LAST_KEY] = seq
    return seq


def newest_seq(session: Session) -> int:
    """The last sequence number; 0 where nothing was ever in force."""
    return session.exec(select(func.max(Release.seq))).one() or 0


def after(
    session: Session, seq: int, *, locale: str = "", page: str = "", limit: int = FEED_MAX
) -> tuple[list[Release], int, bool]:
    """(events, next, more): the events after `seq`, where to go on, whether there are more.

    A filter never hides a withdrawal: whoever filters may still hold the text. `next` moves on
    over what the filter left out.
    """
    query = select(Release).where(col(Release.seq) > seq)
    tombstone = col(Release.type) == "withdrawn"
    if locale:
        query = query.where(or_(col(Release.locale) == locale, tombstone))
    if page:
        query = query.where(or_(col(Release.page) == page, tombstone))
    events = list(session.exec(query.order_by(col(Release.seq)).limit(limit + 1)).all())
    if len(events) > limit:
        return events[:limit], events[limit - 1].seq, True
    return events, max(seq, newest_seq(session)), False
