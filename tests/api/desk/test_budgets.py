"""What a page may cost: questions to the database and bytes to the reader."""

import re

import pytest

from tests.api.desk.browser import DOWNLOADS, FILES, PAGES, Browser, as_demo, asked, routes
from tests.api.hubs import Hub

#: Questions to the database that one page may ask, whose session it is included.
QUESTIONS_MAX = 8
#: Pages that may ask more, and why.
ASK_MORE = {
    # One after the other for all that is open.
    "/desk": 25,
    # A list of each means by which they act, and what they did in words: none grows with the hub.
    "/desk/people/{person_id}": 15,
    # Eleven of each are the session's, and for what time has made due.
    "/desk/sections": 13,
    # What is told of a text stands in ten tables: its reviews, the people who had a part in it,
    # the units that are checked, the terms they are held to, the answers to warnings, statements,
    # the tree. One question each, however much there is.
    "/desk/sections/{slug}/{locale}": 22,
    "/desk/sections/{slug}/{locale}/compare": 16,
    "/desk/sections/{slug}/{locale}/{number}/edit": 12,
    # Five of its own, for all sections and languages at once, and the files that were sent.
    "/desk/translate/{page}/{locale}": 13,
    # Beside each text stand its terms, what waits to be taken, and the memory with who signed.
    "/desk/translate/{page}/{locale}/{section}": 14,
    "/desk": 33,
    # Each asks five of its own; who is signed in and what is due take the others at present.
    "/desk/statements": 16,
    "/desk/statements/{name}": 16,
    "/desk/calendar": 17,
    # What is ready is told from reviews, texts, findings and the answers to them, by language.
    "/desk/statements/new": 20,
}
#: Bytes of a page with its styles and scripts, as they travel.
BYTES_MAX = 60_000


@pytest.fixture
def hub(busy_hub: Hub) -> Hub:
    as_demo(busy_hub.world)
    return busy_hub


def test_every_page_is_listed(hub: Hub) -> None:
    found = {path for method, path in routes(hub) if method == "GET"}
    assert found - FILES - DOWNLOADS == set(PAGES)


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
