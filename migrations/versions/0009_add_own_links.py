"""Add own targets of links to the units of translations."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import text

revision = "0009_add_own_links"
down_revision = "0008_create_log"


def upgrade() -> None:
    # With a default, a program of before can go on beside this one.
    op.add_column("unit", text("own_links", sa.DefaultClause("{}")))


def downgrade() -> None:
    op.drop_column("unit", "own_links")
