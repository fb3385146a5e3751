"""Create the units of translations, and reviews."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import flag, moment, number, one_of, text
from migrations.triggers import allow_again, allow_everything, append_only, refuse

revision = "0003_create_translation_review"
down_revision = "0002_create_records"

KINDS = ("revision", "medical", "lay", "language")
VERDICTS = ("approve", "return", "recuse")
IN_DRAFT = "(SELECT state FROM version WHERE id = {row}.version) <> 'draft'"


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
    for operation, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        refuse(
            "unit",
            operation,
            IN_DRAFT.format(row=row),
            "units change only in draft",
            f"unit_{operation.lower()}_in_draft",
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
    append_only("review")
    refuse(
        "review",
        "INSERT",
        "NEW.document IS DISTINCT FROM (SELECT document FROM version WHERE id = NEW.version)",
        "a review names the document that is under review",
        "review_names_document",
    )


def downgrade() -> None:
    allow_again("review", "review_names_document")
    allow_everything("review")
    for operation in ("insert", "update", "delete"):
        allow_again("unit", f"unit_{operation}_in_draft")
    for table in ("review", "unit"):
        op.drop_table(table)
