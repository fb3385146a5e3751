"""Four eyes: one person has one part in one version, whoever writes it down."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from content.database import writing
from content.errors import FourEyes
from content.records.participation import (
    Part,
    inherit_parts,
    inherit_writers,
    parts,
    take_part,
)
from tests.world import World


def keys(world: World) -> tuple[int, int]:
    """Two drafts, of which `author` is the writer."""
    world.write()
    return world.version("benefits").key, world.version("risks").key


def test_a_part_taken_twice_is_one_part_and_another_is_refused(world: World) -> None:
    version, other = keys(world)
    with writing(world.engine) as session:
        take_part(session, version, "medical-1", Part.MEDICAL)
        take_part(session, version, "medical-1", Part.MEDICAL)
        take_part(session, other, "medical-1", Part.SIGNER)  # another version, another part
        for person, wanted in (("medical-1", Part.SIGNER), ("author", Part.MEDICAL)):
            with pytest.raises(FourEyes, match="somebody else has to do this") as refused:
                take_part(session, version, person, wanted)
            assert refused.value.context["wanted"] == wanted
        assert parts(session, version) == {"author": Part.WRITER, "medical-1": Part.MEDICAL}


def test_a_script_at_the_database_cannot_give_a_second_part(world: World) -> None:
    """Invariant 4, against raw SQL."""
    version, other = keys(world)
    world.submit("risks")
    attempts = {
        f"INSERT INTO participation VALUES ({version}, 'author', 'signer')": "append-only|pk_",
        f"INSERT INTO participation VALUES ({version}, 'nobody', 'lay')": "FOREIGN|foreign",
        f"INSERT INTO participation VALUES ({version}, 'lay', 'judge')": "ck_participation_part",
        f"INSERT INTO participation VALUES ({other}, 'author-2', 'writer')": "written in draft",
        "UPDATE participation SET part = 'signer'": "participation is append-only",
        "DELETE FROM participation": "participation is append-only",
        f"INSERT INTO review VALUES (1, {version}, (SELECT document FROM version WHERE id = "
        f"{version}), 'medical', 'approve', 'author', 'MSIF', 'none', false, '', "
        "'2026-11-23 09:00:00+00')": "no other part",
    }
    for statement, words in attempts.items():
        with pytest.raises(DBAPIError, match=words), world.engine.begin() as connection:
            connection.execute(text(statement))


def test_who_wrote_and_who_reviewed_keep_their_part_in_a_text_taken_over(
    sqlite_world: World,
) -> None:
    old, new = keys(sqlite_world)
    with writing(sqlite_world.engine) as session:
        take_part(session, old, "medical-1", Part.MEDICAL)
        take_part(session, old, "author-2", Part.WRITER)
        take_part(session, old, "board-1", Part.SIGNER)

        inherit_parts(session, old, new)

        assert parts(session, new) == {
            "author": Part.WRITER,
            "author-2": Part.WRITER,
            "medical-1": Part.MEDICAL,
        }


def test_a_corrected_text_is_reviewed_by_anybody_but_who_wrote_it(sqlite_world: World) -> None:
    old, new = keys(sqlite_world)
    with writing(sqlite_world.engine) as session:
        take_part(session, old, "medical-1", Part.MEDICAL)
        take_part(session, old, "author-2", Part.WRITER)

        inherit_writers(session, old, new)

        assert parts(session, new) == {"author": Part.WRITER, "author-2": Part.WRITER}
