"""A page travels: from Markdown, through review and sign-off, into force in two languages."""

import json

import pytest

from content import ledger
from content.publication.representation import Representation, differing
from tests.world import TEXT, World, page


def served(world: World, path: str) -> dict[str, object]:
    with world.reading() as session:
        row = session.get(Representation, path)
        assert row is not None, path
        answer: dict[str, object] = json.loads(row.body)
        return answer


@pytest.mark.begins_with("en", "fr")
def test_a_page_and_its_translation_come_into_force(world: World) -> None:

    french = served(world, "/v1/pages/treatment/fr")
    assert french["title"] == "fr – Treatment"
    assert french["missing"] == []
    with world.reading() as session:
        assert ledger.verify(session) is None
        assert differing(session, world.policy) == []


@pytest.mark.begins_with("en", "fr")
def test_a_changed_number_makes_the_translation_outdated_and_returns_it_fuzzy(
    world: World,
) -> None:

    changed = world.publish_page(page(TEXT.replace("4 of 10", "5 of 10"), summary="5, not 4"))

    assert changed == ["benefits"]
    french = served(world, "/v1/sections/benefits/fr")
    assert french["status"] == "outdated"
    assert '#| msgid "It may help 4 of 10 people."' in world.pull("fr")
    assert world.publish_translation("fr") == ["benefits"]
    assert served(world, "/v1/sections/benefits/fr")["status"] == "current"
    assert served(world, "/v1/sections/risks/fr")["version"] == 1
