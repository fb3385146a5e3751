"""How long a search may take."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from content.errors import SearchTooSlow

#: Milliseconds that PostgreSQL may spend on one statement of a search, waiting included. In SQLite
#: nothing waits, and no search reads more than the index of its words.
STATEMENT_MAX_MS = 2_000

#: To compile a search, or to carry out a plan made for any words, takes longer than the search.
_SET = text(
    "SELECT set_config('statement_timeout', :milliseconds, true), set_config('jit', 'off', true),"
    " set_config('plan_cache_mode', 'force_custom_plan', true)"
)


@contextmanager
def bounded(session: Session) -> Iterator[None]:
    """For this transaction. Raises SearchTooSlow."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        yield
        return
    connection.execute(_SET, {"milliseconds": str(STATEMENT_MAX_MS)})
    try:
        yield
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != "57014":  # query_canceled
            raise
        raise SearchTooSlow from error
