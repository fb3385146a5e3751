"""The schema: which tables there are, and bringing a database to it.

Stands above every package, because it gathers the tables of all of them.
"""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData
from sqlmodel import SQLModel

import content.ledger
import content.people.person
import content.people.token
import content.publication.demo
import content.publication.placement
import content.publication.release
import content.publication.representation
import content.publication.withdrawal
import content.records.figure
import content.records.participation
import content.records.section
import content.review.review
import content.sign_off.signature
import content.sign_off.statement
import content.translation.glossary
import content.translation.memory_import
import content.translation.unit  # noqa: F401 (all of these define the tables)
from content.errors import NotMigrated
from content.settings import ROOT


def metadata() -> MetaData:
    return SQLModel.metadata


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the database up to a revision, step by step, each in one transaction."""
    with engine.execution_options(msif_writing=True).begin() as connection:
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    with engine.execution_options(msif_writing=True).begin() as connection:
        command.downgrade(_config(connection), revision)


def present(engine: Engine) -> str | None:
    """The revision the database is at; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    return ScriptDirectory.from_config(_config(None)).get_current_head()


def require_migrated(engine: Engine) -> None:
    """Raises NotMigrated."""
    if present(engine) != newest():
        raise NotMigrated


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["connection"] = connection
    return config
