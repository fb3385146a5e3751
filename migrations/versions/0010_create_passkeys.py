"""Create passkeys, and the invitations by which they are registered."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import bytes_, moment, text
from migrations.triggers import allow_again, allow_deleting, never_deleted, refuse

revision = "0010_create_passkeys"
down_revision = "0009_add_own_links"


def upgrade() -> None:
    op.create_table(
        "invitation",
        text("digest"),
        text("person"),
        text("made_by"),
        moment("created_at"),
        moment("expires_at"),
        sa.Column("challenge", sa.LargeBinary(), nullable=True),
        moment("challenged_at", nullable=True),
        sa.PrimaryKeyConstraint("digest", name="pk_invitation"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_invitation_person"),
    )
    op.create_index("ix_invitation_person", "invitation", ["person"])
    never_deleted("invitation", "kept.digest = NEW.digest", "invitations are never deleted")
    refuse(
        "invitation",
        "UPDATE",
        _differs("digest", "person", "made_by", "created_at", "expires_at"),
        "of an invitation, only the challenge changes",
        "invitation_keeps_person",
    )
    op.create_table(
        "passkey",
        text("credential"),
        text("person"),
        text("alg"),
        bytes_("spki"),
        text("label"),
        text("invitation"),
        moment("created_at"),
        moment("removed_at", nullable=True),
        sa.PrimaryKeyConstraint("credential", name="pk_passkey"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_passkey_person"),
        sa.ForeignKeyConstraint(
            ["invitation"], ["invitation.digest"], name="fk_passkey_invitation"
        ),
        sa.CheckConstraint("alg = 'ES256'", name="alg"),
    )
    op.create_index("ix_passkey_person", "passkey", ["person"])
    never_deleted("passkey", "kept.credential = NEW.credential", "passkeys are never deleted")
    refuse(
        "passkey",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM invitation i WHERE i.digest = NEW.invitation "
        "AND i.person = NEW.person)",
        "a passkey belongs to whoever was invited",
        "passkey_of_invited",
    )
    refuse(
        "passkey",
        "UPDATE",
        _differs("credential", "person", "alg", "spki", "label", "invitation", "created_at")
        + " OR OLD.removed_at IS NOT NULL",
        "of a passkey, only that it was taken away changes",
        "passkey_keeps_key",
    )


def downgrade() -> None:
    allow_again("passkey", "passkey_keeps_key")
    allow_again("passkey", "passkey_of_invited")
    allow_deleting("passkey")
    op.drop_table("passkey")
    allow_again("invitation", "invitation_keeps_person")
    allow_deleting("invitation")
    op.drop_table("invitation")


def _differs(*columns: str) -> str:
    return " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
