"""Create webhooks, their deliveries and every attempt at one."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import flag, moment, number, one_of, text
from migrations.triggers import allow_again, refuse

revision = "0018_create_webhooks"
down_revision = "0017_create_recalls"

STATES = ("waiting", "leased", "delivered", "given-up")
REASONS = ("by-hand", "gone", "failing")
OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    _webhook()
    _delivery()
    op.create_table(
        "attempt",
        text("webhook"),
        number("seq"),
        number("number"),
        moment("at"),
        number("status", nullable=True),
        text("error", nullable=True),
        number("duration_ms", nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("webhook", "seq", "number", name="pk_attempt"),
        sa.ForeignKeyConstraint(
            ["webhook", "seq"], ["delivery.webhook", "delivery.seq"], name="fk_attempt_webhook_seq"
        ),
        sa.CheckConstraint("status IS NULL OR error IS NULL", name="status_or_error"),
    )
    refuse(
        "attempt",
        "UPDATE",
        "OLD.duration_ms IS NOT NULL OR OLD.webhook <> NEW.webhook OR OLD.seq <> NEW.seq "
        "OR OLD.number <> NEW.number OR OLD.at <> NEW.at",
        "what came of an attempt is noted once",
        "attempt_is_noted_once",
    )


def _webhook() -> None:
    op.create_table(
        "webhook",
        text("id"),
        text("member"),
        text("url"),
        text("types"),
        text("locales"),
        text("pages"),
        text("secret"),
        text("old_secret", nullable=True),
        moment("old_secret_until", nullable=True),
        moment("created_at"),
        number("cursor"),
        number("failures"),
        moment("paused_until", nullable=True),
        moment("off_at", nullable=True),
        text("off_reason", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_webhook"),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name="fk_webhook_member"),
        sa.CheckConstraint("(off_at IS NULL) = (off_reason IS NULL)", name="off"),
        sa.CheckConstraint(one_of("off_reason", REASONS), name="off_reason"),
        sa.CheckConstraint("(old_secret IS NULL) = (old_secret_until IS NULL)", name="old_secret"),
    )
    op.create_index("ix_webhook_member", "webhook", ["member"])
    refuse(
        "webhook",
        "UPDATE",
        "OLD.id <> NEW.id OR OLD.member <> NEW.member OR NEW.cursor < OLD.cursor",
        "a webhook keeps its id and member, and its cursor goes forward",
        "webhook_goes_forward",
    )


def _delivery() -> None:
    op.create_table(
        "delivery",
        text("webhook"),
        number("seq"),
        flag("urgent"),
        text("state"),
        moment("due_at"),
        moment("lease_until", nullable=True),
        number("tries"),
        number("attempts"),
        moment("created_at"),
        moment("ended_at", nullable=True),
        sa.PrimaryKeyConstraint("webhook", "seq", name="pk_delivery"),
        sa.ForeignKeyConstraint(["webhook"], ["webhook.id"], name="fk_delivery_webhook"),
        sa.CheckConstraint(one_of("state", STATES), name="state"),
        sa.CheckConstraint("(state = 'leased') = (lease_until IS NOT NULL)", name="lease"),
        sa.CheckConstraint(
            f"({one_of('state', STATES[2:])}) = (ended_at IS NOT NULL)", name="ended"
        ),
    )
    op.create_index(
        "ix_delivery_open", "delivery", ["webhook"], sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_index("ix_delivery_ended_at", "delivery", ["ended_at"])


def downgrade() -> None:
    allow_again("attempt", "attempt_is_noted_once")
    op.drop_table("attempt")
    op.drop_table("delivery")
    allow_again("webhook", "webhook_goes_forward")
    op.drop_table("webhook")
