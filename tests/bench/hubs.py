"""Empty hubs in files, for measuring."""

from pathlib import Path

from sqlalchemy import Engine

from content import database, schema


def new_hub(path: Path) -> Engine:
    engine = database.connect(f"sqlite:///{path}")
    schema.migrate(engine)
    return engine
