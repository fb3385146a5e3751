"""Stands in for the uploads' tables until they are here."""

revision = "0006_create_uploads"
down_revision = "0005_create_publication"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
