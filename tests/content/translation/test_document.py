"""The text of a translation: put together when somebody reads it, stored when it is submitted."""

import pytest
from sqlmodel import Session

from content.database import writing
from content.errors import PreconditionStale
from content.records import document as documents
from content.records.version import Version
from content.translation import document
from tests.world import World, translated


def newest(session: Session, world: World) -> Version:
    key = world.version("risks", "fr").key
    version = session.get(Version, key)
    assert version is not None
    return version


@pytest.mark.begins_with("en")
def test_a_draft_is_read_without_being_stored(sqlite_world: World) -> None:
    sqlite_world.push("fr", translated(sqlite_world.pull("fr"), "fr"))
    with sqlite_world.reading() as session:
        version = newest(session, sqlite_world)
        text = document.of_version(session, version)
        assert version.document is None
        assert text is not None
        assert (text.locale, text.title) == ("fr", "fr – Risks")
    sqlite_world.submit("risks", "fr")
    with sqlite_world.reading() as session:
        digest = newest(session, sqlite_world).document
        assert digest is not None
        assert documents.load(session, digest) == text


@pytest.mark.begins_with("en")
def test_a_version_that_moved_on_is_not_stored_anew(sqlite_world: World) -> None:
    sqlite_world.push("fr", translated(sqlite_world.pull("fr"), "fr"))
    with writing(sqlite_world.engine) as session:
        version = newest(session, sqlite_world)
        session.connection().exec_driver_sql(
            f"UPDATE version SET state = 'abandoned' WHERE id = {version.key}"
        )
        with pytest.raises(PreconditionStale):
            document.freeze(session, version)
