"""What the database is asked, to be counted."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

#: What a server asks while it compresses answers, beside the requests.
BESIDE = re.compile(r"\b(coding|generation|etag)\b")


@contextmanager
def asked(engine: Engine) -> Iterator[list[str]]:
    """Everything the database is asked meanwhile, but for the beginning and end of transactions."""
    found: list[str] = []

    def note(*told: object) -> None:
        sql = str(told[2])
        if BESIDE.search(sql):
            return
        if sql.split(None, 1)[0].upper() in ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE"):
            found.append(sql)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)
