"""Where a version was put to signature."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from content.sign_off.statement import Statement, StatementEntry


def of_version(session: Session, version: int) -> Sequence[Statement]:
    """Every statement that listed this version, the newest first."""
    return session.exec(
        select(Statement)
        .join(StatementEntry, col(StatementEntry.statement) == col(Statement.sha256))
        .where(col(StatementEntry.version) == version)
        .order_by(col(Statement.opened_at).desc(), col(Statement.name).desc())
    ).all()
