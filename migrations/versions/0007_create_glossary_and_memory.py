"""Create the glossary, and the translation memories that were imported."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import moment, number, one_of, text

revision = "0007_create_glossary_and_memory"
down_revision = "0006_create_uploads"

STATUSES = ("proposed", "agreed", "retired")
#: What is approved is never imported: it is a query over versions.
ORIGINS = ("import", "machine")


def upgrade() -> None:
    op.create_table(
        "glossary_term",
        text("locale"),
        text("source"),
        text("preferred"),
        text("forbidden"),
        text("note"),
        text("status"),
        text("who"),
        moment("at"),
        sa.PrimaryKeyConstraint("locale", "source", name="pk_glossary_term"),
        sa.CheckConstraint(one_of("status", STATUSES), name="status"),
        sa.CheckConstraint("TRIM(source) <> ''", name="source"),
        sa.CheckConstraint("preferred <> '[]'", name="preferred"),
    )
    op.create_table(
        "memory_import",
        text("digest"),
        text("locale"),
        text("source_locale"),
        text("source"),
        text("target"),
        text("origin"),
        text("section"),
        number("version", nullable=True),
        text("approvers"),
        text("file"),
        text("who"),
        moment("at"),
        sa.PrimaryKeyConstraint("digest", name="pk_memory_import"),
        sa.CheckConstraint(one_of("origin", ORIGINS), name="origin"),
        sa.CheckConstraint("TRIM(source) <> ''", name="source"),
        sa.CheckConstraint("TRIM(target) <> ''", name="target"),
    )
    op.create_index("ix_memory_import_locale", "memory_import", ["locale"])


def downgrade() -> None:
    for table in ("memory_import", "glossary_term"):
        op.drop_table(table)
