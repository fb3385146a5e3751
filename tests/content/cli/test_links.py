"""`msif catalogue links` and `link`, as a translator types them."""

import pytest

from tests.content.cli.terminal import Terminal
from tests.reader import TODAY, read
from tests.world import TEXT, page

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

HERE = "benefits/fr"
BY = "translator-fr"
EN, FR = "https://example.org/register", "https://example.org/registre"


@pytest.fixture
def french(terminal: Terminal) -> Terminal:
    terminal.world.publish_page()
    terminal.world.publish_translation("fr")
    return terminal


def unit(terminal: Terminal) -> str:
    return terminal.says("catalogue", "links", HERE, by=BY).split()[0]


def test_a_link_is_led_to_the_french_page_and_back(french: Terminal) -> None:
    name = unit(french)
    assert french.says("catalogue", "links", HERE, by=BY) == f"{name}  {EN}  the same\n"

    said = french.says("catalogue", "link", HERE, name, EN, FR, by=BY)

    assert said == f"benefits/fr/2 is draft: {EN} -> {FR}\n"
    assert french.says("catalogue", "links", HERE, by=BY) == f"{name}  {EN}  {FR}\n"
    said = french.says("catalogue", "link", HERE, name, EN, by=BY)
    assert said == f"benefits/fr/2 is draft: {EN} -> {EN}\n"
    assert french.says("catalogue", "links", HERE, by=BY) == f"{name}  {EN}  the same\n"


def test_it_is_served_and_one_whose_link_is_gone_is_listed_so(french: Terminal) -> None:
    name = unit(french)
    french.says("catalogue", "link", HERE, name, EN, FR, by=BY)
    french.world.publish("benefits", locale="fr")
    assert FR in read(french.world, "benefits", "fr")["html"]
    french.world.publish_page(page(TEXT.replace(EN, f"{EN}/new")))
    assert french.says("catalogue", "links", HERE, by=BY).splitlines() == [
        f"{name}  {EN}/new     the same",
        f"{name}  {EN} (gone)  {FR}",
    ]


def test_what_is_refused(french: Terminal) -> None:
    name = unit(french)
    for target in ("javascript:alert(1)", "http://example.org/registre", "https://e.org/\u202ex"):
        told = french.refuses("catalogue", "link", HERE, name, EN, target, by=BY)
        assert told.startswith("link-refused: ")
    told = french.refuses("catalogue", "link", HERE, name, FR, EN, by=BY)
    assert told.startswith("link-not-found: ")
    told = french.refuses("catalogue", "link", HERE, name, EN, FR, by="translator-it")
    assert told.startswith("role-missing: ")
    assert french.refuses("catalogue", "links", HERE, by="translator-it").startswith("role-missing")
    told = french.refuses("catalogue", "links", f"{HERE}/1", by=BY, code=2)
    assert "write section/locale" in " ".join(told.split())
    told = french.refuses("catalogue", "links", "benefits/es", by="editor")
    assert told.startswith("locale-unknown: ")


def test_a_section_without_links_and_nothing_to_take_back(french: Terminal) -> None:
    said = french.says("catalogue", "links", "risks/fr", by=BY)
    assert said == "There are no links in it.\n"
    name = unit(french)
    said = french.says("catalogue", "link", "benefits/it", name, EN, by="translator-it")
    assert said == "benefits/it: nothing to change.\n"
