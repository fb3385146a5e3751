"""Create the reminders of recalls: what each member was written, and what it is to be written."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import moment, number, text
from migrations.triggers import allow_again, allow_deleting, never_deleted, refuse

revision = "0020_create_reminders"
down_revision = "0019_create_search"

OPEN = sa.text("sent_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "reminder",
        sa.Column("recall", sa.Integer(), autoincrement=False, nullable=False),
        text("member"),
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False),
        moment("due_at"),
        number("tries"),
        text("error", nullable=True),
        moment("sent_at", nullable=True),
        sa.PrimaryKeyConstraint("recall", "member", "step", name="pk_reminder"),
        sa.ForeignKeyConstraint(
            ["recall", "member"],
            ["recall_line.recall", "recall_line.member"],
            name="fk_reminder_recall_member",
        ),
        sa.CheckConstraint("step >= 0 AND tries >= 0", name="counted"),
        sa.CheckConstraint("sent_at IS NULL OR (error IS NULL AND tries > 0)", name="sent"),
    )
    op.create_index(
        "ix_reminder_open", "reminder", ["due_at"], sqlite_where=OPEN, postgresql_where=OPEN
    )
    never_deleted(
        "reminder",
        "kept.recall = NEW.recall AND kept.member = NEW.member AND kept.step = NEW.step",
        "reminders are never deleted",
    )
    refuse(
        "reminder",
        "UPDATE",
        "OLD.sent_at IS NOT NULL OR OLD.recall <> NEW.recall OR OLD.member <> NEW.member "
        "OR OLD.step <> NEW.step",
        "a reminder that was sent stays as it is",
        "reminder_stays",
    )


def downgrade() -> None:
    allow_again("reminder", "reminder_stays")
    allow_deleting("reminder")
    op.drop_table("reminder")
