"""Create statements and signatures, and let nothing be approved without them."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import bytes_, flag, moment, number, one_of, text
from migrations.triggers import (
    allow_again,
    allow_deleting,
    allow_everything,
    append_only,
    never_deleted,
    refuse,
)

revision = "0004_create_sign_off"
down_revision = "0003_create_translation_review"

STATES = ("open", "signed_off", "rejected", "lapsed")
MEANINGS = ("approval", "rejection", "recusal")
FIXED = ("sha256", "name", "body", "role", "threshold", "opened_by", "opened_at", "lapses_at")
ENOUGH = (
    "(SELECT count(DISTINCT s.person) FROM signature s WHERE s.statement = NEW.sha256 "
    "AND s.meaning = 'approval') >= NEW.threshold"
)
SIGNED_OFF = (
    "EXISTS (SELECT 1 FROM statement_entry e JOIN statement s ON s.sha256 = e.statement "
    "WHERE e.version = NEW.id AND e.document = NEW.document AND s.state = 'signed_off')"
)
NOT_A_SIGNER = (
    "EXISTS (SELECT 1 FROM statement_entry e WHERE e.statement = NEW.statement AND NOT EXISTS "
    "(SELECT 1 FROM participation p WHERE p.version = e.version AND p.person = NEW.person "
    "AND p.part = 'signer'))"
)
OPENER = "NEW.person = (SELECT s.opened_by FROM statement s WHERE s.sha256 = NEW.statement)"
CLOSED = "(SELECT s.state FROM statement s WHERE s.sha256 = NEW.statement) <> 'open'"
#: Its document is waiting for signature, and no other statement lists the version.
LISTABLE = (
    "EXISTS (SELECT 1 FROM version v WHERE v.id = NEW.version AND v.state = 'sign_off' "
    "AND v.document = NEW.document) AND NOT EXISTS "
    "(SELECT 1 FROM statement_entry e WHERE e.version = NEW.version)"
)
#: The list is complete before anybody signs.
UNSIGNED = (
    "EXISTS (SELECT 1 FROM statement s WHERE s.sha256 = NEW.statement AND s.state = 'open') "
    "AND NOT EXISTS (SELECT 1 FROM signature g WHERE g.statement = NEW.statement)"
)
GUARDS = (
    ("statement_entry", "entry_awaits_signature"),
    ("statement_entry", "entry_before_signatures"),
    ("statement", "statement_opens_open"),
    ("statement", "statement_is_fixed"),
    ("statement", "statement_ends_once"),
    ("statement", "statement_needs_quorum"),
    ("signature", "signature_four_eyes"),
    ("signature", "signature_not_opener"),
    ("signature", "signature_on_open"),
    ("version", "version_needs_sign_off"),
)


def upgrade() -> None:
    op.create_table(
        "statement",
        text("sha256"),
        text("name"),
        bytes_("body"),
        text("role"),
        number("threshold"),
        text("opened_by", nullable=True),
        moment("opened_at"),
        moment("lapses_at"),
        text("state"),
        sa.PrimaryKeyConstraint("sha256", name="pk_statement"),
        sa.UniqueConstraint("name", name="uq_statement_name"),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name="fk_statement_opened_by"),
        sa.CheckConstraint(one_of("state", STATES), name="state"),
        sa.CheckConstraint("threshold >= 1", name="threshold"),
    )
    op.create_table(
        "statement_entry",
        text("statement"),
        number("version"),
        text("document"),
        sa.PrimaryKeyConstraint("statement", "version", name="pk_statement_entry"),
        sa.ForeignKeyConstraint(
            ["statement"], ["statement.sha256"], name="fk_statement_entry_statement"
        ),
        sa.ForeignKeyConstraint(["version"], ["version.id"], name="fk_statement_entry_version"),
        sa.ForeignKeyConstraint(
            ["document"], ["document.sha256"], name="fk_statement_entry_document"
        ),
    )
    op.create_index("ix_statement_entry_version", "statement_entry", ["version"])
    op.create_table(
        "signature",
        text("statement"),
        text("person"),
        text("organisation"),
        text("meaning"),
        flag("interests_relevant"),
        bytes_("block"),
        text("credential", nullable=True),
        text("comment"),
        moment("at"),
        sa.PrimaryKeyConstraint("statement", "person", name="pk_signature"),
        sa.ForeignKeyConstraint(["statement"], ["statement.sha256"], name="fk_signature_statement"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_signature_person"),
        sa.CheckConstraint(one_of("meaning", MEANINGS), name="meaning"),
        sa.CheckConstraint(
            "NOT interests_relevant OR meaning = 'recusal'", name="relevant_interest_recuses"
        ),
    )
    append_only("statement_entry", "kept.statement = NEW.statement AND kept.version = NEW.version")
    append_only("signature", "kept.statement = NEW.statement AND kept.person = NEW.person")
    _guard()


def _guard() -> None:
    never_deleted(
        "statement",
        "kept.sha256 = NEW.sha256 OR kept.name = NEW.name",
        "statements are never deleted",
    )
    refuse(
        "statement_entry",
        "INSERT",
        f"NOT ({LISTABLE})",
        "a statement lists what is put to signature, once",
        "entry_awaits_signature",
    )
    refuse(
        "statement_entry",
        "INSERT",
        f"NOT ({UNSIGNED})",
        "a statement is whole before it is signed",
        "entry_before_signatures",
    )
    refuse(
        "statement",
        "INSERT",
        "NEW.state <> 'open'",
        "a statement begins open",
        "statement_opens_open",
    )
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in FIXED)
    refuse("statement", "UPDATE", changed, "a statement does not change", "statement_is_fixed")
    refuse(
        "statement",
        "UPDATE",
        "OLD.state <> 'open' AND OLD.state <> NEW.state",
        "a statement ends once",
        "statement_ends_once",
    )
    refuse(
        "statement",
        "UPDATE",
        f"NEW.state = 'signed_off' AND OLD.state = 'open' AND NOT {ENOUGH}",
        "a statement needs its quorum",
        "statement_needs_quorum",
    )
    refuse(
        "signature",
        "INSERT",
        NOT_A_SIGNER,
        "a signer has no other part in any of the versions",
        "signature_four_eyes",
    )
    refuse(
        "signature",
        "INSERT",
        OPENER,
        "who opened a statement does not sign it",
        "signature_not_opener",
    )
    refuse("signature", "INSERT", CLOSED, "the statement is not open", "signature_on_open")
    refuse(
        "version",
        "UPDATE",
        f"NEW.state = 'approved' AND OLD.state <> 'approved' AND NOT {SIGNED_OFF}",
        "a version is approved by a signed-off statement that lists its document",
        "version_needs_sign_off",
    )


def downgrade() -> None:
    for table, name in reversed(GUARDS):
        allow_again(table, name)
    allow_deleting("statement")
    for table in ("signature", "statement_entry"):
        allow_everything(table)
    for table in ("signature", "statement_entry", "statement"):
        op.drop_table(table)
