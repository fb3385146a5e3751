"""Ledgers for tests of the log: some rows, and long ones."""

from hashlib import sha256

from sqlalchemy import Engine, insert, text

from content import clock, ledger
from content.database import writing
from content.ledger import Event, LedgerRow


def write(engine: Engine, rows: int, word: str = "written") -> None:
    """Append rows as the hub does, in one transaction."""
    events = [
        Event("ada", "version.saved", f"benefits/en/{number}", {"word": word})
        for number in range(rows)
    ]
    with writing(engine) as session:
        ledger.append_all(session, events)


def lengthen(engine: Engine, rows: int) -> None:
    """Append rows that are no more than their numbers and hashes, fast."""
    with writing(engine) as session:
        last = session.connection().execute(text("SELECT COALESCE(MAX(seq), 0) FROM ledger"))
        first = last.scalar_one() + 1
        session.connection().execute(insert(LedgerRow), [_row(first + n) for n in range(rows)])


def _row(seq: int) -> dict[str, object]:
    fields = {"at": clock.now(), "actor": "a", "event": "e", "subject": "s", "detail": "{}"}
    return fields | {"seq": seq, "previous": "", "hash": sha256(str(seq).encode()).hexdigest()}
