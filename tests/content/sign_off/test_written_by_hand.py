"""What somebody wrote into the database by hand may be anything: it is refused, and nothing falls.

SQLite keeps text in a column of bytes, and both keep what is no JSON.
"""

import pytest

from content.errors import TrustBroken
from content.publication import audit
from content.sign_off import trust_file
from tests.reader import TODAY
from tests.tampering import drop_triggers, tamper
from tests.world import World

pytestmark = pytest.mark.time_machine(TODAY, tick=False)


@pytest.fixture
def opened(published: World) -> World:
    """English and French in force, and no trigger left."""
    drop_triggers(published.engine)
    return published


def refused(world: World) -> int:
    with world.reading() as session:
        return len(audit.found(session, world.policy))


def test_all_of_it_passes_at_first(opened: World) -> None:
    assert refused(opened) == 0


@pytest.mark.parametrize("body", ["CAST(body AS TEXT)", "'text'", "x''", "x'ff'", "'null'"])
def test_a_document_that_is_something_else(opened: World, body: str) -> None:
    document = opened.version("benefits").document
    tamper(opened.engine, f"UPDATE document SET body = {body} WHERE sha256 = :it", it=document)
    assert refused(opened) == 2, "the text, and its translation"


@pytest.mark.parametrize(
    "body",
    ["CAST(body AS TEXT)", "'text'", "x''", "x'ff'", "'null'", "'{}'", "'{\"items\":[1]}'", "'[]'"],
)
def test_a_statement_that_is_something_else(opened: World, body: str) -> None:
    tamper(opened.engine, f"UPDATE statement SET body = {body} WHERE role = 'board'")
    assert refused(opened) == 6, "every source text, and its translation"


@pytest.mark.parametrize("column", ["block", "credential"])
@pytest.mark.parametrize("body", ["'text'", "x''", "x'ff'", "'null'", "'{}'"])
def test_a_signature_that_is_something_else(opened: World, column: str, body: str) -> None:
    tamper(opened.engine, f"UPDATE signature SET {column} = {body} WHERE person = 'board-1'")
    assert refused(opened) == 6


@pytest.mark.parametrize(
    "body", ["'text'", "x''", "x'ff'", "'null'", "'{}'", "'[]'", "CAST(body AS TEXT)"]
)
def test_a_trust_file_that_is_something_else(opened: World, body: str) -> None:
    tamper(opened.engine, f"UPDATE trust_file SET body = {body}")
    with opened.reading() as session, pytest.raises(TrustBroken):
        trust_file.current(session, "")
    assert refused(opened) == 6


@pytest.mark.parametrize("credential", ["text", "", "null", "{}"])
def test_a_trust_signature_that_is_something_else(opened: World, credential: str) -> None:
    opened.replace_trust()
    assert refused(opened) == 0
    tamper(
        opened.engine,
        "UPDATE trust_signature SET credential = :it WHERE person = 'board-1'",
        it=credential,
    )
    with opened.reading() as session, pytest.raises(TrustBroken):
        trust_file.current(session, "")
