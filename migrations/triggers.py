"""Triggers that hold what must be true whoever writes, in the words of both databases.

A condition is one SQL expression over OLD and NEW that both databases understand.
"""

from alembic import op

#: PostgreSQL can empty a table without touching a row; append-only tables refuse that too.
_NO_TRUNCATE = """
CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON "{table}"
FOR EACH STATEMENT EXECUTE FUNCTION {name}_refuse()
"""


def refuse(table: str, operation: str, condition: str, message: str, name: str) -> None:
    """Refuse INSERT, UPDATE or DELETE of a row where `condition` holds."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f'CREATE TRIGGER {name} BEFORE {operation} ON "{table}" WHEN {condition} '
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION {name}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation'; "
        f"END IF; RETURN COALESCE(NEW, OLD); END $$"
    )
    op.execute(
        f'CREATE TRIGGER {name} BEFORE {operation} ON "{table}" '
        f"FOR EACH ROW EXECUTE FUNCTION {name}_refuse()"
    )


def append_only(table: str) -> None:
    """Rows of this table are written once."""
    message = f"{table} is append-only"
    refuse(table, "UPDATE", "1 = 1", message, f"{table}_no_update")
    refuse(table, "DELETE", "1 = 1", message, f"{table}_no_delete")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_NO_TRUNCATE.format(name=f"{table}_no_delete", table=table))


def allow_again(table: str, name: str) -> None:
    """Drop one trigger; for the way down."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {name}")
        return
    op.execute(f'DROP TRIGGER {name} ON "{table}"')
    op.execute(f'DROP TRIGGER IF EXISTS {name}_truncate ON "{table}"')
    op.execute(f"DROP FUNCTION {name}_refuse()")


def allow_everything(table: str) -> None:
    """Undo `append_only`."""
    allow_again(table, f"{table}_no_update")
    allow_again(table, f"{table}_no_delete")
