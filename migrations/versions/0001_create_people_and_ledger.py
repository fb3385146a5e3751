"""Create people, their roles and tokens, and the ledger."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import moment, number, one_of, text
from migrations.triggers import (
    allow_again,
    allow_deleting,
    allow_everything,
    append_only,
    never_deleted,
    refuse,
)

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
    append_only("ledger", "kept.seq = NEW.seq")
    refuse(
        "ledger",
        "INSERT",
        "NEW.seq <> (SELECT COALESCE(MAX(l.seq), 0) + 1 FROM ledger l)",
        "the ledger has no gaps",
        "ledger_is_dense",
    )
    op.create_table(
        "person",
        text("id"),
        text("name"),
        text("organisation"),
        moment("created_at"),
        moment("erased_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    never_deleted("person", "kept.id = NEW.id", "people are never deleted")
    refuse("person", "UPDATE", "OLD.id <> NEW.id", "a person keeps the id", "person_keeps_id")
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
    allow_again("person", "person_keeps_id")
    allow_deleting("person")
    allow_again("ledger", "ledger_is_dense")
    allow_everything("ledger")
    for table in ("token", "role_grant", "person", "ledger"):
        op.drop_table(table)
