"""Triggers that hold what must be true whoever writes, in the words of both databases.

A condition is one SQL expression over OLD and NEW that both databases understand.
"""

from alembic import op

_REFUSE = """
CREATE FUNCTION {name}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation'; END IF;
RETURN COALESCE(NEW, OLD); END $$
"""


def refuse(table: str, operation: str, condition: str, message: str, name: str) -> None:
    """Refuse INSERT, UPDATE or DELETE of a row where `condition` holds."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f'CREATE TRIGGER {name} BEFORE {operation} ON "{table}" WHEN {condition} '
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
        return
    op.execute(_REFUSE.format(name=name, condition=condition, message=message))
    op.execute(
        f'CREATE TRIGGER {name} BEFORE {operation} ON "{table}" '
        f"FOR EACH ROW EXECUTE FUNCTION {name}_refuse()"
    )


def append_only(table: str, taken: str) -> None:
    """Rows of this table are written once. `taken`: see `refuse_replacing`."""
    message = f"{table} is append-only"
    refuse(table, "UPDATE", "1 = 1", message, f"{table}_no_update")
    never_deleted(table, taken, message)


def never_deleted(table: str, taken: str, message: str) -> None:
    """Rows of this table stay. `taken`: see `refuse_replacing`."""
    refuse(table, "DELETE", "1 = 1", message, f"{table}_no_delete")
    refuse_truncate(table, message)
    refuse_replacing(table, taken, message)


def refuse_truncate(table: str, message: str) -> None:
    """Refuse to empty the table at once, which PostgreSQL can do without touching a row."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_REFUSE.format(name=f"{table}_no_truncate", condition="true", message=message))
        op.execute(
            f'CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON "{table}" '
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_no_truncate_refuse()"
        )


def refuse_replacing(table: str, taken: str, message: str) -> None:
    """Refuse OR REPLACE in SQLite, which deletes rows without asking the DELETE trigger.

    `taken` is true of the rows, named `kept`, that NEW would push aside by a key of theirs. The
    number that SQLite gives every row is a key, too: a row is neither put nor moved onto another.
    """
    if op.get_bind().dialect.name == "sqlite":
        pushed = f"kept.rowid = NEW.rowid OR ({taken})"
        condition = f'EXISTS (SELECT 1 FROM "{table}" kept WHERE {pushed})'  # noqa: S608 (names of ours)
        refuse(table, "INSERT", condition, message, f"{table}_no_replace")
        refuse(table, "UPDATE", "OLD.rowid <> NEW.rowid", message, f"{table}_no_move")


def allow_again(table: str, name: str) -> None:
    """Drop one trigger; for the way down."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {name}")
        return
    op.execute(f'DROP TRIGGER {name} ON "{table}"')
    op.execute(f"DROP FUNCTION {name}_refuse()")


def allow_everything(table: str) -> None:
    """Undo `append_only`."""
    allow_again(table, f"{table}_no_update")
    allow_deleting(table)


def allow_deleting(table: str) -> None:
    """Undo `never_deleted`."""
    allow_again(table, f"{table}_no_delete")
    allow_truncate(table)
    if op.get_bind().dialect.name == "sqlite":
        allow_again(table, f"{table}_no_replace")
        allow_again(table, f"{table}_no_move")


def allow_truncate(table: str) -> None:
    """Undo `refuse_truncate`."""
    if op.get_bind().dialect.name == "postgresql":
        allow_again(table, f"{table}_no_truncate")
