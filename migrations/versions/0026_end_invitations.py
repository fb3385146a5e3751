"""Let an invitation end before its time. It never lives longer than it was said to."""

from migrations.triggers import allow_again, refuse

revision = "0026_end_invitations"
down_revision = "0025_create_ways_to_sign_in"

NAME = "invitation_keeps_person"
KEPT = ("digest", "person", "made_by", "created_at")


def upgrade() -> None:
    allow_again("invitation", NAME)
    refuse(
        "invitation",
        "UPDATE",
        f"{_differs(*KEPT)} OR NEW.expires_at > OLD.expires_at",
        "of an invitation, only the challenge changes, and that it ends earlier",
        NAME,
    )


def downgrade() -> None:
    allow_again("invitation", NAME)
    refuse(
        "invitation",
        "UPDATE",
        _differs(*KEPT, "expires_at"),
        "of an invitation, only the challenge changes",
        NAME,
    )


def _differs(*columns: str) -> str:
    return " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
