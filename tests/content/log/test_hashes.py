"""The tree's hashes, from a ledger of any length, against the tree made without any thought."""

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from itertools import count

import pytest
from sqlalchemy import Engine, event, text
from sqlmodel import Session, col, select

from content import database
from content.database import reading
from content.errors import LedgerBroken
from content.ledger import LedgerRow
from content.log import checkpoint, hashes, merkle
from content.log.note import SigningKey
from content.log.tile import WIDTH
from tests.ledgers import lengthen, write
from tests.tampering import tamper

KEY = SigningKey("hub.example.org/log", b"\x07" * 32)
#: Of a kept hash: level, number, hash.
ALL_KEPT = text("SELECT level, number, hash FROM log_hash ORDER BY level, number")


def leaves_of(session: Session) -> list[bytes]:
    rows = session.exec(select(LedgerRow.hash).order_by(col(LedgerRow.seq))).all()
    return [merkle.leaf_hash(bytes.fromhex(one)) for one in rows]


def levels_of(leaves: list[bytes]) -> Iterator[list[bytes]]:
    """The hashes of each level, as C2SP's tlog-tiles says: roots of 256 ** level leaves."""
    for level in count():
        wide = WIDTH**level
        found = [
            merkle.root(leaves[at : at + wide]) for at in range(0, len(leaves) - wide + 1, wide)
        ]
        if not found:
            return
        yield found


def kept(engine: Engine) -> list[tuple[int, int, str]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(ALL_KEPT).all()]


def require_whole(engine: Engine) -> None:
    """Size, root and every hash of every level are those of the ledger."""
    hashes.catch_up(engine)
    with reading(engine) as session:
        leaves = leaves_of(session)
        assert hashes.size(session) == len(leaves)
        assert hashes.root(session, len(leaves)) == merkle.root(leaves)
        for level, found in enumerate(levels_of(leaves)):
            assert hashes.many_of_level(len(leaves), level) == len(found)
            for first in range(0, len(found), WIDTH):
                part = found[first : first + WIDTH]
                assert hashes.of_level(session, level, first, len(part)) == part
        assert hashes.kept_wrongly(session) is None


def test_a_ledger_that_grows(engine: Engine) -> None:
    require_whole(engine)
    for size in (1, 2, 255, 256, 257, 511, 512, 700):
        with reading(engine) as session:
            there = len(leaves_of(session))
        write(engine, size - there)
        require_whole(engine)


@pytest.mark.parametrize(
    "engine", ["sqlite", pytest.param("postgres", marks=pytest.mark.slow)], indirect=True
)
def test_a_ledger_of_three_levels(engine: Engine) -> None:
    lengthen(engine, WIDTH**2 + WIDTH + 3)

    require_whole(engine)

    assert [row[:2] for row in kept(engine)] == [*((1, n) for n in range(257)), (2, 0)]


def test_the_root_of_every_smaller_tree_is_there_too(sqlite_engine: Engine) -> None:
    write(sqlite_engine, 600)
    hashes.catch_up(sqlite_engine)
    with reading(sqlite_engine) as session:
        leaves = leaves_of(session)
        for size in range(0, 600, 7):
            assert hashes.root(session, size) == merkle.root(leaves[:size])


def test_until_it_is_caught_up_the_tree_is_as_long_as_what_is_kept(engine: Engine) -> None:
    write(engine, 600)
    with reading(engine) as session:
        assert hashes.size(session) == 255
        assert hashes.root(session, 255) == merkle.root(leaves_of(session)[:255])
    hashes.catch_up(engine)
    write(engine, 200)
    with reading(engine) as session:
        assert hashes.size(session) == 767


def test_the_same_tree_gives_the_same_checkpoint(engine: Engine) -> None:
    write(engine, 300)
    hashes.catch_up(engine)
    with reading(engine) as session:
        signed = checkpoint.sign(session, KEY)
        assert signed == checkpoint.sign(session, KEY)
        root = hashes.root(session, 300)
    assert signed.startswith(checkpoint.text("hub.example.org/log", 300, root) + "\n— hub.example")


