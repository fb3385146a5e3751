"""Documents: canonical bytes under their digest, kept once and never changed."""

import json
from datetime import date
from hashlib import sha256

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from content.database import writing
from content.errors import DocumentNotFound
from content.records import document
from content.records.document import Document
from content.records.version import Version
from tests.world import World, page


def kept(world: World, section: str = "benefits") -> Document:
    with world.reading() as session:
        return document.load(session, digest(world.version(section)))


def digest(version: Version) -> str:
    assert version.document is not None
    return version.document


def test_the_bytes_are_what_any_canonical_writer_makes(sqlite_world: World) -> None:
    """RFC 8785: no spaces, keys in order, letters as they are; so that anybody can check."""
    sqlite_world.write(page('# Thérapie 𝒙 {#treatment}\n\nA "quoted" text.\n'))
    with sqlite_world.reading() as session:
        name = digest(sqlite_world.version("treatment"))
        body = document.load_bytes(session, name)

    assert sha256(body).hexdigest() == name
    read = json.loads(body)
    assert (
        body == json.dumps(read, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    )
    assert read["kind"] == "msif.section/1"
    assert read["title"] == "Thérapie 𝒙"
    assert read["review_by"] == "2027-11-20"


def test_what_is_read_writes_the_same_bytes(sqlite_world: World) -> None:
    sqlite_world.write()
    text_kept = kept(sqlite_world)

    assert Document.model_validate_json(text_kept.canonical()).canonical() == text_kept.canonical()


def test_a_later_field_does_not_disturb_a_reader(sqlite_world: World) -> None:
    sqlite_world.write()
    later = json.loads(kept(sqlite_world).canonical()) | {"reading_minutes": 3}

    assert Document.model_validate(later) == kept(sqlite_world)


def test_the_same_text_is_kept_once(world: World) -> None:
    world.write()
    with writing(world.engine) as session:
        before = session.execute(text("SELECT count(*) FROM document")).scalar()
        assert document.store(session, kept(world)) == digest(world.version("benefits"))
        assert session.execute(text("SELECT count(*) FROM document")).scalar() == before


def test_a_document_that_is_not_there_is_named(sqlite_world: World) -> None:
    with sqlite_world.reading() as session, pytest.raises(DocumentNotFound) as missing:
        document.load(session, "f" * 64)
    assert missing.value.context == {"sha256": "f" * 64}


def test_nobody_changes_or_deletes_a_document(world: World) -> None:
    world.write()
    for statement in ("UPDATE document SET sha256 = 'x'", "DELETE FROM document"):
        with (
            pytest.raises(DBAPIError, match="document is append-only"),
            world.engine.begin() as connection,
        ):
            connection.execute(text(statement))


def test_texts_are_the_same_whatever_their_number_and_their_change_are_called(
    sqlite_world: World,
) -> None:
    sqlite_world.write()
    one = kept(sqlite_world)
    change = one.change.model_copy(update={"kind": "safety", "summary": "Urgent"})

    assert one.same_text(one.model_copy(update={"version": 7, "change": change}))
    assert not one.same_text(one.model_copy(update={"title": "Harms"}))
    assert not one.same_text(one.model_copy(update={"review_by": date(2027, 1, 1)}))
    assert not one.same_text(one.model_copy(update={"children": ("risks",)}))
