"""Board members read what they are asked to sign, and sign it with one touch."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from content import database
from tests.browser.ceremonies import Ceremony, Here, many, served
from tests.world import page

EDITION = """# Treatment {#treatment}

Some people take 1000 mg a day.

## Benefits {#benefits}

It may help 4 of 10 people.

- It may slow MS.
- See [the register](https://example.org/new-register).

It is not for everybody.

## Risks {#risks}

It does not repair nerves.
"""


@pytest.fixture
def ceremony(tmp_path: Path, browser: Browser, empty_sqlite: Path) -> Iterator[Ceremony]:
    with served(tmp_path, browser, empty_sqlite) as made:
        yield made


def review(ceremony: Ceremony, *sections: str, locale: str = "en") -> str:
    world = ceremony.world
    for section in sections:
        world.submit(section, locale)
        world.review_all(section, locale)
    return world.open_statement(*sections, locale=locale)


def test_first(ceremony: Ceremony) -> None:
    world = ceremony.world
    world.people()
    world.publish_page()
    world.write(page(EDITION, summary="A smaller dose", kind="safety"))
    digest = review(ceremony, "treatment", "benefits")
    links = ceremony.invited(digest)
    print(links)
    who = ceremony.comes(key_of="board-1")
    who.page.goto(links["board-1"])
    who.page.wait_for_timeout(1500)
    for d in who.page.locator("details").all():
        d.locator("summary").click()
    who.page.wait_for_timeout(1000)
    print(who.complaints)
    Path("/tmp/shots").mkdir(exist_ok=True)
    who.page.screenshot(path="/tmp/shots/first.png", full_page=True)
    who.page.get_by_label("I approve").check()
    who.page.get_by_role("button", name="none to declare").click()
    who.page.get_by_role("button", name="Sign with").click()
    who.page.wait_for_timeout(1000)
    who.page.screenshot(path="/tmp/shots/first2.png", full_page=True)
    print(who.complaints, who.touches())
    assert 0
