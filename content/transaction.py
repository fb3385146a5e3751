"""What a session has learned in its present transaction, and may rely on until that ends.

A transaction sees one moment of the database and its own writes, so what it read of a row that it
alone could change is still true later on. Forgotten with the transaction, however it ends.
"""

from typing import Any

from sqlmodel import Session

KEY = "transaction.known"


def known(session: Session) -> dict[Any, Any]:
    """By name, whatever was put here since the transaction began; empty outside of one."""
    transaction = session.get_transaction()
    held: tuple[object, dict[Any, Any]] | None = session.info.get(KEY)
    if held is None or transaction is None or held[0] is not transaction:
        held = session.info[KEY] = (transaction, {})
    return held[1]
