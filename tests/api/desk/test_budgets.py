"""What a page may cost: questions to the database and bytes to the reader."""

import re

import pytest

from tests.api.desk.browser import DOWNLOADS, FILES, PAGES, Browser, as_demo, asked, routes
from tests.api.desk.membership import with_members
from tests.api.hubs import Hub
from tests.world import PEOPLE

#: Questions to the database that one page may ask, whose session it is included.
QUESTIONS_MAX = 8
#: Pages that may ask more, and why.
ASK_MORE = {
    # A list of each means by which they act, and what they did in words: none grows with the hub.
    "/desk/people/{person_id}": 15,
}
#: Bytes of a page with its styles and scripts, as they travel.
BYTES_MAX = 60_000


@pytest.fixture
def hub(busy_hub: Hub) -> Hub:
    as_demo(busy_hub.world)
    with_members(busy_hub.world)
    return busy_hub


def test_every_page_is_listed(hub: Hub) -> None:
    found = {path for method, path in routes(hub) if method == "GET"}
    assert found - FILES - DOWNLOADS == set(PAGES)


def test_the_desk_itself_costs_nobody_more(hub: Hub) -> None:
    """An editor's may ask once more: where a translation is reviewed and has warnings, for what was
    said of them."""
    for who in {roles: who for who, roles in PEOPLE.items()}.values():
        browser = Browser(hub)
        browser.signs_in(who)
        with asked(hub.app.state.hub.engine) as questions:
            assert browser.get("/desk").status_code == 200
        assert len(questions) <= QUESTIONS_MAX, (who, "\n".join(questions))


@pytest.mark.parametrize("route", PAGES)
def test_no_page_costs_more(hub: Hub, route: str) -> None:
    path, who = PAGES[route]
    browser = Browser(hub)
    if who:
        browser.signs_in(who)
    browser.get(path)
    with asked(hub.app.state.hub.engine) as questions:
        page = browser.get(path, headers={"Accept-Encoding": "gzip"})
    assert page.status_code == 200, path
    assert len(questions) <= ASK_MORE.get(route, QUESTIONS_MAX), "\n".join(questions)
    sizes = [int(page.headers["content-length"])]
    for one in re.findall(r'(?:href|src)="(/desk/static/[^"]+)"', page.text):
        loaded = browser.get(one, headers={"Accept-Encoding": "gzip"})
        sizes.append(int(loaded.headers["content-length"]))
    assert sum(sizes) < BYTES_MAX, sizes
