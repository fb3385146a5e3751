"""Create trust files and their signatures, and refusals; sign with keys; put to signature again.

A statement names the trust file it was opened under. Where another one is accepted meanwhile, the
same versions are put to signature again, so an ended statement no longer keeps them from it.
"""

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

revision = "0011_create_trust"
down_revision = "0010_create_passkeys"

STATES = ("proposed", "accepted", "given_up")
FIXED = ("sha256", "version", "body", "proposed_by", "proposed_at")
AWAITS = (
    "EXISTS (SELECT 1 FROM version v WHERE v.id = NEW.version AND v.state = 'sign_off' "
    "AND v.document = NEW.document)"
)
ONCE = "NOT EXISTS (SELECT 1 FROM statement_entry e WHERE e.version = NEW.version)"
ONCE_AT_A_TIME = (
    "NOT EXISTS (SELECT 1 FROM statement_entry e JOIN statement s ON s.sha256 = e.statement "
    "WHERE e.version = NEW.version AND s.state <> 'lapsed')"
)
CLOSED = "(SELECT t.state FROM trust_file t WHERE t.sha256 = NEW.trust_file) <> 'proposed'"
#: The one before it, where there is one.
FOLLOWS = "NEW.version = 1 + (SELECT count(*) FROM trust_file t WHERE t.state = 'accepted')"


def upgrade() -> None:
    op.create_table(
        "trust_file",
        text("sha256"),
        number("version"),
        bytes_("body"),
        text("proposed_by"),
        moment("proposed_at"),
        moment("accepted_at", nullable=True),
        text("state"),
        sa.PrimaryKeyConstraint("sha256", name="pk_trust_file"),
        sa.CheckConstraint(one_of("state", STATES), name="state"),
        sa.CheckConstraint("version >= 1", name="version"),
    )
    op.create_index(
        "uq_trust_file_accepted",
        "trust_file",
        ["version"],
        unique=True,
        sqlite_where=sa.text("state = 'accepted'"),
        postgresql_where=sa.text("state = 'accepted'"),
    )
    op.create_table(
        "trust_signature",
        text("trust_file"),
        text("person"),
        bytes_("block"),
        text("credential"),
        moment("at"),
        sa.PrimaryKeyConstraint("trust_file", "person", name="pk_trust_signature"),
        sa.ForeignKeyConstraint(
            ["trust_file"], ["trust_file.sha256"], name="fk_trust_signature_trust_file"
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_trust_signature_person"),
    )
    op.create_table(
        "refusal",
        text("section"),
        text("locale"),
        number("version"),
        text("document"),
        text("code"),
        moment("since"),
        sa.PrimaryKeyConstraint("section", "locale", name="pk_refusal"),
        sa.ForeignKeyConstraint(["section"], ["section.slug"], name="fk_refusal_section"),
    )
    append_only("trust_signature", "kept.trust_file = NEW.trust_file AND kept.person = NEW.person")
    _guard()
    allow_again("statement_entry", "entry_awaits_signature")
    _entries_await(ONCE_AT_A_TIME)


def _guard() -> None:
    never_deleted("trust_file", "kept.sha256 = NEW.sha256", "trust files are never deleted")
    refuse(
        "trust_file",
        "INSERT",
        f"NEW.state <> 'proposed' OR NOT ({FOLLOWS})",
        "a trust file begins as a proposal that follows the one before it",
        "trust_file_begins_proposed",
    )
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in FIXED)
    refuse("trust_file", "UPDATE", changed, "a trust file does not change", "trust_file_is_fixed")
    refuse(
        "trust_file",
        "UPDATE",
        "OLD.state <> 'proposed'",
        "a trust file is decided about once",
        "trust_file_ends_once",
    )
    refuse(
        "trust_file",
        "UPDATE",
        f"NEW.state = 'accepted' AND NOT ({FOLLOWS})",
        "a trust file follows the one before it",
        "trust_file_follows",
    )
    refuse(
        "trust_signature", "INSERT", CLOSED, "the trust file is no proposal", "trust_signature_open"
    )
    refuse(
        "signature",
        "INSERT",
        "NEW.credential IS NULL",
        "a signature is made with a key",
        "signature_needs_key",
    )


def _entries_await(once: str) -> None:
    refuse(
        "statement_entry",
        "INSERT",
        f"NOT ({AWAITS} AND {once})",
        "a statement lists what is put to signature, once",
        "entry_awaits_signature",
    )


def downgrade() -> None:
    allow_again("statement_entry", "entry_awaits_signature")
    _entries_await(ONCE)
    allow_again("signature", "signature_needs_key")
    allow_again("trust_signature", "trust_signature_open")
    for name in (
        "trust_file_follows",
        "trust_file_ends_once",
        "trust_file_is_fixed",
        "trust_file_begins_proposed",
    ):
        allow_again("trust_file", name)
    allow_everything("trust_signature")
    allow_deleting("trust_file")
    op.drop_table("refusal")
    op.drop_table("trust_signature")
    op.drop_table("trust_file")
