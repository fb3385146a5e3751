"""Keep the stored answers in content codings, by the tag of the answer."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import one_of, text

revision = "0013_keep_codings"
down_revision = "0012_tell_of_trust_files"

NAMES = ("br", "zstd", "gzip")


def upgrade() -> None:
    op.create_table(
        "coding",
        text("etag"),
        text("name"),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("etag", "name", name="pk_coding"),
        sa.CheckConstraint(one_of("name", NAMES), name="name"),
    )
    op.create_index("ix_representation_etag", "representation", ["etag"])


def downgrade() -> None:
    op.drop_index("ix_representation_etag", "representation")
    op.drop_table("coding")
