"""The tour shows each picture that is taken on the way, in that order, and all are there."""

import re

from tests.browser.tour import PICTURES
from tests.structure.sources import ROOT

SHOWN = re.compile(r"!\[[^\]]{10,}\]\((tour/[^)]+)\)")


def test_the_tour_shows_every_picture_of_the_walk() -> None:
    text = (ROOT / "docs/tour.md").read_text("utf-8")
    wanted = [f"tour/{number:02}-{name}.jpg" for number, name in enumerate(PICTURES, 1)]
    assert SHOWN.findall(text) == wanted
    assert {one.name for one in (ROOT / "docs/tour").iterdir()} == {one[5:] for one in wanted}
