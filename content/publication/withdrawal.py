"""Withdrawals: one person takes a text off every site, at once; a second one confirms it later."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlmodel import Field, Session, SQLModel, col, select

from content import clock, ledger
from content.errors import FourEyes, StateHasMoved, WithdrawalNotFound
from content.people.actor import Actor
from content.people.role import Permission
from content.publication import placement, release
from content.records.version import State, Version
from content.review import workflow

#: The hub's own reasons; take_down.py has those of people.
SOURCE_SAFETY_CHANGE = "source-safety-change"
REVIEW_LAPSED = "review-lapsed"


class Withdrawal(SQLModel, table=True):
    """Why a version left force. Only its confirmation is ever added: a trigger holds the rest."""

    __tablename__ = "withdrawal"

    version: int = Field(primary_key=True, foreign_key="version.id")
    reason: str
    #: What a reader is told.
    text: str
    #: Slug of the section to read instead.
    replacement: str | None = Field(default=None, foreign_key="section.slug", index=True)
    #: Slug of an approved notice.
    notice: str | None = Field(default=None, foreign_key="section.slug", index=True)
    #: None where the hub did it, because time passed or the source changed.
    by: str | None = Field(default=None, foreign_key="person.id")
    at: datetime
    confirmed_by: str | None = Field(default=None, foreign_key="person.id")
    confirmed_at: datetime | None = None


def take_out(
    session: Session,
    version: Version,
    *,
    reason: str,
    text: str,
    by: str | None = None,
    replacement: str | None = None,
    notice: str | None = None,
) -> None:
    """Walk one version from in_force to withdrawn, say why, and put its tombstone into the feed."""
    workflow.move(
        session,
        version,
        State.WITHDRAWN,
        actor=by or "hub",
        event="version.withdrawn",
        detail={"reason": reason},
    )
    session.add(
        Withdrawal(
            version=version.key,
            reason=reason,
            text=text,
            replacement=replacement,
            notice=notice,
            by=by,
            at=clock.now(),
        )
    )
    session.flush()
    page = placement.page_of(session, version.section)
    release.append(session, "withdrawn", version, page=page, reason=reason)


def confirm(session: Session, actor: Actor, section: str, locale: str) -> Withdrawal:
    """A second person stands behind a withdrawal, also after a new text came into force.

    Raises FourEyes for the first one.
    """
    actor.must(Permission.WITHDRAW)
    found = session.exec(
        select(Withdrawal, Version)
        .join(Version, col(Version.id) == col(Withdrawal.version))
        .where(
            col(Version.section) == section,
            col(Version.locale) == locale,
            col(Withdrawal.by).is_not(None),
        )
        .order_by(col(Withdrawal.confirmed_by).is_not(None), col(Version.number).desc())
        .limit(1)
    ).first()
    if found is None:
        raise WithdrawalNotFound(section=section, locale=locale)
    row, version = found
    if row.by == actor.id:
        raise FourEyes("You withdrew it; a second person confirms.")
    confirmed = session.connection().execute(
        update(Withdrawal)
        .where(col(Withdrawal.version) == row.version, col(Withdrawal.confirmed_by).is_(None))
        .values(confirmed_by=actor.id, confirmed_at=clock.now())
    )
    if confirmed.rowcount != 1:
        raise StateHasMoved("This withdrawal was confirmed already.")
    session.refresh(row)
    ledger.append(
        session,
        actor=actor.id,
        event="withdrawal.confirmed",
        subject=version.reference,
        detail={},
    )
    return row


def pointing_to(session: Session, sections: Collection[str]) -> set[str]:
    """Sections of which a text was withdrawn, with one of these to be read instead."""
    there = or_(
        col(Withdrawal.replacement).in_(sections),
        col(Withdrawal.notice).in_(sections),
    )
    rows = session.exec(
        select(Version.section).where(col(Version.id).in_(select(Withdrawal.version).where(there)))
    )
    return set(rows.all())


def instead_of(session: Session, sections: Collection[str]) -> set[str]:
    """The sections to be read instead of a text of these that was withdrawn."""
    rows = session.exec(
        select(Withdrawal.replacement, Withdrawal.notice)
        .join(Version, col(Version.id) == col(Withdrawal.version))
        .where(col(Version.section).in_(sections))
    )
    return {other for others in rows.all() for other in others if other}


def unconfirmed(session: Session, confirm_hours: int) -> list[tuple[Withdrawal, Version, bool]]:
    """(withdrawal, version, late): those that still want a second person."""
    limit = clock.now() - timedelta(hours=confirm_hours)
    rows = session.exec(
        select(Withdrawal, Version)
        .join(Version, col(Version.id) == col(Withdrawal.version))
        .where(col(Withdrawal.confirmed_by).is_(None), col(Withdrawal.by).is_not(None))
        .order_by(col(Withdrawal.at))
    ).all()
    return [(row, version, row.at <= limit) for row, version in rows]
