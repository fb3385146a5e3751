"""What the log costs as the ledger grows: the checkpoint, a tile, and catching up."""

import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from content.database import reading
from content.log import checkpoint, hashes
from content.log.note import SigningKey
from content.log.tile import WIDTH
from tests.bench.hubs import new_hub
from tests.bench.reading import Ratio, compare
from tests.ledgers import lengthen

SMALL, LARGE = 1_000, 100_000
#: Rows that are appended in one transaction.
STEP = 10_000
KEY = SigningKey("bench.invalid/log", bytes(32))


@dataclass(frozen=True)
class Log:
    """A ledger of so many rows, whose log has caught up. Frozen."""

    engine: Engine
    rows: int
    #: Of processor time, to make all hashes that are kept.
    caught_up_seconds: float


def filled(path: Path, rows: int) -> Log:
    engine = new_hub(path)
    for start in range(0, rows, STEP):
        lengthen(engine, min(STEP, rows - start))
    begun = time.process_time()
    hashes.catch_up(engine)
    return Log(engine, rows, time.process_time() - begun)


def signed(log: Log) -> str:
    """What a GET of the checkpoint does."""
    hashes.catch_up(log.engine)
    with reading(log.engine) as session:
        return checkpoint.sign(session, KEY)


def tile(log: Log, level: int) -> list[bytes]:
    """What a GET of the last tile of a level does, 3 hashes of it."""
    with reading(log.engine) as session:
        return _last(session, level)


def _last(session: Session, level: int) -> list[bytes]:
    there = hashes.many_of_level(hashes.size(session), level)
    width = min(there, 3) if level else WIDTH
    return hashes.of_level(session, level, there - width, width)


def signing(small: Log, large: Log) -> Ratio:
    return compare("checkpoint, 100 times more", partial(signed, small), partial(signed, large))


def tiles(small: Log, large: Log, level: int) -> Ratio:
    return compare(
        f"tile of level {level}, 100 times more",
        partial(tile, small, level),
        partial(tile, large, level),
    )


def catching_up(small: Log, large: Log) -> Ratio:
    """Of one row in a thousand times as many."""
    per_row = [log.caught_up_seconds * 1_000 / log.rows for log in (small, large)]
    return Ratio("catching up, for each row", *per_row)
