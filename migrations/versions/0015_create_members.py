"""Create members and their keys."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import moment, text
from migrations.triggers import allow_again, allow_deleting, never_deleted, refuse

revision = "0015_create_members"
down_revision = "0014_count_generations"

KEY_IS_FIXED = ("member", "name", "digest", "scope", "created_at", "expires_at")


def upgrade() -> None:
    op.create_table(
        "member",
        text("id"),
        text("name"),
        text("country"),
        text("contact"),
        text("site"),
        text("locales"),
        moment("created_at"),
        moment("closed_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_member"),
        sa.CheckConstraint("length(country) = 2", name="country"),
        sa.CheckConstraint("closed_at IS NULL OR contact = ''", name="contact_of_closed"),
    )
    never_deleted("member", "kept.id = NEW.id", "members are never deleted")
    refuse(
        "member",
        "UPDATE",
        "OLD.id <> NEW.id OR OLD.closed_at IS NOT NULL",
        "a member keeps the id, and changes no more once it is closed",
        "member_keeps_id",
    )
    op.create_table(
        "member_key",
        text("member"),
        text("name"),
        text("digest"),
        text("scope"),
        moment("created_at"),
        moment("expires_at", nullable=True),
        moment("last_used_at", nullable=True),
        moment("revoked_at", nullable=True),
        sa.PrimaryKeyConstraint("member", "name", name="pk_member_key"),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name="fk_member_key_member"),
        sa.UniqueConstraint("digest", name="uq_member_key_digest"),
        sa.CheckConstraint("scope <> ''", name="scope"),
    )
    never_deleted(
        "member_key",
        "kept.digest = NEW.digest OR (kept.member = NEW.member AND kept.name = NEW.name)",
        "keys are never deleted",
    )
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in KEY_IS_FIXED)
    refuse(
        "member_key",
        "UPDATE",
        f"{changed} OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM "
        "OLD.revoked_at)",
        "of a key, only its last use and its end change",
        "member_key_is_fixed",
    )


def downgrade() -> None:
    allow_again("member_key", "member_key_is_fixed")
    allow_deleting("member_key")
    op.drop_table("member_key")
    allow_again("member", "member_keeps_id")
    allow_deleting("member")
    op.drop_table("member")
