"""The word that changes after each commit, whoever makes it."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from content.database import connect, writing
from content.errors import BadInput
from content.generation_word import BYTES, GenerationWord, open_word
from content.people import person


def add(engine: Engine) -> None:
    with writing(engine) as session:
        person.add(session, name="Ada", organisation="MSIF", by="operator")


def test_every_process_sees_that_it_changed(tmp_path: Path) -> None:
    path = tmp_path / "new" / "generation"
    one, other = GenerationWord(path), GenerationWord(path)
    before = one.read()
    assert other.read() == before
    other.change()
    assert one.read() == other.read() != before
    assert path.stat().st_size == BYTES
    assert path.stat().st_mode & 0o777 == 0o600
    # Whoever comes later changes nothing by it.
    assert GenerationWord(path).read() == one.read()


def test_it_changes_after_a_commit_and_after_nothing_else(
    empty_sqlite: Path, sqlite_engine: Engine, tmp_path: Path
) -> None:
    word = GenerationWord(tmp_path / "generation")
    engine = connect(str(sqlite_engine.url), word)
    before = word.read()
    with pytest.raises(BadInput), writing(engine) as session:
        person.add(session, name="", organisation="MSIF", by="operator")
    assert word.read() == before
    with writing(engine) as session:
        person.add(session, name="Ada", organisation="MSIF", by="operator")
        session.flush()
        assert word.read() == before
    assert word.read() != before
    engine.dispose()
    # An engine without one does as well.
    add(sqlite_engine)


def test_where_there_can_be_none_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert open_word(tmp_path / "file" / "generation") is None
    assert open_word(tmp_path) is None
    assert open_word(tmp_path / "generation") is not None
