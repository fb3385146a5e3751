"""Create the sessions of the desk, and an index for what one person did last."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import moment, number, one_of, text

revision = "0023_create_desk_sessions"
down_revision = "0022_index_what_grows"

WAYS = ("demo", "token", "passkey", "password")


def upgrade() -> None:
    op.create_table(
        "desk_session",
        sa.Column("id", sa.Integer(), nullable=False),
        text("person"),
        text("digest"),
        text("way"),
        number("token", nullable=True),
        text("browser"),
        moment("created_at"),
        moment("last_seen_at"),
        moment("ended_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_desk_session"),
        sa.UniqueConstraint("digest", name="uq_desk_session_digest"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_desk_session_person"),
        sa.ForeignKeyConstraint(["token"], ["token.id"], name="fk_desk_session_token"),
        sa.CheckConstraint(one_of("way", WAYS), name="way"),
        sa.CheckConstraint("(way = 'token') = (token IS NOT NULL)", name="by_token"),
        sa.CheckConstraint("length(digest) = 64", name="digest"),
        sa.CheckConstraint("length(browser) <= 60", name="browser"),
        sa.CheckConstraint("last_seen_at >= created_at", name="seen"),
        sa.CheckConstraint("ended_at >= created_at", name="ended"),
    )
    op.create_index("ix_desk_session_person", "desk_session", ["person"])
    op.create_index("ix_ledger_actor_seq", "ledger", ["actor", "seq"])


def downgrade() -> None:
    op.drop_index("ix_ledger_actor_seq", "ledger")
    op.drop_table("desk_session")
