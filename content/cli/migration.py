"""Bringing a database to this program's schema, for the commands that do so."""

import typer
from alembic.script.revision import ResolutionError
from alembic.util.exc import CommandError
from sqlalchemy import Engine

from content import schema
from content.errors import NotMigrated


def bring_up(engine: Engine) -> bool:
    """Migrate where it is needed; whether it was. Raises NotMigrated for a newer database."""
    before = schema.present(engine)
    if before == schema.newest():
        return False
    try:
        schema.migrate(engine)
    except (CommandError, ResolutionError):
        raise NotMigrated(
            f"The database is at `{before}`, which this program does not know: "
            "it was written by a newer one. Start that one.",
        ) from None
    typer.echo(f"Database: migrated from {before or 'nothing'} to {schema.newest()}.")
    return True
