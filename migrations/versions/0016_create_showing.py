"""Create what members show."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import moment, number, text

revision = "0016_create_showing"
down_revision = "0015_create_members"


def upgrade() -> None:
    op.create_table(
        "showing",
        text("member"),
        text("section"),
        text("locale"),
        text("url"),
        number("version"),
        moment("since"),
        sa.PrimaryKeyConstraint("member", "section", "locale", "url", name="pk_showing"),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name="fk_showing_member"),
        sa.CheckConstraint("version >= 1", name="version"),
        sa.CheckConstraint("url LIKE 'https://%'", name="url"),
    )
    op.create_index(
        "ix_showing_section_locale_member_url", "showing", ["section", "locale", "member", "url"]
    )
    op.create_table(
        "showing_report",
        text("member"),
        text("digest"),
        moment("seen_at"),
        sa.PrimaryKeyConstraint("member", name="pk_showing_report"),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name="fk_showing_report_member"),
    )


def downgrade() -> None:
    op.drop_table("showing_report")
    op.drop_table("showing")
