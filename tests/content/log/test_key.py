"""The log's key: made once, for its owner alone, and never written over."""

import os
import signal
import stat
import threading
from pathlib import Path

import pytest

from content.errors import AlreadyThere, BadInput, LogKeyMissing, LogKeyUnusable
from content.log import key, note
from content.log.note import SigningKey

ORIGIN = "hub.example.org/log"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "log.key"


def test_it_is_made_for_its_owner_alone(path: Path) -> None:
    made = key.make(path, ORIGIN)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]
    assert key.load(path) == made
    assert made.name == ORIGIN


def test_two_keys_differ(tmp_path: Path) -> None:
    assert key.make(tmp_path / "one", ORIGIN).seed != key.make(tmp_path / "two", ORIGIN).seed


def test_it_is_never_written_over(path: Path) -> None:
    key.make(path, ORIGIN)
    before = path.read_bytes()

    with pytest.raises(AlreadyThere, match="has its key already"):
        key.make(path, ORIGIN)

    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_of_many_who_make_it_at_once_one_does(path: Path) -> None:
    barrier, made = threading.Barrier(8), list[SigningKey]()

    def make() -> None:
        barrier.wait()
        try:
            made.append(key.make(path, ORIGIN))
        except AlreadyThere:
            return

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made == [key.load(path)]


def test_who_is_killed_while_making_it_leaves_no_half_of_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: os.kill(os.getpid(), signal.SIGKILL))
    child = os.fork()
    if child == 0:
        key.make(path, ORIGIN)
        os._exit(0)
    monkeypatch.undo()
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL

    with pytest.raises(LogKeyMissing):
        key.load(path)
    assert key.make(path, ORIGIN) == key.load(path)


@pytest.mark.parametrize("origin", ["", "a b", "a+b", "x" * 201])
def test_an_origin_is_a_name(path: Path, origin: str) -> None:
    with pytest.raises(BadInput, match="An origin is the log's address"):
        key.make(path, origin)
    assert not path.exists()


def test_without_a_file_it_says_how_to_make_one(path: Path) -> None:
    with pytest.raises(LogKeyMissing, match="`msif log init`"):
        key.load(path)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666, 0o610])
def test_a_file_that_others_may_use_is_refused(path: Path, mode: int) -> None:
    key.make(path, ORIGIN)
    path.chmod(mode)

    with pytest.raises(LogKeyUnusable, match=f"may be read by others \\(mode {mode:04o}"):
        key.load(path)

    path.chmod(0o400)
    key.load(path)


@pytest.mark.parametrize("content", [b"", b"x", b"\xff\xfe", b"x" * 5_000, b"@\n", b"\n@"])
def test_a_file_without_a_key_is_refused_and_not_repeated(path: Path, content: bytes) -> None:
    made = note.private_text(key.make(path, ORIGIN)).encode()
    path.write_bytes(content.replace(b"@", made[:-4]))

    with pytest.raises(LogKeyUnusable, match="holds no key") as refused:
        key.load(path)

    assert refused.value.__cause__ is None
    assert "PRIVATE" not in str(refused.value)


def test_what_cannot_be_read_is_refused(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(LogKeyUnusable, match="cannot be read: Is a directory"):
        key.load(path)
