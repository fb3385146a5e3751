"""Create recalls, and what becomes of each with each member that showed the text."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import flag, moment, number, text
from migrations.triggers import (
    allow_again,
    allow_deleting,
    allow_everything,
    append_only,
    never_deleted,
    refuse,
)

revision = "0017_create_recalls"
down_revision = "0016_create_showing"


def upgrade() -> None:
    op.create_table(
        "recall",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        text("section"),
        text("locale"),
        number("version"),
        moment("at"),
        sa.PrimaryKeyConstraint("seq", name="pk_recall"),
        sa.ForeignKeyConstraint(["seq"], ["release.seq"], name="fk_recall_seq"),
    )
    op.create_index("ix_recall_section", "recall", ["section"])
    append_only("recall", "kept.seq = NEW.seq")
    op.create_table(
        "recall_line",
        sa.Column("recall", sa.Integer(), autoincrement=False, nullable=False),
        text("member"),
        text("showed"),
        flag("at_withdrawal"),
        moment("gone_at", nullable=True),
        moment("closed_at", nullable=True),
        text("closed_by", nullable=True),
        text("reason", nullable=True),
        sa.PrimaryKeyConstraint("recall", "member", name="pk_recall_line"),
        sa.ForeignKeyConstraint(["recall"], ["recall.seq"], name="fk_recall_line_recall"),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name="fk_recall_line_member"),
        sa.ForeignKeyConstraint(["closed_by"], ["person.id"], name="fk_recall_line_closed_by"),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (reason IS NULL)",
            name="closed_with_reason",
        ),
    )
    op.create_index("ix_recall_line_member", "recall_line", ["member"])
    never_deleted(
        "recall_line",
        "kept.recall = NEW.recall AND kept.member = NEW.member",
        "lines of a recall are never deleted",
    )
    refuse(
        "recall_line",
        "UPDATE",
        "OLD.recall <> NEW.recall OR OLD.member <> NEW.member OR OLD.closed_at IS NOT NULL "
        "OR OLD.at_withdrawal <> NEW.at_withdrawal",
        "of a line, what the member says changes, until it is closed",
        "recall_line_stays",
    )


def downgrade() -> None:
    allow_again("recall_line", "recall_line_stays")
    allow_deleting("recall_line")
    op.drop_table("recall_line")
    allow_everything("recall")
    op.drop_table("recall")
