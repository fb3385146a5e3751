"""The whole journey of one change, with a picture of each step: see tour.py."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Site
from tests.browser.test_registration import opened
from tests.browser.tour import AFTER, APRES, PICTURES, Tour, as_a_member_reads
from tests.structure.sources import ROOT


@pytest.mark.timeout(300)
def test_a_number_travels_from_its_author_to_a_site_in_french(
    browser: Browser, own_site: Site, request: pytest.FixtureRequest
) -> None:
    wished = request.config.getoption("--pictures")
    tour = Tour(browser, own_site, Path(wished) if wished else ROOT / "build/tour")
    page = browser.new_page()
    opened(page, own_site.origin + "/desk")
    began = as_a_member_reads(own_site, page, "en")
    feed = page.request.get(f"{own_site.origin}/v1/changes?after=0").json()

    tour.walk()

    assert tuple(tour.taken) == PICTURES
    assert tour.complaints == []
    english, french = (as_a_member_reads(own_site, page, one) for one in ("en", "fr"))
    assert began["version"] < english["version"]
    assert AFTER in english["html"]
    assert APRES in french["html"]
    assert french["translation_of"]["version"] == english["version"]
    assert french["outdated"] is None
    news = page.request.get(f"{own_site.origin}/v1/changes?after={feed['next_after']}").json()
    assert {("ahsct-evidence", "en"), ("ahsct-evidence", "fr")} <= {
        (one["section"], one["locale"]) for one in news["changes"]
    }
    page.close()
