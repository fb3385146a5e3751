"""The floor of the desk: what its pages cost in a hub of a thousand sections."""

from pathlib import Path

import pytest

from tests.bench import desk

#: Processor time of a page, in those of a page that shows nothing of the hub.
TIMES_MAX = 15
#: So many of each kind are open in a hub that is not large.
FEW = 10


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_no_page_of_the_desk_costs_much_more_than_one_that_shows_nothing(tmp_path: Path) -> None:
    engine = desk.filled(tmp_path / "content.db")
    found = desk.costs(desk.served(engine))
    engine.dispose()
    (bare,) = (one.ms for one in found if one.route == desk.BARE)
    assert [one for one in found if one.ms > TIMES_MAX * bare] == []


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_no_page_asks_more_of_a_hub_where_more_is_open(tmp_path: Path) -> None:
    told = []
    for many in (FEW, FEW * 4):
        engine = desk.filled(tmp_path / f"{many}.db", sections=100, many=many)
        told.append(desk.costs(desk.served(engine), rounds=1))
        engine.dispose()
    few, more = told
    assert [
        (one.route, one.who, one.questions, other.questions)
        for one, other in zip(few, more, strict=True)
        if one.questions != other.questions
    ] == []
