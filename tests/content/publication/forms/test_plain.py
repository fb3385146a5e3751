"""Plain text: everything a reader is shown, without marks."""

from hypothesis import given

from content.records.markdown import Block, read_block
from tests.content.publication.forms.envelopes import HOSTILE, envelope, page, written
from tests.content.records.markdown.strategies import trees


def shown(*markdown: str, **more: object) -> list[str]:
    """The lines of a text that says these blocks, up to what stands around it."""
    text = written("txt", envelope(*map(read_block, markdown), **more))  # type: ignore[arg-type]
    return text.partition("\n\n\n\n")[0].split("\n")


def test_markup_goes_entities_are_read_and_links_are_numbered() -> None:
    found = shown(
        "*Some* `a < b` &amp; AT&amp;T: [the trial](https://x.org/) and [it](https://x.org/)."
    )
    assert found[2:] == ["Some a < b & AT&T: the trial [1] and it [1]."]


def test_every_kind_of_block_can_be_read() -> None:
    assert shown(
        "- a\n  1. b\\\n     c\n  2. d\n- e",
        "> said\n>\n> twice",
        "| Trial | |\n| --- | --- |\n| MIST | 4 |\n| RAM | |",
        "| Trial | Where |\n| --- | --- |",
        '![Steps](/v1/figures/0a "How it *goes*")',
        "![Alone](/v1/figures/0b)",
        "::: note\nBeware.\n\n- f\n:::",
    )[2:] == [
        *("• a", "  1. b", "    c", "  2. d", "• e", ""),
        *("  said", "", "  twice", ""),
        *("• Trial – MIST; 4", "• Trial – RAM", "", "Trial; Where", ""),
        *("[Steps] [1]", "How it goes", "", "[Alone] [2]", ""),
        *("  Beware.", "", "  • f"),
    ]


def test_what_stands_around_it() -> None:
    below = page(section="risks", title="Risques", status="outdated", review_by="2027-01-02")
    told = page(
        below,
        summary="En bref.",
        demo=True,
        demo_notice="Démonstration.",
        missing=["lacking"],
        evidence=[{"title": "MIST", "url": "https://x.org/", "registry": "NCT1"}],
    )
    assert written("txt", told).split("\n") == [
        *("Bénéfices", "", "Démonstration.", "", "En bref.", "", "", "", "Risques", ""),
        "Plus à jour. Le texte d’origine a changé depuis, et celui-ci n’a pas encore été adapté.",
        *("", "Prochain examen au plus tard le\u00a0: 2 janvier 2027", "", "", ""),
        *("Pas encore disponible dans cette langue\u00a0:", "• What it costs [1]", ""),
        *("Références\u00a0:", "• MIST (NCT1) [2]", ""),
        "Rédigé par\u00a0: Ada Author",
        "Dernier examen\u00a0: 20 novembre 2026",
        "Prochain examen au plus tard le\u00a0: 20 novembre 2027",
        "Source\u00a0: MS International Federation [3]",
        "Licence\u00a0: CC-BY-4.0 [4]",
        "À savoir\u00a0: It informs.",
        *("D’où vient ce texte\u00a0: /proof/benefits/fr", ""),
        *("Adresses des liens\u00a0:", "[1] /v1/sections/lacking/en", "[2] https://x.org/"),
        *("[3] https://www.msif.org/", "[4] https://creativecommons.org/licenses/by/4.0/", ""),
    ]


def test_hebrew_is_written_as_it_is_thought() -> None:
    found = shown("- שלום **עולם**", locale="he", dir="rtl", title="כותרת")
    assert found == ["כותרת", "", "• שלום עולם"]


def test_hostile_text_stays_as_it_is() -> None:
    assert shown(title=HOSTILE) == [HOSTILE]


@given(trees)
def test_whatever_is_written_it_has_words(tree: object) -> None:
    assert written("txt", envelope(Block(tree))).startswith("Bénéfices\n\n")  # type: ignore[arg-type]


def test_without_an_address_there_is_no_list_of_them() -> None:
    own = {"text": "https://x.org/", "url": "https://x.org/"}
    text = written("txt", envelope(attribution=own, license="All rights reserved"))
    assert "[1]" not in text
    assert "Adresses" not in text
