"""What a page may cost: questions to the database and bytes to the reader."""

import re

import pytest
from httpx2 import Response
from sqlmodel import select

from content.database import reading
from content.records.version import State, Version
from tests.api.desk.browser import DOWNLOADS, FILES, PAGES, Browser, as_demo, asked, routes
from tests.api.desk.membership import enter, shows, with_members
from tests.api.hubs import Hub
from tests.world import PEOPLE

#: Questions to the database that one page may ask, whose session it is included.
QUESTIONS_MAX = 8
#: The one page that may ask more (docs/decisions/0036).
TEXT_PAGE = "/desk/sections/{slug}/{locale}"
TEXT_QUESTIONS_MAX = 13
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
    most = TEXT_QUESTIONS_MAX if route == TEXT_PAGE else QUESTIONS_MAX
    assert len(questions) <= most, "\n".join(questions)
    sizes = sizes_of(browser, page)
    assert sum(sizes) < BYTES_MAX, sizes


def test_no_text_costs_more_whatever_became_of_it(hub: Hub) -> None:
    """Looked at by an editor, who is shown most of it."""
    with reading(hub.world.engine) as session:
        versions = session.exec(select(Version)).all()
        texts = [(one.section, one.locale, one.number, one.state) for one in versions]
    assert {state for *_, state in texts} >= set(State) - {State.ABANDONED, State.SUPERSEDED}
    browser = Browser(hub)
    browser.signs_in("editor")
    for slug, locale, number, state in texts:
        path = f"/desk/sections/{slug}/{locale}?version={number}"
        browser.get(path)
        with asked(hub.app.state.hub.engine) as questions:
            assert browser.get(path).status_code == 200
        assert len(questions) <= TEXT_QUESTIONS_MAX, (path, state, "\n".join(questions))


def sizes_of(browser: Browser, page: Response) -> list[int]:
    """Bytes of a page, and of each style and script that it loads."""
    sizes = [int(page.headers["content-length"])]
    for one in re.findall(r'(?:href|src)="(/desk/static/[^"]+)"', page.text):
        loaded = browser.get(one, headers={"Accept-Encoding": "gzip"})
        sizes.append(int(loaded.headers["content-length"]))
    return sizes


@pytest.mark.parametrize("path", ["/desk/members", "/desk/members/many-1", "/desk/recalls"])
def test_many_members_and_texts_cost_no_more_questions(hub: Hub, path: str) -> None:
    engine = hub.world.engine
    browser = Browser(hub, "de")
    browser.signs_in("editor")
    enter(engine, *(f"many-{number}" for number in range(50)))
    shows(engine, "many-1", ("benefits", "en", 1))
    browser.get(path)
    with asked(hub.app.state.hub.engine) as few:
        browser.get(path)
    for number in range(50):
        texts = [(f"text-{one}", "en", 1) for one in range(60)]
        shows(engine, f"many-{number}", *texts, ("gone", "en", 1), ("benefits", "en", 1))
    browser.get(path)
    with asked(hub.app.state.hub.engine) as many:
        answer = browser.get(path)
    assert pages_own(many) <= pages_own(few)
    assert sum(sizes_of(browser, answer)) < BYTES_MAX


def pages_own(questions: list[str]) -> int:
    """How many, without those of the rounds that answers are compressed in meanwhile."""
    return len([one for one in questions if "coding" not in one])
