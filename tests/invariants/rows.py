"""The rows of a whole database, as plain values."""

from typing import Any

from sqlalchemy import Engine, select

from content import schema

Rows = dict[str, list[tuple[Any, ...]]]


def of(engine: Engine) -> Rows:
    """Table to its rows, in the order of their primary keys."""
    with engine.connect() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in schema.metadata().sorted_tables
        }


def changed(before: Rows, after: Rows) -> set[str]:
    """The tables that differ."""
    return {name for name in before if before[name] != after[name]}
