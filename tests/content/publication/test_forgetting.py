"""A person who is forgotten is no longer named in what members are served."""

import json

from content.database import writing
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
