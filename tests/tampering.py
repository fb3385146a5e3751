"""What somebody does who owns the database: drops its triggers, and writes what they like."""

from sqlalchemy import Connection, Engine

from content.database import writing

TRIGGERS = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal",
}


def drop_triggers(engine: Engine) -> None:
    """All of them: what holds then is held by the code, or by the signatures."""
    with writing(engine) as session:
        _drop_triggers(session.connection())


def tamper(engine: Engine, *scripts: str, **values: object) -> int:
    """Run the scripts with no trigger left; how many rows the last of them changed.

    They go to the driver as they are: on SQLite `:name` stands for one of the values.
    """
    changed = 0
    with writing(engine) as session:
        connection = session.connection()
        _drop_triggers(connection)
        for script in scripts:
            changed = connection.exec_driver_sql(script, values or None).rowcount
    return changed


def _drop_triggers(connection: Connection) -> None:
    kind = connection.dialect.name
    for name, table in connection.exec_driver_sql(TRIGGERS[kind]).all():
        on = "" if kind == "sqlite" else f" ON {table}"
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"{on}')
