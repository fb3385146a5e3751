"""Indexes for what is asked at every change, whatever has been stored before."""

import sqlalchemy as sa
from alembic import op

revision = "0022_index_what_grows"
down_revision = "0021_tell_of_webhooks_off"

OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.drop_index("ix_version_state", "version")
    op.create_index("ix_version_state_review_by", "version", ["state", "review_by"])
    op.create_index(
        "ix_statement_open", "statement", ["lapses_at"], sqlite_where=OPEN, postgresql_where=OPEN
    )
    for column in ("replacement", "notice"):
        op.create_index(f"ix_withdrawal_{column}", "withdrawal", [column])


def downgrade() -> None:
    for column in ("replacement", "notice"):
        op.drop_index(f"ix_withdrawal_{column}", "withdrawal")
    op.drop_index("ix_statement_open", "statement")
    op.drop_index("ix_version_state_review_by", "version")
    op.create_index("ix_version_state", "version", ["state"])
