"""The fragment of HTML: well-formed, named, in the right order, and nothing but text."""

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given

from content.people.person import ERASED_NAME
from content.records.markdown import Block, Paragraph, Words
from tests.content.publication.forms.envelopes import HOSTILE, envelope, page, written
from tests.content.records.markdown.strategies import texts, trees

WORDS = Block(Paragraph(Words("paragraph", "Some words.")))
#: All that a fragment is made of beside the blocks.
OWN_TAGS = {
    *("article", "section", "footer", "h2", "h3", "h4", "h5", "h6", "p", "strong", "br", "a"),
    *("ol", "ul", "li", "dl", "div", "dt", "dd", "time"),
}
BLOCK_TAGS = {"code", "em", "aside", "blockquote", "figcaption", "figure", "img"} | {
    *("table", "tbody", "td", "th", "thead", "tr"),
}


def article(told: dict[str, object]) -> Tag:
    """The one element of the fragment."""
    found = BeautifulSoup(written("html", told), "html.parser")
    whole = found.find("article")
    assert isinstance(whole, Tag)
    assert [str(one).strip() for one in found.contents] == [str(whole), ""]
    return whole


def headings(whole: Tag) -> list[tuple[str, str]]:
    return [(one.name, one.get_text()) for one in whole.find_all(["h2", "h3", "h4", "h5", "h6"])]


def test_it_says_which_text_it_is_and_in_which_language() -> None:
    found = article(envelope(WORDS))
    assert {name: found[name] for name in found.attrs if name != "class"} == {
        "lang": "fr",
        "dir": "ltr",
        "data-msif-section": "benefits",
        "data-msif-version": "3",
        "data-msif-status": "current",
        "data-msif-sha256": "0a" * 32,
    }


def test_headings_nest_as_the_sections_do_and_have_ids_that_stay() -> None:
    deep = page(title="5", section="e")
    for number in (4, 3, 2, 1):
        deep = page(deep, title=str(number), section="abcde"[number - 1])
    whole = article(page(deep, title="0"))
    levels = [("h2", "0"), ("h3", "1"), ("h4", "2"), ("h5", "3"), ("h6", "4"), ("h6", "5")]
    assert headings(whole) == levels
    names = [one["id"] for one in whole.find_all(id=True)]
    assert names == [f"msif-{one}" for one in ("benefits", *"abcde")]


@pytest.mark.parametrize(
    ("status", "said"),
    [("outdated", "Plus à jour."), ("review-due", "À réexaminer."), ("current", "")],
)
def test_a_label_is_said_where_it_holds(status: str, said: str) -> None:
    below = page(title="Risques", section="risks", status=status)
    found = article(page(below)).select("section > .msif-notice")
    assert [one.strong.get_text() for one in found if one.strong] == ([said] if said else [])
    own = article(envelope(WORDS, status=status)).select("article > .msif-notice")
    assert [one.get_text() for one in own] == [one.get_text() for one in found]


def test_a_demonstration_says_so_once_at_the_top() -> None:
    notice = "Démonstration : rien n’est vrai."
    told = page(page(section="risks", demo=True, demo_notice=notice), demo=True, demo_notice=notice)
    found = article(told).select(".msif-notice")
    assert [one.get_text() for one in found] == [notice]


def test_what_a_page_lacks_is_named_in_the_language_it_is_there_in() -> None:
    found = article(page(missing=["lacking"])).select(".msif-missing li")
    assert [(one["lang"], one.get_text()) for one in found] == [("en", "What it costs")]
    assert found[0].select("a")[0]["href"] == "/v1/sections/lacking/en"


def test_a_section_tells_only_what_is_otherwise_than_on_its_page() -> None:
    same, other = page(section="risks"), page(section="costs", review_by="2027-01-02")
    found = article(page(same, other)).select("section > dl")
    assert [one.get_text().strip() for one in found] == [
        "Prochain examen au plus tard le2 janvier 2027"
    ]


def test_whose_language_the_hub_does_not_speak_reads_english_marked_as_such() -> None:
    found = article(envelope(WORDS, locale="ar", dir="rtl", status="outdated"))
    assert (found["lang"], found["dir"]) == ("ar", "rtl")
    notice = found.select(".msif-notice")[0]
    assert (notice["lang"], notice["dir"]) == ("en", "ltr")
    disclaimer = found.select(".msif-facts dd")[-1]
    assert (disclaimer.get_text(), disclaimer["lang"]) == ("It informs.", "ar")
    assert found.select(".msif-proof")[0]["lang"] == "en"


def test_credit_is_complete_and_whoever_was_erased_has_no_name() -> None:
    reviewers = [
        {"name": "Dr Nina Exemple", "kind": "language", "organisation": "Hôpital"},
        {"name": ERASED_NAME, "kind": "revision", "organisation": "-"},
    ]
    figure = {"url": "/v1/figures/0a", "alt": "A", "credit": "P. Painter", "license": "Mine"}
    evidence = [
        {"title": "MIST", "url": "https://x.org/", "registry": "NCT1"},
        {"title": "RAM", "url": "https://y.org/", "registry": None},
        {"title": "ISRCTN8", "url": "https://z.org/", "registry": "ISRCTN8"},
    ]
    below = page(section="risks", evidence=evidence)
    found = article(
        page(below, approval={"reviewed_by": reviewers}, figures=[figure], evidence=evidence)
    )
    facts = [one.get_text(" ") for one in found.select("article > footer .msif-facts > div")]
    assert facts == [
        "Rédigé par Ada Author",
        "Relu par Dr Nina Exemple, Hôpital · Nom effacé",
        "Dernier examen 20 novembre 2026",
        "Prochain examen au plus tard le 20 novembre 2027",
        "Source MS International Federation",
        "Licence CC-BY-4.0",
        "Image P. Painter, Mine",
        "À savoir It informs.",
    ]
    cited = [one.get_text() for one in found.select(".msif-references li")]
    assert cited == ["MIST (NCT1)", "RAM", "ISRCTN8"]


def test_hostile_text_stays_text() -> None:
    told = envelope(
        title=HOSTILE,
        summary=f"{HOSTILE}\n{HOSTILE}",
        disclaimer=HOSTILE,
        authors=[HOSTILE],
        demo=True,
        demo_notice=HOSTILE,
        evidence=[{"title": HOSTILE, "url": "https://x.org/", "registry": HOSTILE}],
    )
    whole = article(told)
    assert {one.name for one in whole.find_all(True)} <= OWN_TAGS
    assert headings(whole)[0] == ("h2", HOSTILE)
    assert whole.select(".msif-summary")[0].get_text() == HOSTILE * 2
    assert whole.get_text().count(HOSTILE) == 7


@given(texts, trees)
def test_whatever_is_written_there_is_no_other_element(title: str, tree: object) -> None:
    whole = article(envelope(Block(tree), title=title))  # type: ignore[arg-type]
    assert {one.name for one in whole.find_all(True)} <= OWN_TAGS | BLOCK_TAGS
    for one in whole.find_all(True):
        assert not [name for name in one.attrs if name.startswith("on") or name == "style"]
