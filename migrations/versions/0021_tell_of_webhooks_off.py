"""Note when the member of a webhook that the hub switched off is to be written to."""

from alembic import op

from migrations.columns import moment

revision = "0021_tell_of_webhooks_off"
down_revision = "0020_create_reminders"


def upgrade() -> None:
    # Nothing for those that are off already: their members have lived with it.
    op.add_column("webhook", moment("letter_due_at", nullable=True))


def downgrade() -> None:
    op.drop_column("webhook", "letter_due_at")
