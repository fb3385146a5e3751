"""A person who is forgotten is no longer named in what members are served."""

import json

from content.database import writing
from content.people import passkey, token
from content.people import session as sessions
from content.people.session import Way
from content.publication import forgetting
from content.publication.representation import Representation, differing
from tests.world import World


def test_a_forgotten_reviewer_is_no_longer_served(published: World) -> None:
    with writing(published.engine) as session:
        forgetting.forget(session, "lay", published.policy, by="operator")
    with published.reading() as session:
        row = session.get(Representation, "/v1/sections/risks/en")
        assert row is not None
        named = {one["name"] for one in json.loads(row.body)["approval"]["reviewed_by"]}
        assert "Erased person" in named
        assert "Lay" not in named
        assert differing(session, published.policy) == []


def test_all_by_which_a_forgotten_person_acts_ends(world: World) -> None:
    with writing(world.engine) as session:
        token.make(session, "board-1", by="operator", label="laptop", days=1)
        sessions.begin(session, "board-1", way=Way.DEMO, browser="Firefox")
        forgetting.forget(session, "board-1", world.policy, by="administrator")
        forgetting.forget(session, "board-1", world.policy, by="administrator")
    with world.reading() as session:
        assert not any(row.is_living for row in token.of_person(session, "board-1"))
        assert not any(row.is_open for row in sessions.of_person(session, "board-1"))
        assert passkey.of_person(session, "board-1") == []
