"""Create the ways to sign in: passwords with codes, other services, and what a browser began; let a
session know when its person last showed who they are.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel import SQLModel

from migrations.columns import bytes_, moment, number, one_of, text

revision = "0025_create_ways_to_sign_in"
down_revision = "0024_create_remarks"

WAYS_BEFORE = ("demo", "token", "passkey", "password")
WAYS = (*WAYS_BEFORE, "oidc")
PURPOSES = ("sign-in", "step-up", "oidc", "link")


def upgrade() -> None:
    with op.batch_alter_table("desk_session", copy_from=_sessions(WAYS_BEFORE)) as batch:
        batch.add_column(moment("proven_at", nullable=True))
        batch.drop_constraint("way", type_="check")
        batch.create_check_constraint("way", one_of("way", WAYS))
        batch.create_check_constraint("proven", "proven_at >= created_at")
    _create_ceremony()
    _create_passkey_use()
    _create_password()
    _create_recovery_code()
    _create_sign_in_delay()
    _create_oidc_link()


def _create_ceremony() -> None:
    op.create_table(
        "ceremony",
        text("digest"),
        text("purpose"),
        text("person", nullable=True),
        text("onward"),
        moment("created_at"),
        sa.PrimaryKeyConstraint("digest", name="pk_ceremony"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_ceremony_person"),
        sa.CheckConstraint("length(digest) = 64", name="digest"),
        sa.CheckConstraint(one_of("purpose", PURPOSES), name="purpose"),
    )
    op.create_index("ix_ceremony_created_at", "ceremony", ["created_at"])


def _create_passkey_use() -> None:
    op.create_table(
        "passkey_use",
        text("credential"),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        moment("used_at"),
        sa.PrimaryKeyConstraint("credential", name="pk_passkey_use"),
        sa.ForeignKeyConstraint(
            ["credential"], ["passkey.credential"], name="fk_passkey_use_credential"
        ),
        sa.CheckConstraint("sign_count >= 0", name="sign_count"),
    )


def _create_password() -> None:
    op.create_table(
        "password",
        text("person"),
        text("name"),
        text("hash"),
        bytes_("sealed"),
        number("last_step", nullable=False),
        moment("set_at"),
        sa.PrimaryKeyConstraint("person", name="pk_password"),
        sa.UniqueConstraint("name", name="uq_password_name"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_password_person"),
        sa.CheckConstraint("hash LIKE '$argon2id$%'", name="hash"),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 200", name="name"),
    )


def _create_recovery_code() -> None:
    op.create_table(
        "recovery_code",
        text("person"),
        text("digest"),
        sa.PrimaryKeyConstraint("person", "digest", name="pk_recovery_code"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_recovery_code_person"),
        sa.CheckConstraint("length(digest) = 64", name="digest"),
    )


def _create_sign_in_delay() -> None:
    op.create_table(
        "sign_in_delay",
        text("digest"),
        number("failed"),
        moment("last_at"),
        moment("free_at"),
        sa.PrimaryKeyConstraint("digest", name="pk_sign_in_delay"),
        sa.CheckConstraint("length(digest) = 64", name="digest"),
        sa.CheckConstraint("failed > 0", name="failed"),
    )


def _create_oidc_link() -> None:
    op.create_table(
        "oidc_link",
        text("issuer"),
        text("subject"),
        text("person"),
        moment("linked_at"),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_oidc_link"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_oidc_link_person"),
    )
    op.create_index("ix_oidc_link_person", "oidc_link", ["person"])


def downgrade() -> None:
    for table in (
        "oidc_link",
        "sign_in_delay",
        "recovery_code",
        "password",
        "passkey_use",
        "ceremony",
    ):
        op.drop_table(table)
    # The step before has no word for this way; whoever came by it signs in anew.
    op.execute("DELETE FROM desk_session WHERE way = 'oidc'")
    further = (moment("proven_at", nullable=True), _check("proven_at >= created_at", "proven"))
    with op.batch_alter_table("desk_session", copy_from=_sessions(WAYS, *further)) as batch:
        batch.drop_constraint("proven", type_="check")
        batch.drop_column("proven_at")
        batch.drop_constraint("way", type_="check")
        batch.create_check_constraint("way", one_of("way", WAYS_BEFORE))


def _check(condition: str, name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=name)


def _sessions(ways: tuple[str, ...], *more: sa.schema.SchemaItem) -> sa.Table:
    """The table as it stands before a step, for SQLite, which makes it anew."""
    return sa.Table(
        "desk_session",
        sa.MetaData(naming_convention=SQLModel.metadata.naming_convention),
        sa.Column("id", sa.Integer(), nullable=False),
        text("person"),
        text("digest"),
        text("way"),
        number("token", nullable=True),
        text("browser"),
        moment("created_at"),
        moment("last_seen_at"),
        moment("ended_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_desk_session"),
        sa.UniqueConstraint("digest", name="uq_desk_session_digest"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_desk_session_person"),
        sa.ForeignKeyConstraint(["token"], ["token.id"], name="fk_desk_session_token"),
        _check(one_of("way", ways), "way"),
        _check("(way = 'token') = (token IS NOT NULL)", "by_token"),
        _check("length(digest) = 64", "digest"),
        _check("length(browser) <= 60", "browser"),
        _check("last_seen_at >= created_at", "seen"),
        _check("ended_at >= created_at", "ended"),
        sa.Index("ix_desk_session_person", "person"),
        *more,
    )
