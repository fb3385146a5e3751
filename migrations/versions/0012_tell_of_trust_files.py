"""Let the feed tell of a trust file, which is of no section."""

import sqlalchemy as sa
from alembic import op
from sqlmodel import SQLModel

from migrations.columns import moment, number, one_of, text
from migrations.triggers import allow_again, allow_everything, append_only, refuse

revision = "0012_tell_of_trust_files"
down_revision = "0011_create_trust"

TYPES = ("in_force", "outdated", "current", "review_due", "withdrawn", "notice", "trust")
#: What an event of a text has, and one of a trust file has not.
OF_A_TEXT = ("section", "locale", "document", "page", "change_kind", "change_summary")


def upgrade() -> None:
    _open()
    with op.batch_alter_table("release", copy_from=_release(nullable=False)) as batch:
        for name in OF_A_TEXT:
            batch.alter_column(name, existing_type=text(name).type, nullable=True)
        batch.add_column(text("trust_file", nullable=True))
        batch.create_foreign_key("fk_release_trust_file", "trust_file", ["trust_file"], ["sha256"])
        batch.create_check_constraint("of_a_trust_file", _whole())
    _close()


def downgrade() -> None:
    """Refused by the database once a trust file was told of: no event is ever taken away."""
    _open()
    with op.batch_alter_table(
        "release",
        copy_from=_release(
            text("trust_file", nullable=True),
            sa.ForeignKeyConstraint(
                ["trust_file"], ["trust_file.sha256"], name="fk_release_trust_file"
            ),
            sa.CheckConstraint(_whole(), name="of_a_trust_file"),
            nullable=True,
        ),
    ) as batch:
        batch.drop_constraint("of_a_trust_file", type_="check")
        batch.drop_constraint("fk_release_trust_file", type_="foreignkey")
        batch.drop_column("trust_file")
        for name in OF_A_TEXT:
            batch.alter_column(name, existing_type=text(name).type, nullable=False)
    _close()


def _whole() -> str:
    of_a_text = " AND ".join(f"{name} IS NOT NULL" for name in OF_A_TEXT)
    of_none = " AND ".join(f"{name} IS NULL" for name in OF_A_TEXT)
    return (
        f"(type = 'trust' AND trust_file IS NOT NULL AND {of_none}) "
        f"OR (type <> 'trust' AND trust_file IS NULL AND {of_a_text})"
    )


def _release(*more: sa.schema.SchemaItem, nullable: bool) -> sa.Table:
    """The table as it stands before this step, for SQLite, which makes it anew."""
    return sa.Table(
        "release",
        sa.MetaData(naming_convention=SQLModel.metadata.naming_convention),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        text("type"),
        text("section", nullable=nullable),
        text("locale", nullable=nullable),
        number("version"),
        text("document", nullable=nullable),
        text("page", nullable=nullable),
        moment("at"),
        text("change_kind", nullable=nullable),
        text("change_summary", nullable=nullable),
        text("reason", nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_release"),
        sa.ForeignKeyConstraint(["section"], ["section.slug"], name="fk_release_section"),
        sa.ForeignKeyConstraint(["document"], ["document.sha256"], name="fk_release_document"),
        sa.CheckConstraint(one_of("type", TYPES), name="type"),
        sa.Index("ix_release_section", "section"),
        *more,
    )


def _open() -> None:
    """Take away what holds the table, and what speaks of it: SQLite makes it under another name."""
    allow_again("version", "version_follows_source")
    allow_again("release", "release_is_dense")
    allow_everything("release")


def _close() -> None:
    """As 0005_create_publication made them."""
    append_only("release", "kept.seq = NEW.seq")
    refuse(
        "release",
        "INSERT",
        "NEW.seq <> (SELECT COALESCE(MAX(r.seq), 0) + 1 FROM release r)",
        "releases have no gaps",
        "release_is_dense",
    )
    refuse(
        "version",
        "UPDATE",
        "NEW.state = 'in_force' AND OLD.state <> 'in_force' AND NEW.source IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM release r WHERE r.type = 'in_force' "
        "AND r.section = NEW.section AND r.document = NEW.source)",
        "a translation follows a text that was in force",
        "version_follows_source",
    )
