"""The hub that a command works on: settings, database and policy, opened once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, make_url

from content import schema
from content.database import connect, reading
from content.generation_word import open_word
from content.publication import demo
from content.review.policy import Policy
from content.settings import Settings


@dataclass(frozen=True)
class Hub:
    """One hub for the time of one command. Frozen."""

    settings: Settings
    engine: Engine
    policy: Policy


@contextmanager
def connected(settings: Settings) -> Iterator[Engine]:
    """The database, whatever state it is in. Raises SqliteTooOld."""
    _keep_private(settings.database)
    engine = connect(settings.database, open_word(settings.generation_word))
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def opened() -> Iterator[Hub]:
    """The hub, at this program's schema. Raises NotMigrated, PolicyMalformed."""
    settings = Settings()
    with connected(settings) as engine:
        schema.require_migrated(engine)
        with reading(engine) as session:
            policy = demo.policy_of(session, settings)
        yield Hub(settings, engine, policy)


def _keep_private(url: str) -> None:
    """A new SQLite file is for its owner alone: drafts and names are in it.

    SQLite gives the files beside it the same mode.
    """
    path = make_url(url).database
    if make_url(url).get_backend_name() == "sqlite" and path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).touch(mode=0o600)