def test_what_is_kept_is_made_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    write(engine, 600)
    hashes.catch_up(engine)
    before = kept(engine)
    hashed = list[int]()
    whole = merkle.root

    def counted(many: Sequence[bytes]) -> bytes:
        hashed.append(len(many))
        return whole(many)

    monkeypatch.setattr(merkle, "root", counted)

    hashes.catch_up(engine)
    assert hashed == []
    write(engine, 400)
    hashes.catch_up(engine)

    assert hashed == [WIDTH]
    assert kept(engine)[:2] == before


def test_whoever_catches_up_at_once_keeps_the_same(engine: Engine) -> None:
    lengthen(engine, 40 * WIDTH)
    barrier = threading.Barrier(4)
    failed = list[Exception]()

    def catch_up() -> None:
        barrier.wait()
        try:
            hashes.catch_up(engine)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=catch_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    require_whole(engine)


def test_whoever_is_killed_while_catching_up_leaves_what_is_true(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashes, "MADE_MAX", 2)
    lengthen(engine, 9 * WIDTH)
    url = engine.url.render_as_string(hide_password=False)
    seen = set[int]()
    for at in range(1, 60, 3):
        engine.dispose()
        ended = catching_up_killed(url, at)
        seen.add(len(kept(engine)))
        with reading(engine) as session:
            assert hashes.kept_wrongly(session) is None
            size = hashes.size(session)
            assert hashes.root(session, size) == merkle.root(leaves_of(session)[:size])
        if ended == 0:
            break
    assert ended == 0
    assert len(seen) > 2
    assert all(many % 2 == 0 or many == 9 for many in seen)
    require_whole(engine)


def catching_up_killed(url: str, at: int) -> int:
    """Catch up in a process that kills itself before its `at`th statement; its wait status."""
    child = os.fork()
    if child == 0:
        counted = count(1)

        def one_more(*_: object) -> None:
            if next(counted) == at:
                os.kill(os.getpid(), signal.SIGKILL)

        other = database.connect(url)
        event.listen(other, "before_cursor_execute", one_more)
        event.listen(other, "commit", one_more)
        hashes.catch_up(other)
        os._exit(0)
    return os.waitpid(child, 0)[1]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM ledger WHERE seq = 17",
        "UPDATE ledger SET hash = 'no digest' WHERE seq = 17",
        "UPDATE ledger SET hash = 'abcd' WHERE seq = 17",
        "UPDATE ledger SET hash = '' WHERE seq = 17",
    ],
)
def test_a_row_that_is_gone_or_is_no_digest_is_not_hashed_over(
    engine: Engine, statement: str
) -> None:
    write(engine, 300)
    tamper(engine, statement)

    with pytest.raises(LedgerBroken):
        hashes.catch_up(engine)

    assert kept(engine) == []
    with reading(engine) as session, pytest.raises(LedgerBroken):
        hashes.entries(session, 0, 100)


def test_a_ledger_shorter_than_its_log_has_no_size(engine: Engine) -> None:
    write(engine, 520)
    hashes.catch_up(engine)
    tamper(engine, "DELETE FROM ledger WHERE seq > 512")
    with reading(engine) as session:
        assert hashes.size(session) == 512
    tamper(engine, "DELETE FROM ledger WHERE seq > 511")
    with reading(engine) as session, pytest.raises(LedgerBroken):
        hashes.size(session)


def test_a_row_that_is_no_text_is_not_hashed_over(sqlite_engine: Engine) -> None:
    write(sqlite_engine, 3)
    tamper(sqlite_engine, "UPDATE ledger SET hash = x'00ff' WHERE seq = 2")
    with reading(sqlite_engine) as session, pytest.raises(LedgerBroken):
        hashes.root(session, 3)


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE ledger SET hash = previous WHERE seq = 300", (1, 1)),
        ("DELETE FROM ledger WHERE seq = 300", (1, 0)),
        (
            "UPDATE log_hash SET hash = (SELECT hash FROM ledger WHERE seq = 1) WHERE level = 1",
            (1, 0),
        ),
        ("DELETE FROM log_hash WHERE number = 0", (1, 0)),
        ("INSERT INTO log_hash SELECT 2, 0, hash FROM log_hash WHERE number = 0", (2, 0)),
    ],
)
def test_what_is_kept_and_the_ledger_are_compared(
    engine: Engine, statement: str, found: tuple[int, int]
) -> None:
    write(engine, 600)
    hashes.catch_up(engine)
    tamper(engine, statement)

    with reading(engine) as session:
        assert hashes.kept_wrongly(session) == found
