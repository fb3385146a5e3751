"""What sections are called."""

from content.database import reading
from content.records import outline
from content.records import version as versions
from tests.world import World


def test_titles_are_read_once(sqlite_world: World) -> None:
    sqlite_world.write()
    with sqlite_world.reading() as session:
        found = versions.newest(session, "risks", "en")
        assert found is not None
        digest = found.document or ""
        expected = {digest: "Risks"}
        assert outline.titles(session, {digest, "0" * 64}) == expected
    with reading(sqlite_world.engine) as session:
        assert outline.titles(session, {digest}) == expected
        assert not session.in_transaction()
