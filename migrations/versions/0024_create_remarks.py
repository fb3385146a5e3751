"""Create remarks on units of texts, and whether their threads are resolved."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import moment, number, text
from migrations.triggers import allow_again, allow_everything, append_only, refuse

revision = "0024_create_remarks"
down_revision = "0023_create_desk_sessions"

#: An answer stands below the first remark of its thread, on the same unit of the same text.
STRAY = (
    "NEW.thread IS NOT NULL AND NOT EXISTS (SELECT 1 FROM remark r WHERE r.id = NEW.thread "
    "AND r.thread IS NULL AND r.section = NEW.section AND r.locale = NEW.locale "
    "AND r.unit = NEW.unit)"
)
NO_THREAD = "NOT EXISTS (SELECT 1 FROM remark r WHERE r.id = NEW.thread AND r.thread IS NULL)"
OUT_OF_TURN = "NEW.turn <> 1 + (SELECT COUNT(*) FROM resolution r WHERE r.thread = NEW.thread)"


def upgrade() -> None:
    op.create_table(
        "remark",
        number("id"),
        text("section"),
        text("locale"),
        text("unit"),
        number("thread", nullable=True),
        number("version"),
        text("document", nullable=True),
        text("words"),
        text("person"),
        text("text"),
        moment("at"),
        sa.PrimaryKeyConstraint("id", name="pk_remark"),
        sa.ForeignKeyConstraint(
            ["section", "locale", "version"],
            ["version.section", "version.locale", "version.number"],
            name="fk_remark_version",
        ),
        sa.ForeignKeyConstraint(["thread"], ["remark.id"], name="fk_remark_thread"),
        sa.ForeignKeyConstraint(["document"], ["document.sha256"], name="fk_remark_document"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_remark_person"),
        sa.CheckConstraint("unit <> '' AND length(unit) <= 80", name="unit"),
        sa.CheckConstraint("length(words) = 64", name="words"),
        sa.CheckConstraint("TRIM(text) <> '' AND length(text) <= 5000", name="text"),
    )
    op.create_index("ix_remark_section_locale", "remark", ["section", "locale"])
    op.create_index("ix_remark_thread", "remark", ["thread"])
    append_only("remark", "kept.id = NEW.id")
    refuse("remark", "INSERT", STRAY, "an answer stands in a thread of its unit", "remark_in_place")
    op.create_table(
        "resolution",
        number("thread"),
        number("turn"),
        text("person"),
        moment("at"),
        sa.PrimaryKeyConstraint("thread", "turn", name="pk_resolution"),
        sa.ForeignKeyConstraint(["thread"], ["remark.id"], name="fk_resolution_thread"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_resolution_person"),
    )
    append_only("resolution", "kept.thread = NEW.thread AND kept.turn = NEW.turn")
    refuse("resolution", "INSERT", NO_THREAD, "a thread is resolved whole", "resolution_of_thread")
    refuse("resolution", "INSERT", OUT_OF_TURN, "turns follow each other", "resolution_in_turn")


def downgrade() -> None:
    allow_again("resolution", "resolution_in_turn")
    allow_again("resolution", "resolution_of_thread")
    allow_everything("resolution")
    op.drop_table("resolution")
    allow_again("remark", "remark_in_place")
    allow_everything("remark")
    op.drop_table("remark")
