"""Create the units of translations, and reviews."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import flag, moment, number, one_of, text
from migrations.triggers import (
    allow_again,
    allow_everything,
    allow_truncate,
    append_only,
    refuse,
    refuse_truncate,
)

revision = "0003_create_translation_review"
down_revision = "0002_create_records"

KINDS = ("revision", "medical", "lay", "language")
VERDICTS = ("approve", "return", "recuse")
IN_DRAFT = "(SELECT v.state FROM version v WHERE v.id = {row}.version) <> 'draft'"
UNDONE = (
    "EXISTS (SELECT 1 FROM unit u WHERE u.version = NEW.id AND (u.fuzzy OR TRIM(u.target) = ''))"
)


def upgrade() -> None:
    op.create_table(
        "unit",
        number("version"),
        text("unit"),
        number("place"),
        text("kind"),
        text("source"),
        text("links"),
        text("target"),
        flag("fuzzy"),
        text("previous_source", nullable=True),
        text("who"),
        moment("at"),
        sa.PrimaryKeyConstraint("version", "unit", name="pk_unit"),
        sa.ForeignKeyConstraint(["version"], ["version.id"], name="fk_unit_version"),
    )
    for operation, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
        refuse(
            "unit",
            operation,
            " OR ".join(IN_DRAFT.format(row=row) for row in rows),
            "units change only in draft",
            f"unit_{operation.lower()}_in_draft",
        )
    refuse_truncate("unit", "units change only in draft")
    refuse(
        "version",
        "UPDATE",
        f"OLD.state = 'draft' AND NEW.state = 'in_review' AND {UNDONE}",
        "a translation is whole before it is reviewed",
        "version_is_whole",
    )
    op.create_table(
        "review",
        number("id"),
        number("version"),
        text("document"),
        text("kind"),
        text("verdict"),
        text("person"),
        text("organisation"),
        text("interests"),
        flag("interests_relevant"),
        text("comment"),
        moment("at"),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
        sa.ForeignKeyConstraint(["version"], ["version.id"], name="fk_review_version"),
        sa.ForeignKeyConstraint(["document"], ["document.sha256"], name="fk_review_document"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_review_person"),
        # Four eyes: the reviewer's one part in this version is this review's kind.
        sa.ForeignKeyConstraint(
            ["version", "person", "kind"],
            ["participation.version", "participation.person", "participation.part"],
            name="fk_review_part",
        ),
        sa.CheckConstraint(one_of("kind", KINDS), name="kind"),
        sa.CheckConstraint(one_of("verdict", VERDICTS), name="verdict"),
        sa.CheckConstraint(
            "NOT interests_relevant OR verdict = 'recuse'", name="relevant_interest_recuses"
        ),
        sa.CheckConstraint("interests <> ''", name="interests"),
    )
    op.create_index("ix_review_version", "review", ["version"])
    append_only("review", "kept.id = NEW.id")
    # The foreign key says the same, where the session has not switched foreign keys off.
    refuse(
        "review",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM participation p WHERE p.version = NEW.version "
        "AND p.person = NEW.person AND p.part = NEW.kind)",
        "a reviewer has no other part in the version",
        "review_four_eyes",
    )
    refuse(
        "review",
        "INSERT",
        "NEW.document IS DISTINCT FROM (SELECT document FROM version WHERE id = NEW.version)",
        "a review names the document that is under review",
        "review_names_document",
    )


def downgrade() -> None:
    allow_again("review", "review_names_document")
    allow_again("review", "review_four_eyes")
    allow_everything("review")
    allow_again("version", "version_is_whole")
    allow_truncate("unit")
    for operation in ("insert", "update", "delete"):
        allow_again("unit", f"unit_{operation}_in_draft")
    for table in ("review", "unit"):
        op.drop_table(table)
