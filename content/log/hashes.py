"""The tree's hashes: those of leaves come from the ledger, those of full tiles are kept.

Guarantees:
1. Whatever is asked reads at most 256 rows for each level of the tree, however long the ledger is;
   only what was never kept is made from the ledger, and each row is read for that once.
2. What is kept is never changed, so a ledger that is rewritten later no longer fits its log.
3. A row that is missing or is no digest is never hashed over: LedgerBroken.
4. A ledger that is shorter than what is kept has no size, and nothing is signed: LedgerBroken.
"""

from collections.abc import Sequence

from sqlalchemy import Engine, insert
from sqlmodel import Field, Session, SQLModel, col, func, select

from content.database import reading, writing
from content.errors import LedgerBroken
from content.ledger import LedgerRow
from content.log import merkle
from content.log.tile import HEIGHT, WIDTH

DIGEST_BYTES = 32
#: Each entry of a bundle has its length in bytes before it, in two of them.
ENTRY_LENGTH = DIGEST_BYTES.to_bytes(2)
#: Hashes that are made in one transaction: as many times 256 rows of the ledger are read.
MADE_MAX = 64


class LogHash(SQLModel, table=True):
    """The root of one full tile, which is a hash of the level above it. Never changed, never
    deleted, and numbered from 0 without a gap on each level: triggers see to it."""

    __tablename__ = "log_hash"

    #: The level that it is a hash of, so 1 or more.
    level: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    hash: str


def size(session: Session) -> int:
    """Leaves of the tree that can be served now.

    All rows of the ledger, or fewer where the hash of a tile that has become full is not kept yet.
    Raises LedgerBroken where rows are gone of which the hash is kept: a log never grows shorter.
    """
    rows, full = _rows(session), _kept(session, 1)
    if rows < full * WIDTH:  # guarantee 4
        raise LedgerBroken
    return min(rows, (full + 1) * WIDTH - 1)


def root(session: Session, size: int) -> bytes:
    """The root of the tree of the first `size` leaves."""
    peaks: list[bytes] = []
    levels = -(-size.bit_length() // HEIGHT)
    for level in reversed(range(levels)):
        there = many_of_level(size, level)
        peaks += merkle.peaks(of_level(session, level, there - there % WIDTH, there % WIDTH))
    return merkle.join(peaks)


def many_of_level(size: int, level: int) -> int:
    """How many hashes of a level a tree of this size has."""
    return size >> HEIGHT * level


def of_level(session: Session, level: int, first: int, many: int) -> list[bytes]:
    """So many hashes of a level, from the one numbered `first`. Raises LedgerBroken."""
    if level == 0:
        return [merkle.leaf_hash(entry) for entry in entries(session, first, many)]
    query = (
        select(LogHash.hash)
        .where(col(LogHash.level) == level)
        .where(col(LogHash.number) >= first, col(LogHash.number) < first + many)
        .order_by(col(LogHash.number))
    )
    return _digests(session.exec(query).all(), many)


def entries(session: Session, first: int, many: int) -> list[bytes]:
    """The entries of so many leaves: the hashes of ledger rows. Raises LedgerBroken."""
    query = (
        select(LedgerRow.hash)
        .where(col(LedgerRow.seq) > first, col(LedgerRow.seq) <= first + many)
        .order_by(col(LedgerRow.seq))
    )
    return _digests(session.exec(query).all(), many)


def bundle(session: Session, first: int, many: int) -> bytes:
    """The same as they are served, each with its length before it (tlog-tiles, bundles)."""
    return b"".join(ENTRY_LENGTH + entry for entry in entries(session, first, many))


def _digests(found: Sequence[str], many: int) -> list[bytes]:
    try:
        digests = [bytes.fromhex(one) for one in found]
    except (TypeError, ValueError):  # SQLite keeps whatever is put into a column
        digests = []
    if len(digests) != many or any(len(one) != DIGEST_BYTES for one in digests):  # guarantee 3
        raise LedgerBroken
    return digests


def catch_up(engine: Engine) -> None:
    """Keep the hash of each tile that has become full. Several processes may do so at once.

    Whoever is killed leaves what its last transaction kept; the next one goes on from there.
    Raises HubIsBusy, LedgerBroken.
    """
    with reading(engine) as session:
        behind = _is_behind(session)
    while behind:
        with writing(engine) as session:
            _keep_more(session)
            behind = _is_behind(session)


def _is_behind(session: Session) -> bool:
    return _rows(session) // WIDTH > _kept(session, 1)


def _keep_more(session: Session) -> None:
    level, below = 1, _rows(session)
    while level == 1 or below:
        start = _kept(session, level)
        many = min(below // WIDTH - start, MADE_MAX)
        if many > 0:
            _keep(session, level, start, many)
        level, below = level + 1, start + max(many, 0)


def _keep(session: Session, level: int, start: int, many: int) -> None:
    made = enumerate(_made(session, level, start, many), start)
    rows = [{"level": level, "number": number, "hash": one.hex()} for number, one in made]
    session.connection().execute(insert(LogHash), rows)


def _made(session: Session, level: int, start: int, many: int) -> list[bytes]:
    """Hashes of a level, made from those of the level below it."""
    below = of_level(session, level - 1, start * WIDTH, many * WIDTH)
    return [merkle.root(below[at : at + WIDTH]) for at in range(0, len(below), WIDTH)]


def kept_wrongly(session: Session) -> tuple[int, int] | None:
    """Level and number of the first kept hash that the ledger does not give; None where all fit."""
    level = 1
    while many := _kept(session, level):
        for start in range(0, many, MADE_MAX):
            batch = min(MADE_MAX, many - start)
            try:
                made = _made(session, level, start, batch)
                kept = of_level(session, level, start, batch)
            except LedgerBroken:
                return level, start
            for number, (one, other) in enumerate(zip(made, kept, strict=True), start):
                if one != other:
                    return level, number
        level += 1
    return None


def _rows(session: Session) -> int:
    return session.exec(select(func.max(LedgerRow.seq))).one() or 0


def _kept(session: Session, level: int) -> int:
    newest = session.exec(select(func.max(LogHash.number)).where(col(LogHash.level) == level)).one()
    return 0 if newest is None else newest + 1
