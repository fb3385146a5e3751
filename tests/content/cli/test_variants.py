"""`msif catalogue accept` and `proposals`, as the Swiss society types them."""

import pytest

from tests.content.cli.terminal import Terminal
from tests.reader import TODAY, read
from tests.world import TEXT, page

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

HERE = ("--page", "treatment", "--locale", "de-CH")
BY = "translator-de-ch"


@pytest.fixture
def swiss(terminal: Terminal) -> Terminal:
    """German in force with an eszett in it, and a Swiss society that has not begun."""
    world = terminal.world
    world.publish_page()
    blank = 'msgid "Risks"\nmsgstr '
    world.push("de", world.pull("de").replace(f'{blank}""', f'{blank}"Große Risiken"'))
    world.publish_translation("de")
    world.staff("de-CH")
    return terminal


def test_a_page_is_accepted_and_the_rest_of_the_way_is_as_ever(swiss: Terminal) -> None:
    said = swiss.says("catalogue", "accept", *HERE, by=BY)
    assert said.splitlines() == [
        "submitted  treatment/de-CH/1",
        "submitted  benefits/de-CH/1",
        "submitted  risks/de-CH/1",
    ]
    assert swiss.says("catalogue", "accept", *HERE, by=BY).split()[::2] == ["current"] * 3
    swiss.world.judge("risks", locale="de-CH")
    assert read(swiss.world, "risks", "de-CH")["title"] == "Große Risiken"


def test_what_the_region_demands_is_proposed(swiss: Terminal) -> None:
    said = swiss.says("catalogue", "proposals", *HERE, by=BY)
    (line,) = said.splitlines()
    assert line.startswith("risks  ")
    assert line.endswith("sharp-s  Grosse Risiken")
    swiss.says("catalogue", "pull", "--locale", "de-CH", by=BY)
    path = swiss.folder / "locales" / "de-CH" / "LC_MESSAGES" / "treatment.po"
    blank = 'msgid "Große Risiken"\nmsgstr ""'
    assert blank in path.read_text("utf-8")
    own = blank.replace('msgstr ""', 'msgstr "Grosse Risiken"')
    path.write_text(path.read_text("utf-8").replace(blank, own), "utf-8")
    swiss.says("catalogue", "push", "--locale", "de-CH", by=BY)
    assert swiss.says("catalogue", "proposals", *HERE, by=BY) == "Nothing to propose.\n"


def test_a_stale_override_is_named(swiss: Terminal) -> None:
    world = swiss.world
    own = 'msgid "Große Risiken"\nmsgstr "Grosse Risiken"'
    world.push("de-CH", world.pull("de-CH").replace('msgid "Große Risiken"\nmsgstr ""', own))
    world.publish_variant("de-CH")
    world.publish_page(page(TEXT.replace("## Risks", "## Risks here")))
    world.publish_translation("de")
    said = swiss.says("catalogue", "accept", *HERE, by=BY).splitlines()
    assert said[2].startswith("drafted  risks/de-CH/2")
    assert "look at " in said[2]
    told = swiss.says("diff", "risks/de-CH/1", "--against", "source", by=BY)
    assert "de – Risks here" in told


def test_a_language_that_is_no_variant_and_a_page_without_a_base_text(terminal: Terminal) -> None:
    here = ("--page", "treatment", "--locale")
    assert "no regional variant" in terminal.refuses(
        "catalogue", "accept", *here, "fr", by="translator-fr"
    )
    terminal.world.staff("fr-CH")
    by = "translator-fr-ch"
    terminal.world.publish_page()
    assert "no text in fr yet" in terminal.says("catalogue", "accept", *here, "fr-CH", by=by)
    assert terminal.refuses("catalogue", "accept", *here, "fr-CH", by="translator-fr").startswith(
        "role-missing: "
    )
