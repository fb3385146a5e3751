"""The schema: which tables there are, and bringing a database to it.

Stands above every package, because it gathers the tables of all of them.
"""

from functools import cache

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, inspect
from sqlmodel import SQLModel

import content.ledger
import content.log.hashes
import content.people.ceremony
import content.people.delay
import content.people.invitation
import content.people.oidc_link
import content.people.passkey
import content.people.passkey_proof
import content.people.password
import content.people.person
import content.people.recovery
import content.people.session
import content.people.token
import content.publication.coding
import content.publication.demo
import content.publication.generation
import content.publication.placement
import content.publication.refusal
import content.publication.release
import content.publication.representation
import content.publication.search.entry
import content.publication.withdrawal
import content.records.figure
import content.records.participation
import content.records.section
import content.review.acknowledgement
import content.review.remark
import content.review.resolution
import content.review.review
import content.sign_off.signature
import content.sign_off.statement
import content.sign_off.trust_file
import content.syndication.delivery
import content.syndication.member
import content.syndication.member_key
import content.syndication.recall
import content.syndication.reminder
import content.syndication.showing
import content.syndication.webhook
import content.translation.glossary
import content.translation.memory_import
import content.translation.snapshot
import content.translation.suggestion
import content.translation.unit
import content.translation.upload  # noqa: F401 (all of these define the tables)
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


@cache
def _steps() -> ScriptDirectory:
    """The migrations of this program. Read once: they do not change while it runs."""
    return ScriptDirectory.from_config(_config(None))


def newest() -> str | None:
    return _steps().get_current_head()


def suits(engine: Engine) -> bool:
    """Whether a program that is running can go on: at its own schema, or beside a newer program.

    A newer schema suits while it has every table and column known here, and asks in them for
    nothing unknown: a new column that may be empty or has a default.
    """
    found = present(engine)
    if found == newest():
        return True
    known = {step.revision for step in _steps().walk_revisions()}
    return found is not None and found not in known and _only_added_to(engine)


def _only_added_to(engine: Engine) -> bool:
    there = inspect(engine).get_multi_columns()
    for table in metadata().sorted_tables:
        columns = {column["name"]: column for column in there.get((None, table.name), ())}
        mine = set(table.columns.keys())
        if not mine <= columns.keys():
            return False
        new = [columns[name] for name in columns.keys() - mine]
        if any(not column["nullable"] and column["default"] is None for column in new):
            return False
    return True


def require_migrated(engine: Engine) -> None:
    """Raises NotMigrated."""
    if present(engine) != newest():
        raise NotMigrated


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["connection"] = connection
    return config
