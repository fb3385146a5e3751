"""Create people, their roles and tokens, and the ledger."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import moment, number, one_of, text
from migrations.triggers import allow_everything, append_only

revision = "0001_create_people_and_ledger"
down_revision = None

ROLES = (
    "author",
    "translator",
    "reviser",
    "medical-reviewer",
    "language-reviewer",
    "lay-reviewer",
    "board",
    "editor",
    "duty-officer",
    "administrator",
)
LANGUAGE_ROLES = ("translator", "reviser", "language-reviewer")


def upgrade() -> None:
    op.create_table(
        "ledger",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        moment("at"),
        text("actor"),
        text("event"),
        text("subject"),
        text("detail"),
        text("previous"),
        text("hash"),
        sa.PrimaryKeyConstraint("seq", name="pk_ledger"),
    )
    op.create_index("ix_ledger_event", "ledger", ["event"])
    op.create_index("ix_ledger_subject", "ledger", ["subject"])
    append_only("ledger")
    op.create_table(
        "person",
        text("id"),
        text("name"),
        text("organisation"),
        moment("created_at"),
        moment("erased_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    op.create_table(
        "role_grant",
        text("person"),
        text("role"),
        text("locale"),
        sa.PrimaryKeyConstraint("person", "role", "locale", name="pk_role_grant"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_role_grant_person"),
        sa.CheckConstraint(one_of("role", ROLES), name="role"),
        sa.CheckConstraint(
            f"({one_of('role', LANGUAGE_ROLES)}) = (locale <> '')", name="locale_of_role"
        ),
    )
    op.create_table(
        "token",
        number("id"),
        text("person"),
        text("label"),
        text("digest"),
        text("scope"),
        moment("created_at"),
        moment("expires_at"),
        moment("revoked_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_token"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_token_person"),
        sa.UniqueConstraint("digest", name="uq_token_digest"),
    )
    op.create_index("ix_token_person", "token", ["person"])


def downgrade() -> None:
    allow_everything("ledger")
    for table in ("token", "role_grant", "person", "ledger"):
        op.drop_table(table)
