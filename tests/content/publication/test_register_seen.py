"""The highest register that was signed: what lies before it is not signed again."""

from pathlib import Path

import pytest

from content.errors import RegisterBehind
from content.publication import register_seen


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "register.seen"


def test_numbers_go_up_or_stay(path: Path) -> None:
    register_seen.note(path, 1, 0)
    register_seen.note(path, 1, 40)
    register_seen.note(path, 1, 40)
    register_seen.note(path, 1, 41)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_an_older_one_is_refused_and_both_numbers_are_told(path: Path) -> None:
    register_seen.note(path, 1, 40)
    with pytest.raises(
        RegisterBehind, match="Register 39 under trust file 1 is older than 40 "
    ) as it:
        register_seen.note(path, 1, 39)
    assert it.value.context == {"seq": 39, "seen": 40}
    register_seen.note(path, 1, 40)


def test_a_new_trust_file_lets_the_number_go_back_and_an_old_one_never(path: Path) -> None:
    register_seen.note(path, 1, 40)
    register_seen.note(path, 2, 7)
    with pytest.raises(RegisterBehind):
        register_seen.note(path, 1, 41)
    register_seen.note(path, 2, 8)


@pytest.mark.parametrize(
    "body", [b"", b"x", b"[]", b"{}", b'{"trust":1}', b'{"trust":1,"seq":null}', b"\xff"]
)
def test_what_cannot_be_read_is_not_taken_for_nothing(path: Path, body: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(body)
    with pytest.raises(RegisterBehind, match="cannot be read"):
        register_seen.note(path, 9, 9)
    assert path.read_bytes() == body


def test_a_folder_in_its_place_is_told(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(RegisterBehind, match="IsADirectoryError"):
        register_seen.note(path, 1, 1)
