"""Create sections, documents, figures, versions and who has which part in them."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import bytes_, day, moment, number, one_of, text
from migrations.triggers import (
    allow_again,
    allow_deleting,
    allow_everything,
    append_only,
    never_deleted,
    refuse,
)

revision = "0002_create_records"
down_revision = "0001_create_people_and_ledger"

STATES = (
    "draft",
    "in_review",
    "sign_off",
    "approved",
    "in_force",
    "superseded",
    "withdrawn",
    "abandoned",
)
EDGES = (
    "draft>in_review",
    "draft>abandoned",
    "in_review>draft",
    "in_review>sign_off",
    "in_review>abandoned",
    "sign_off>approved",
    "sign_off>abandoned",
    "approved>in_force",
    "approved>abandoned",
    "in_force>superseded",
    "in_force>withdrawn",
)
OPEN = ("draft", "in_review", "sign_off", "approved")
PARTS = ("writer", "revision", "medical", "lay", "language", "signer")
#: Table to what a row would push aside: the same name with other bytes, another part of a person.
APPEND_ONLY = {
    "document": "kept.sha256 = NEW.sha256 AND kept.body <> NEW.body",
    "figure": "kept.sha256 = NEW.sha256 AND kept.body <> NEW.body",
    "participation": "kept.version = NEW.version AND kept.person = NEW.person "
    "AND kept.part <> NEW.part",
}
#: What makes a version this version; with its text, frozen as soon as it left draft.
IDENTITY = ("id", "section", "locale", "number", "carried_from", "created_at")
TEXT = ("document", "source", "change_kind", "change_summary", "review_by")


def _differs(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns)


def upgrade() -> None:
    op.create_table(
        "section",
        text("slug"),
        text("source_locale"),
        text("page"),
        moment("created_at"),
        sa.PrimaryKeyConstraint("slug", name="pk_section"),
    )
    op.create_table(
        "document",
        text("sha256"),
        bytes_("body"),
        sa.PrimaryKeyConstraint("sha256", name="pk_document"),
    )
    op.create_table(
        "figure",
        text("sha256"),
        text("media_type"),
        bytes_("body"),
        sa.PrimaryKeyConstraint("sha256", name="pk_figure"),
    )
    _create_version()
    op.create_table(
        "participation",
        number("version"),
        text("person"),
        text("part"),
        sa.PrimaryKeyConstraint("version", "person", name="pk_participation"),
        sa.UniqueConstraint(
            "version", "person", "part", name="uq_participation_version_person_part"
        ),
        sa.ForeignKeyConstraint(["version"], ["version.id"], name="fk_participation_version"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_participation_person"),
        sa.CheckConstraint(one_of("part", PARTS), name="part"),
    )
    for table, taken in APPEND_ONLY.items():
        append_only(table, taken)
    _guard_section()
    _guard_version()


def _create_version() -> None:
    op.create_table(
        "version",
        number("id"),
        text("section"),
        text("locale"),
        number("number"),
        text("state"),
        text("document", nullable=True),
        text("source", nullable=True),
        number("carried_from", nullable=True),
        text("change_kind"),
        text("change_summary"),
        day("review_by"),
        moment("effective_at", nullable=True),
        moment("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_version"),
        sa.UniqueConstraint("section", "locale", "number", name="uq_version_section_locale_number"),
        sa.ForeignKeyConstraint(["section"], ["section.slug"], name="fk_version_section"),
        sa.ForeignKeyConstraint(["document"], ["document.sha256"], name="fk_version_document"),
        sa.ForeignKeyConstraint(["source"], ["document.sha256"], name="fk_version_source"),
        sa.ForeignKeyConstraint(["carried_from"], ["version.id"], name="fk_version_carried_from"),
        sa.CheckConstraint(one_of("state", STATES), name="state"),
        sa.CheckConstraint("number >= 1", name="number"),
        sa.CheckConstraint(
            "document IS NOT NULL OR state IN ('draft', 'abandoned')", name="has_document"
        ),
        sa.CheckConstraint(
            one_of("change_kind", ("wording", "clinical", "safety")), name="change_kind"
        ),
    )
    op.create_index("ix_version_state", "version", ["state"])
    op.create_index("ix_version_document", "version", ["document"])
    for name, condition in (
        ("uq_version_one_open", one_of("state", OPEN)),
        ("uq_version_one_in_force", "state = 'in_force'"),
    ):
        op.create_index(
            name,
            "version",
            ["section", "locale"],
            unique=True,
            sqlite_where=sa.text(condition),
            postgresql_where=sa.text(condition),
        )


def _guard_section() -> None:
    never_deleted("section", "kept.slug = NEW.slug", "sections are never deleted")
    refuse(
        "section",
        "UPDATE",
        _differs(("slug", "source_locale", "created_at")),
        "a section keeps its name and its language",
        "section_keeps_identity",
    )


def _guard_version() -> None:
    place = "kept.section = NEW.section AND kept.locale = NEW.locale"
    never_deleted(
        "version",
        "kept.id = NEW.id OR "
        f"{place} AND (kept.number = NEW.number OR {one_of('kept.state', OPEN)})",
        "versions are never deleted",
    )
    # UPDATE OR REPLACE would push aside what is in force.
    refuse(
        "version",
        "UPDATE",
        "NEW.state = 'in_force' AND OLD.state <> 'in_force' AND EXISTS (SELECT 1 FROM version kept "
        "WHERE kept.section = NEW.section AND kept.locale = NEW.locale "
        "AND kept.state = 'in_force')",
        "one version is in force",
        "version_one_in_force",
    )
    refuse(
        "version",
        "INSERT",
        "NEW.state <> 'draft'",
        "a version begins as a draft",
        "version_begins_as_draft",
    )
    refuse(
        "version",
        "UPDATE",
        _differs(IDENTITY),
        "a version keeps its identity",
        "version_keeps_identity",
    )
    refuse(
        "version",
        "UPDATE",
        f"OLD.state <> 'draft' AND ({_differs(TEXT)})",
        "a version is frozen once it left draft",
        "version_is_frozen",
    )
    refuse(
        "version",
        "UPDATE",
        f"NOT ({one_of('OLD.state', OPEN)}) AND ({_differs(('effective_at',))})",
        "an effective time is set before the version is in force",
        "version_keeps_time",
    )
    refuse(
        "version",
        "UPDATE",
        "OLD.state <> NEW.state AND NOT (" + one_of("OLD.state || '>' || NEW.state", EDGES) + ")",
        "there is no such edge in the workflow",
        "version_walks_edges",
    )
    refuse(
        "participation",
        "INSERT",
        "NEW.part = 'writer' AND (SELECT state FROM version WHERE id = NEW.version) <> 'draft'",
        "a text is written in draft",
        "participation_writes_drafts",
    )


def downgrade() -> None:
    allow_again("participation", "participation_writes_drafts")
    for name in (
        "version_walks_edges",
        "version_keeps_time",
        "version_is_frozen",
        "version_keeps_identity",
        "version_begins_as_draft",
        "version_one_in_force",
    ):
        allow_again("version", name)
    allow_deleting("version")
    allow_again("section", "section_keeps_identity")
    allow_deleting("section")
    for table in APPEND_ONLY:
        allow_everything(table)
    for table in ("participation", "version", "figure", "document", "section"):
        op.drop_table(table)
