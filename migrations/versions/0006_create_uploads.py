"""Create what an upload of translations is measured by and what it leaves: snapshots, uploads,
suggestions, and acknowledged warnings."""

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

revision = "0006_create_uploads"
down_revision = "0005_create_publication"

STATES = ("open", "taken", "dismissed", "undone")
#: Table to what of a row never changes.
FIXED = {
    "upload": ("sha256", "turn", "page", "locale", "snapshot", "person", "at", "body", "report"),
    "suggestion": (
        *("id", "section", "locale", "unit", "source", "target", "origin", "reason"),
        *("upload", "turn", "person", "at"),
    ),
}
#: Table to what is said once; the last of it tells whether it was.
ONCE = {
    "upload": ("undone_by", "undone_at"),
    "suggestion": ("state", "settled_by", "settled_at"),
}


def upgrade() -> None:
    op.create_table(
        "snapshot",
        text("sha256"),
        text("page"),
        text("locale"),
        bytes_("body"),
        moment("at"),
        sa.PrimaryKeyConstraint("sha256", name="pk_snapshot"),
    )
    append_only("snapshot", "kept.sha256 = NEW.sha256")
    _create_upload()
    _create_suggestion()
    for table, columns in FIXED.items():
        differs = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns)
        refuse(table, "UPDATE", differs, f"{table}s keep what they say", f"{table}_is_fixed")
    for table, columns in ONCE.items():
        moves = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns)
        refuse(
            table,
            "UPDATE",
            f"OLD.{columns[-1]} IS NOT NULL AND ({moves})",
            f"what became of {table}s stays so",
            f"{table}_is_settled",
        )
    _create_acknowledgement()


def _create_upload() -> None:
    op.create_table(
        "upload",
        text("sha256"),
        number("turn"),
        text("page"),
        text("locale"),
        text("snapshot", nullable=True),
        text("person"),
        moment("at"),
        bytes_("body"),
        bytes_("report"),
        text("undone_by", nullable=True),
        moment("undone_at", nullable=True),
        sa.PrimaryKeyConstraint("sha256", "turn", name="pk_upload"),
        sa.ForeignKeyConstraint(["page"], ["section.slug"], name="fk_upload_page"),
        sa.ForeignKeyConstraint(["snapshot"], ["snapshot.sha256"], name="fk_upload_snapshot"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_upload_person"),
        sa.ForeignKeyConstraint(["undone_by"], ["person.id"], name="fk_upload_undone_by"),
        sa.CheckConstraint("turn >= 1", name="turn"),
        sa.CheckConstraint("(undone_by IS NULL) = (undone_at IS NULL)", name="undone"),
    )
    op.create_index("ix_upload_page", "upload", ["page"])
    never_deleted(
        "upload", "kept.sha256 = NEW.sha256 AND kept.turn = NEW.turn", "uploads are never deleted"
    )


def _create_suggestion() -> None:
    op.create_table(
        "suggestion",
        number("id"),
        text("section"),
        text("locale"),
        text("unit"),
        text("source"),
        text("target"),
        text("origin"),
        text("reason"),
        text("upload", nullable=True),
        number("turn", nullable=True),
        text("person"),
        moment("at"),
        text("state"),
        text("settled_by", nullable=True),
        moment("settled_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_suggestion"),
        sa.ForeignKeyConstraint(["section"], ["section.slug"], name="fk_suggestion_section"),
        sa.ForeignKeyConstraint(
            ["upload", "turn"], ["upload.sha256", "upload.turn"], name="fk_suggestion_upload"
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_suggestion_person"),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name="fk_suggestion_settled_by"),
        sa.CheckConstraint(one_of("state", STATES), name="state"),
        sa.CheckConstraint(one_of("origin", ("upload", "memory", "machine")), name="origin"),
        sa.CheckConstraint("TRIM(target) <> ''", name="target"),
        sa.CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled"),
    )
    op.create_index("ix_suggestion_section_locale", "suggestion", ["section", "locale"])
    never_deleted("suggestion", "kept.id = NEW.id", "suggestions are never deleted")


def _create_acknowledgement() -> None:
    op.create_table(
        "acknowledgement",
        text("section"),
        text("locale"),
        text("unit"),
        text("code"),
        text("texts"),
        text("person"),
        text("reason"),
        moment("at"),
        sa.PrimaryKeyConstraint(
            "section", "locale", "unit", "code", "texts", name="pk_acknowledgement"
        ),
        sa.ForeignKeyConstraint(["section"], ["section.slug"], name="fk_acknowledgement_section"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_acknowledgement_person"),
        sa.CheckConstraint("TRIM(reason) <> ''", name="reason"),
    )
    append_only(
        "acknowledgement",
        "kept.section = NEW.section AND kept.locale = NEW.locale AND kept.unit = NEW.unit "
        "AND kept.code = NEW.code AND kept.texts = NEW.texts",
    )


def downgrade() -> None:
    allow_everything("acknowledgement")
    for table in FIXED:
        allow_again(table, f"{table}_is_settled")
        allow_again(table, f"{table}_is_fixed")
        allow_deleting(table)
    allow_everything("snapshot")
    for table in ("acknowledgement", "suggestion", "upload", "snapshot"):
        op.drop_table(table)
