"""Two texts beside each other at the desk."""

import re

import pytest

from content.records import draft
from content.records import version as versions
from tests.api.desk.browser import as_demo
from tests.api.desk.test_texts import HOSTILE, desk_of
from tests.api.hubs import Hub
from tests.world import TEXT, page


@pytest.fixture
def hub(busy_hub: Hub) -> Hub:
    as_demo(busy_hub.world)
    return busy_hub


def rewrites(hub: Hub, old: str, new: str) -> None:
    hub.world.write(page(TEXT.replace(old, new)))


def test_what_changed_since_what_is_in_force_stands_beside_it(hub: Hub) -> None:
    rewrites(hub, "4 of 10 people", "5 of 10 people")
    browser = desk_of(hub, "medical-1")
    assert "with what is in force" in browser.reads("/desk/sections/benefits/en")
    read = browser.get("/desk/sections/benefits/en/compare?version=2&with=in-force").text
    assert "<del><mark>4</mark></del>" in read
    assert "<ins><mark>5</mark></ins>" in read
    told = browser.reads("/desk/sections/benefits/en/compare?version=2&with=in-force")
    assert "A number or a “not” changed" in told
    assert "One part has changed." in told
    assert "parts are as they were" in told
    # So it is without a word, and by its number.
    for query in ("", "?version=2", "?version=2&with=1"):
        assert (
            "<ins><mark>5</mark></ins>"
            in browser.get(f"/desk/sections/benefits/en/compare{query}").text
        )


def test_what_was_in_force_stands_beside_what_is(sqlite_hub: Hub) -> None:
    as_demo(sqlite_hub.world)
    sqlite_hub.world.publish_page(page(TEXT.replace("4 of 10 people", "5 of 10 people")))
    read = desk_of(sqlite_hub, "editor").get("/desk/sections/benefits/en/compare?version=1")
    assert read.status_code == 200
    assert "<mark>4</mark>" in read.text
    assert "<mark>5</mark>" in read.text


def test_what_came_and_what_went_is_told(hub: Hub) -> None:
    rewrites(hub, "It does not repair nerves.", "It never repairs nerves.\n\nAsk before you begin.")
    told = desk_of(hub, "lay").reads("/desk/sections/risks/en/compare")
    assert "Was not there" in told
    back = desk_of(hub, "lay").reads("/desk/sections/risks/en/compare?version=1&with=2")
    assert "Is left out" in back


def test_what_changed_beside_the_words_is_told(hub: Hub) -> None:
    rewrites(hub, "https://example.org/register", "https://example.org/other")
    told = desk_of(hub, "lay").reads("/desk/sections/benefits/en/compare")
    assert "Besides its words" in told
    assert "Where links lead https://example.org/register https://example.org/other" in told
    rewrites(hub, "may slow", "**may** slow")
    assert "A part looks different" in desk_of(hub, "lay").reads(
        "/desk/sections/benefits/en/compare"
    )
    hub.world.write(page(review_by="2027-11-19"))
    told = desk_of(hub, "lay").reads("/desk/sections/risks/en/compare")
    assert "Next review by 2027-11-20 2027-11-19" in told


def test_where_nothing_is_in_force_it_stands_beside_what_was_before_it(hub: Hub) -> None:
    rewrites(hub, "It does not repair nerves.", "It never repairs nerves.")
    hub.world.withdraw("risks")
    read = desk_of(hub, "editor").get("/desk/sections/risks/en/compare?version=2")
    assert "<ins>never</ins>" in read.text.replace("<mark>", "").replace("</mark>", "")


def test_nothing_changed_says_so(hub: Hub) -> None:
    with hub.world.acting("author") as (session, actor):
        draft.begin_again(session, actor, versions.find(session, "risks", "en", 1))
    told = desk_of(hub, "lay").reads("/desk/sections/risks/en/compare?version=2&with=1")
    assert "Nothing has changed between the two." in told


def test_a_translation_stands_beside_its_source_with_what_was_found(hub: Hub) -> None:
    browser = desk_of(hub, "reviser-fr")
    assert "with the source text" in browser.reads("/desk/sections/benefits/fr")
    read = browser.get("/desk/sections/benefits/fr/compare?version=1&with=source").text
    assert read.count("<mark>4</mark>") == 2
    assert 'lang="fr"' in read
    told = browser.reads("/desk/sections/risks/fr/compare")
    assert "The source says not, the translation does not" in told
    assert "look there twice" in told


def test_a_translation_that_is_not_whole_stands_beside_its_source(hub: Hub) -> None:
    po = hub.world.pull("de")
    hub.world.push("de", po.replace('msgid "Risks"\nmsgstr ""', 'msgid "Risks"\nmsgstr "Risiken"'))
    told = desk_of(hub, "translator-de").reads("/desk/sections/risks/de/compare")
    assert "Risks Risiken" in told
    assert "Not translated yet" in told


def test_a_translation_that_is_not_whole_stands_beside_the_one_before(hub: Hub) -> None:
    more = "Some people take 1000 mg a day.\n\nAsk first."
    hub.world.publish_page(page(TEXT.replace("Some people take 2000 mg a day.", more)))
    po = hub.world.pull("fr")
    first = 'msgid "Ask first."\nmsgstr "'
    hub.world.push("fr", po.replace(f'{first}"', f'{first}Demandez d’abord."'))
    told = desk_of(hub, "translator-fr").reads(
        "/desk/sections/treatment/fr/compare?version=2&with=1"
    )
    assert "Demandez d’abord." in told


def test_who_brings_a_translation_up_to_date_sees_what_changed_in_the_source(hub: Hub) -> None:
    hub.world.publish_page(page(TEXT.replace("2000 mg", "1000 mg")))
    hub.world.translate("fr")
    browser = desk_of(hub, "translator-fr")
    read = browser.get("/desk/sections/treatment/fr?version=2").text
    onward = re.findall(r'href="(/desk/sections/treatment/en/compare[^"]+)"', read)[0]
    assert "<ins><mark>1000</mark></ins>" in browser.get(onward.replace("&amp;", "&")).text


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        ("translator-fr", "risks/it/compare", 404),
        ("administrator", "risks/en/compare", 404),
        ("lay", "risks/en/compare", 404),
        ("lay", "risks/en/compare?with=source", 404),
        ("lay", "signing/en/compare?with=in-force", 404),
        ("lay", "risks/en/compare?with=7", 404),
        ("lay", "risks/en/compare?version=7&with=1", 404),
        ("lay", "risks/en/compare?with=9999999999", 422),
        ("lay", "risks/en/compare?with=<script>", 422),
    ],
)
def test_what_cannot_be_compared_is_not_found(
    hub: Hub, who: str, address: str, status: int
) -> None:
    assert desk_of(hub, who).get(f"/desk/sections/{address}").status_code == status


def test_what_is_compared_is_text_and_nothing_else(hub: Hub) -> None:
    # `<` alone is text in the authoring format; tags are refused at the door.
    rewrites(hub, "It may slow MS.", "It may slow MS, p < 0.05 & more.")
    read = desk_of(hub, "lay").get("/desk/sections/benefits/en/compare").text
    assert "&lt; 0.05" in read or "&lt;" in read
    assert "& more" not in read
    assert HOSTILE not in read
