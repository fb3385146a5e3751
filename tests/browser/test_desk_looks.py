"""Every page of the desk, in German, which has the longest words: no fault, and none too wide, from
left to right and from right to left.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.api.desk.browser import PAGES, as_demo
from tests.api.desk.membership import with_members
from tests.api.hubs import at_work
from tests.browser import ceremonies
from tests.browser.test_axe import LOOKS
from tests.browser.test_desk import looked_at
from tests.copies import filled
from tests.world import World

#: All the others only with `make test-all`; the tests of the pages look in one more.
ALWAYS = "light, narrow"

#: What sticks out of the window, where one has to scroll for it.
TOO_WIDE = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const sticksOut = (one) => {
    const { left, right } = one.getBoundingClientRect();
    return left < 0 || right > root.clientWidth;
  };
  return [...document.querySelectorAll("body *")].filter(sticksOut).map((one) => one.outerHTML);
}"""
#: What would move for somebody who asked that nothing does.
MOVING = """() => [...document.querySelectorAll("*")]
  .filter((one) => getComputedStyle(one).transitionDuration.split(", ").some((it) => it !== "0s"))
  .map((one) => one.outerHTML)
  .concat(document.getAnimations().map((one) => one.animationName))"""
#: Pictures that are too small to read: they scroll where there is no room for them.
SHRUNK = """() => [...document.querySelectorAll(".scrolls > svg")]
  .filter((one) => one.getBoundingClientRect().width < Number(one.getAttribute("width")))
  .map((one) => one.outerHTML)"""
RIGHT_TO_LEFT = "() => { document.documentElement.dir = 'rtl'; }"


def in_use(world: World) -> None:
    """Where the pages are looked at: a demonstration, so that a click signs in."""
    at_work(world)
    with_members(world)
    as_demo(world)


@pytest.fixture(scope="session")
def hub_in_use(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(empty_sqlite, tmp_path_factory.mktemp("looks") / "content.db", in_use)


def comes_as(page: Page, who: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{ceremonies.origin()}/desk/sign-in")
    if who:
        page.locator(f'button[name="person"][value="{who}"]').click()
        page.locator("nav.places").wait_for()


def every_page(page: Page) -> Iterator[str]:
    """Open each, as somebody whom it is for; its address, once it stands there."""
    for who, pages in groupby(sorted(PAGES.values(), key=lambda one: one[1]), lambda one: one[1]):
        comes_as(page, who)
        for path, _ in pages:
            answer = page.goto(ceremonies.origin() + path)
            assert answer is not None
            assert answer.status == 200, path
            yield path


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "look", [pytest.param(one, marks=[] if one == ALWAYS else pytest.mark.slow) for one in LOOKS]
)
def test_every_page(browser: Browser, tmp_path: Path, hub_in_use: Path, look: str) -> None:
    with ceremonies.served(tmp_path, browser, hub_in_use) as hub:
        somebody = hub.comes("de-CH", **LOOKS[look])
        for path in every_page(somebody.page):
            looked_at(somebody.page)
            somebody.page.evaluate(RIGHT_TO_LEFT)
            assert somebody.page.evaluate(TOO_WIDE) == [], path
        assert somebody.complaints == []


@pytest.mark.slow
def test_at_twice_the_size_and_without_motion(
    browser: Browser, tmp_path: Path, hub_in_use: Path
) -> None:
    with ceremonies.served(tmp_path, browser, hub_in_use) as hub:
        somebody = hub.comes(
            "de",
            viewport={"width": 640, "height": 450},
            device_scale_factor=2,
            reduced_motion="reduce",
        )
        for path in every_page(somebody.page):
            assert somebody.page.evaluate(TOO_WIDE) == [], path
            assert somebody.page.evaluate(SHRUNK) == [], path
            assert somebody.page.evaluate(MOVING) == [], path
