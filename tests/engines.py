"""Engines that share what SQLAlchemy remembers of compiled statements.

A hub has one engine and compiles a statement once. The tests make thousands of engines of two
kinds, and would compile every statement anew for each.
"""

from typing import Any

from sqlalchemy import Engine, create_engine, event

#: All the statements of the hub and of the tests.
STATEMENTS_MAX = 10_000

_first: dict[str, Engine] = {}


def create_like_the_first(url: str, **options: Any) -> Engine:
    """An engine with the dialect, and so with the compiled statements, of the first of its kind
    that was connected in this process: by then its dialect has learned what it talks to.
    """
    engine = create_engine(url, query_cache_size=STATEMENTS_MAX, **options)
    first = _first.get(engine.name)
    if first is None:
        event.listen(engine, "connect", lambda *_: _first.setdefault(engine.name, engine))
    else:
        engine.dialect = first.dialect
        engine._compiled_cache = first._compiled_cache
    return engine
