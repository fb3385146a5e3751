"""The uploads of a page in a locale as a list: numbered, with names, without their files."""

import pytest

from content.errors import UploadNotFound
from content.translation import upload_history
from content.translation.upload_history import Sent
from tests.reader import TODAY
from tests.world import World

pytestmark = pytest.mark.time_machine(TODAY, tick=False)


def listed(world: World, most: int = 10, skip: int = 0) -> list[Sent]:
    with world.reading() as session:
        return upload_history.recent(session, "treatment", "fr", most=most, skip=skip)


def test_what_was_sent_is_listed_with_who_and_when(world: World) -> None:
    world.publish_page()
    assert listed(world) == []
    first = world.upload("fr", world.pull("fr"))
    second = world.upload(
        "fr", world.pull("fr").replace('"Risks"\nmsgstr ""', '"Risks"\nmsgstr "R"')
    )
    world.undo(second)
    found = listed(world)
    assert [one.number for one in found] == [2, 1]
    assert {one.by for one in found} == {"Translator-Fr"}
    told = {one.sha256: one for one in found}
    assert (told[first.upload].undone_by, told[first.upload].undone_at) == (None, None)
    assert told[second.upload].undone_by == "Translator-Fr"
    assert told[second.upload].undone_at is not None
    # In parts, each keeps its number; and by its number it is found.
    assert listed(world, most=1) == found[:1]
    assert listed(world, most=1, skip=1) == found[1:]
    with world.reading() as session:
        for one in found:
            same = upload_history.numbered(session, "treatment", "fr", one.number)
            assert same.sha256 == one.sha256
        with pytest.raises(UploadNotFound):
            upload_history.numbered(session, "treatment", "fr", 3)
        with pytest.raises(UploadNotFound):
            upload_history.numbered(session, "treatment", "it", 1)
