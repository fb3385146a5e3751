"""The bundled regional variants: real differences alone, each with its reason, and the page in
force in each of them."""

import re
from collections import Counter
from typing import Any

import polib
import pytest

from content.samples import bundle
from content.settings import ROOT
from content.translation import catalogue, overlay, snapshot
from content.translation.merge import Rendering
from tests.content.samples.test_catalogues import numbers
from tests.reader import TODAY, read_page
from tests.world import World

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

VARIANTS = sorted(bundle.VARIANTS.items())
OVER = pytest.mark.parametrize(("locale", "base"), VARIANTS)


def read(locale: str) -> polib.POFile:
    return polib.pofile(str(ROOT / "locales" / catalogue.file_name(bundle.PAGE, locale)))


def words(answer: dict[str, Any]) -> str:
    """All that a reader of the page is shown, as one string."""
    own = [answer["title"], answer["summary"] or "", answer["html"], answer["audience"]]
    return " ".join([*own, answer["disclaimer"], *(words(one) for one in answer["sections"])])


@OVER
def test_every_difference_is_one_and_says_why(locale: str, base: str) -> None:
    entries = read(locale)
    assert entries.metadata["Language"] == locale
    assert entries.fuzzy_entries() == entries.obsolete_entries() == []
    overrides = [one for one in entries if one.msgstr]
    assert 0 < len(overrides) < len(entries) / 3
    assert [one.msgctxt for one in overrides if one.msgstr == one.msgid] == []
    assert [one.msgctxt for one in overrides if not one.tcomment] == []


@OVER
def test_they_vary_the_page_as_it_is_now(sample: World, locale: str, base: str) -> None:
    with sample.reading() as session:
        now = polib.pofile(catalogue.write(session, bundle.PAGE, locale, base=base).text)
    assert [(one.msgctxt, one.msgid, one.msgstr) for one in read(locale)] == [
        (one.msgctxt, one.msgid, one.msgstr) for one in now
    ]


@pytest.mark.snapshot
@OVER
def test_they_can_be_compared_with_the_page_before_they_were_made(
    sample: World, locale: str, base: str, request: pytest.FixtureRequest
) -> None:
    path = ROOT / "locales" / catalogue.file_name(bundle.PAGE, locale)
    with sample.reading() as session:
        found = catalogue.standings(session, bundle.PAGE, locale, base)
    blank = (Rendering(one.message) for now in found for one in now.renderings)
    name = snapshot.name_of(snapshot.body_of(bundle.PAGE, locale, blank))
    if request.config.getoption("--rewrite-snapshots"):
        was = rf'(?m)^"{snapshot.HEADER}: .*$'
        path.write_text(
            re.sub(was, rf'"{snapshot.HEADER}: {name}\\n"', path.read_text("utf-8")), "utf-8"
        )
    assert read(locale).metadata.get(snapshot.HEADER) == name, "see `make snapshots`"


@OVER
def test_what_is_inherited_is_the_base_text(sample: World, locale: str, base: str) -> None:
    overridden = {one.msgctxt for one in read(locale) if one.msgstr}
    own, inherited = read_page(sample, locale, bundle.PAGE), read_page(sample, base, bundle.PAGE)

    def blocks(answer: dict[str, Any]) -> dict[tuple[str, ...], str]:
        found = {tuple(one["units"]): one["html"] for one in answer["blocks"]}
        for below in answer["sections"]:
            found |= blocks(below)
        return {units: html for units, html in found.items() if not overridden & set(units)}

    assert blocks(own) == blocks(inherited)
    assert len(blocks(own)) > 3


@OVER
def test_nothing_is_left_to_propose(sample: World, locale: str, base: str) -> None:
    with sample.reading() as session:
        rows = list(overlay.matrix(catalogue.standings(session, bundle.PAGE, locale, base)))
    assert {row.state for row in rows} == {"inherited", "override"}
    assert [row for row in rows if row.proposal] == []


@OVER
def test_numbers_and_links_are_those_of_the_base_text(locale: str, base: str) -> None:
    for one in read(locale):
        if one.msgstr:
            assert numbers(one.msgstr, base) == numbers(one.msgid, base), one.msgctxt
            links = re.compile(r"\{\d+\}")
            assert Counter(links.findall(one.msgstr)) == Counter(links.findall(one.msgid))


def test_a_swiss_reader_meets_no_sharp_s_and_swiss_quotation_marks(sample: World) -> None:
    german, swiss = (
        words(read_page(sample, "de", bundle.PAGE)),
        words(read_page(sample, "de-CH", bundle.PAGE)),
    )
    assert "ß" in german
    assert "„" in german
    assert not set("ß„“") & set(swiss)
    assert "«Stammzelltherapie»" in swiss
    italian = words(read_page(sample, "it-CH", bundle.PAGE))
    assert "«resettare»" in italian
    assert "“" not in italian


def test_an_australian_reader_meets_australian_quotation_marks(sample: World) -> None:
    assert "‘reset’" in words(read_page(sample, "en-AU", bundle.PAGE))
