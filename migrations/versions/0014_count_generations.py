"""Count the changes of the stored answers, for whoever keeps them in memory."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import number

revision = "0014_count_generations"
down_revision = "0013_keep_codings"


def upgrade() -> None:
    generation = op.create_table(
        "generation",
        number("id"),
        number("number"),
        sa.PrimaryKeyConstraint("id", name="pk_generation"),
        sa.CheckConstraint("id = 1", name="one_row"),
    )
    op.bulk_insert(generation, [{"id": 1, "number": 0}])


def downgrade() -> None:
    op.drop_table("generation")
