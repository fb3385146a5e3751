"""Everybody at work reads the source; a translation is read by those of its language."""

import pytest

from content.errors import RoleMissing
from content.people import person
from content.records.access import may_read, must_read
from tests.world import World


@pytest.mark.begins_with("en")
def test_a_translator_reads_the_source_and_no_other_language(sqlite_world: World) -> None:
    sqlite_world.translate("fr")
    source, french = sqlite_world.version("risks"), sqlite_world.version("risks", "fr")
    with sqlite_world.reading() as session:
        of_french, of_italian, administrator = (
            person.actor(session, who)
            for who in ("translator-fr", "translator-it", "administrator")
        )
    assert may_read(of_french, source)
    assert may_read(of_french, french)
    assert may_read(of_italian, source)
    with pytest.raises(RoleMissing):
        must_read(of_italian, french)
    with pytest.raises(RoleMissing):
        must_read(administrator, source)
