"""The whole journey of one change, with a picture of each step: see tour.py."""

from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Site
from tests.browser.test_registration import opened
from tests.browser.tour import AFTER, APRES, PICTURES, Tour, as_a_member_reads
from tests.structure.sources import ROOT


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_number_travels_from_its_author_to_a_site_in_french(
    browser: Browser, own_site: Site, request: pytest.FixtureRequest
) -> None:
    wished = request.config.getoption("--pictures")
    tour = Tour(browser, own_site, Path(wished) if wished else ROOT / "build/tour")
    page = browser.new_page()
    opened(page, own_site.origin + "/desk")
    began = as_a_member_reads(own_site, page, "en")

    tour.walk()

    assert tuple(tour.taken) == PICTURES
    assert tour.complaints == []
    english, french = (as_a_member_reads(own_site, page, one) for one in ("en", "fr"))
    assert began["version"] < english["version"]
    assert AFTER in english["html"]
    assert APRES in unescape(french["html"])
    assert french["translation_of"]["version"] == english["version"]
    assert not french.get("outdated")
    page.close()
