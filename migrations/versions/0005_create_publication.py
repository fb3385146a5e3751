"""Create what members see: the tree in force, releases, withdrawals, stored answers."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import bytes_, moment, number, one_of, text
from migrations.triggers import (
    allow_again,
    allow_deleting,
    allow_everything,
    append_only,
    never_deleted,
    refuse,
)

revision = "0005_create_publication"
down_revision = "0004_create_sign_off"

TYPES = ("in_force", "outdated", "current", "review_due", "withdrawn", "notice", "trust")
FIXED = ("version", "reason", "text", "replacement", "notice", "by", "at")


def upgrade() -> None:
    op.create_table(
        "placement",
        text("section"),
        text("parent"),
        number("place"),
        sa.PrimaryKeyConstraint("section", name="pk_placement"),
        sa.ForeignKeyConstraint(["section"], ["section.slug"], name="fk_placement_section"),
        sa.ForeignKeyConstraint(["parent"], ["section.slug"], name="fk_placement_parent"),
        sa.CheckConstraint("section <> parent", name="not_itself"),
    )
    op.create_index("ix_placement_parent", "placement", ["parent"])
    _create_release()
    _create_withdrawal()
    op.create_table(
        "representation",
        text("path"),
        text("kind"),
        text("section"),
        text("locale"),
        text("page"),
        text("label"),
        moment("changed_at"),
        number("status"),
        text("etag"),
        text("headers"),
        bytes_("body"),
        number("seq"),
        moment("due_at", nullable=True),
        sa.PrimaryKeyConstraint("path", name="pk_representation"),
        sa.ForeignKeyConstraint(["section"], ["section.slug"], name="fk_representation_section"),
    )
    op.create_index("ix_representation_section", "representation", ["section"])
    op.create_index(
        "ix_representation_kind_section_locale", "representation", ["kind", "section", "locale"]
    )
    op.create_table(
        "demo_mark",
        number("id"),
        moment("since"),
        sa.PrimaryKeyConstraint("id", name="pk_demo_mark"),
        sa.CheckConstraint("id = 1", name="one_row"),
    )
    append_only("demo_mark", "kept.id = NEW.id")
    _guard_version()


def _create_release() -> None:
    op.create_table(
        "release",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        text("type"),
        text("section"),
        text("locale"),
        number("version"),
        text("document"),
        text("page"),
        moment("at"),
        text("change_kind"),
        text("change_summary"),
        text("reason", nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_release"),
        sa.ForeignKeyConstraint(["section"], ["section.slug"], name="fk_release_section"),
        sa.ForeignKeyConstraint(["document"], ["document.sha256"], name="fk_release_document"),
        sa.CheckConstraint(one_of("type", TYPES), name="type"),
    )
    op.create_index("ix_release_section", "release", ["section"])
    append_only("release", "kept.seq = NEW.seq")
    refuse(
        "release",
        "INSERT",
        "NEW.seq <> (SELECT COALESCE(MAX(r.seq), 0) + 1 FROM release r)",
        "releases have no gaps",
        "release_is_dense",
    )


def _create_withdrawal() -> None:
    op.create_table(
        "withdrawal",
        number("version"),
        text("reason"),
        text("text"),
        text("replacement", nullable=True),
        text("notice", nullable=True),
        text("by", nullable=True),
        moment("at"),
        text("confirmed_by", nullable=True),
        moment("confirmed_at", nullable=True),
        sa.PrimaryKeyConstraint("version", name="pk_withdrawal"),
        sa.ForeignKeyConstraint(["version"], ["version.id"], name="fk_withdrawal_version"),
        sa.ForeignKeyConstraint(
            ["replacement"], ["section.slug"], name="fk_withdrawal_replacement"
        ),
        sa.ForeignKeyConstraint(["notice"], ["section.slug"], name="fk_withdrawal_notice"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_withdrawal_by"),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name="fk_withdrawal_confirmed_by"),
        sa.CheckConstraint("confirmed_by <> by", name="four_eyes"),
    )
    fixed = " OR ".join(f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in FIXED)
    refuse(
        "withdrawal",
        "UPDATE",
        f"OLD.confirmed_by IS NOT NULL OR {fixed}",
        "a withdrawal does not change, but for its one confirmation",
        "withdrawal_is_fixed",
    )
    never_deleted("withdrawal", "kept.version = NEW.version", "withdrawals are kept")


def _guard_version() -> None:
    refuse(
        "version",
        "UPDATE",
        "NEW.state = 'in_force' AND OLD.state <> 'in_force' AND NEW.source IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM release r WHERE r.type = 'in_force' "
        "AND r.section = NEW.section AND r.document = NEW.source)",
        "a translation follows a text that was in force",
        "version_follows_source",
    )


def downgrade() -> None:
    allow_again("version", "version_follows_source")
    allow_everything("demo_mark")
    allow_deleting("withdrawal")
    allow_again("withdrawal", "withdrawal_is_fixed")
    allow_again("release", "release_is_dense")
    allow_everything("release")
    for table in ("demo_mark", "representation", "withdrawal", "release", "placement"):
        op.drop_table(table)
