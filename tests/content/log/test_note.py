"""Signed notes: Go's published keys and signatures, byte for byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.log import checkpoint, merkle, note
from tests.content.log.vectors import (
    NOTE_TEXT,
    PETER,
    PETER_PRIVATE,
    PETER_SIGNATURE,
)


def test_the_published_key_gives_the_published_signature() -> None:
    key = note.read_private(PETER_PRIVATE)

    assert note.public_text(key) == PETER
    assert note.private_text(key) == PETER_PRIVATE
    assert key.sign(NOTE_TEXT) == f"{NOTE_TEXT}\n{PETER_SIGNATURE}"


def test_the_published_text_of_a_checkpoint() -> None:
    # sumdb/tlog/note_test.go of https://github.com/golang/mod (774e778)
    golden = "go.sum database tree\n123456789012\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n"
    leaf = merkle.leaf_hash(b"hello world")
    assert checkpoint.text("go.sum database tree", 123456789012, leaf) == golden


def test_a_mangled_private_key_is_none() -> None:
    length = len(PETER_PRIVATE)
    cut = [PETER_PRIVATE[:end] for end in range(length)]
    cut += [PETER_PRIVATE[start:] for start in range(1, length)]
    turned = [
        PETER_PRIVATE[:at] + chr(ord(PETER_PRIVATE[at]) + 1) + PETER_PRIVATE[at + 1 :]
        for at in range(length)
    ]
    for mangled in [*cut, *turned, PETER_PRIVATE + "\n", PETER_PRIVATE + "AAAA"]:
        with pytest.raises(ValueError, match=r"it is no|its parts|base64|padded|padding"):
            note.read_private(mangled)


@pytest.mark.parametrize("name", ["hub.example.org/log", "a", "é", "x" * 200])
def test_what_may_be_a_name(name: str) -> None:
    assert note.is_name(name)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u2003b", "\x00", "a\x7f", "x" * 201])
def test_what_may_not(name: str) -> None:
    assert not note.is_name(name)


@given(st.text(min_size=1, max_size=40).filter(note.is_name), st.binary(min_size=32, max_size=32))
def test_every_key_can_be_written_and_read(name: str, seed: bytes) -> None:
    key = note.SigningKey(name, seed)
    assert note.read_private(note.private_text(key)) == key
