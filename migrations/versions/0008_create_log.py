"""Create the hashes of the transparency log that are kept: those of tiles that have become full."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import text
from migrations.triggers import allow_again, allow_everything, append_only, refuse

revision = "0008_create_log"
down_revision = "0007_create_glossary_and_memory"


def upgrade() -> None:
    op.create_table(
        "log_hash",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        text("hash"),
        sa.PrimaryKeyConstraint("level", "number", name="pk_log_hash"),
    )
    append_only("log_hash", "kept.level = NEW.level AND kept.number = NEW.number")
    refuse(
        "log_hash",
        "INSERT",
        "NEW.number <> (SELECT COALESCE(MAX(h.number), -1) + 1 FROM log_hash h "
        "WHERE h.level = NEW.level)",
        "the log has no gaps",
        "log_hash_is_dense",
    )


def downgrade() -> None:
    allow_again("log_hash", "log_hash_is_dense")
    allow_everything("log_hash")
    op.drop_table("log_hash")
