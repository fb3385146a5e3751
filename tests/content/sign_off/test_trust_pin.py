"""The pin: whole or not there, never written over, and never guessed from what is no digest."""

from pathlib import Path

import pytest

from content.errors import TrustBroken
from content.sign_off import trust_pin

DIGEST, OTHER = "ab" * 32, "cd" * 32


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "trust.pin"


def test_what_is_pinned_is_read(path: Path) -> None:
    assert trust_pin.read(path) == ""
    trust_pin.write(path, DIGEST)
    assert trust_pin.read(path) == DIGEST
    assert list(path.parent.iterdir()) == [path]


def test_the_same_pin_again_changes_nothing_and_another_is_refused(path: Path) -> None:
    trust_pin.write(path, DIGEST)
    trust_pin.write(path, DIGEST)
    with pytest.raises(TrustBroken, match=f"pins another trust file, {DIGEST}"):
        trust_pin.write(path, OTHER)
    with pytest.raises(TrustBroken, match="wrong database"):
        trust_pin.require_free(path)
    trust_pin.require_free(path, DIGEST)
    assert trust_pin.read(path) == DIGEST


def test_by_hand_it_may_lack_its_last_line_end(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(DIGEST, "ascii")
    assert trust_pin.read(path) == DIGEST


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\n",
        DIGEST.upper().encode(),
        DIGEST[:-1].encode(),
        f"{DIGEST}\n{DIGEST}\n".encode(),
        f" {DIGEST}".encode(),
        "é".encode(),
        b"a" * 2_000,
    ],
)
def test_what_is_no_digest_is_no_pin(path: Path, body: bytes) -> None:
    """An empty file, say, must not count as no file: then the database's word would be taken."""
    path.parent.mkdir()
    path.write_bytes(body)
    with pytest.raises(TrustBroken):
        trust_pin.read(path)


def test_where_it_cannot_be_read_nothing_holds(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(TrustBroken, match="cannot be read"):
        trust_pin.read(path)


def test_a_folder_that_is_a_file_has_none(path: Path) -> None:
    path.parent.write_text("", "ascii")
    assert trust_pin.read(path) == ""
