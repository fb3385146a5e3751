"""A regional variant is held to the glossary of its language, and its own terms win."""

import pytest

from content.translation import findings, glossary
from content.translation.exchange.term import Term
from content.translation.inherited_terms import inherited
from content.translation.merge import Rendering
from content.translation.standing import of_section
from tests.reader import TODAY
from tests.world import World

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

RELAPSE = Term("relapse", ("poussée",), ("rechute",))
CANADA = Term("relapse", ("rechute",), ("poussée",))


def test_what_the_base_text_says_is_what_is_asked_for() -> None:
    assert inherited({"relapse": RELAPSE}, {"relapse": RELAPSE}) == [
        Term("poussée", ("poussée",), ("rechute",))
    ]
    assert inherited({"relapse": CANADA}, {"relapse": RELAPSE}) == [
        Term("poussée", ("rechute",), ("poussée",))
    ]


def test_a_term_of_the_variant_alone_is_asked_for_by_its_own_source() -> None:
    term = Term("soixante-dix", ("septante",))
    assert inherited({term.source: term}, {"relapse": RELAPSE}) == [term]


def test_where_two_terms_are_said_alike_each_way_will_do() -> None:
    base = {"flare": Term("flare", ("poussée",), ("crise", "rechute")), "relapse": RELAPSE}
    assert inherited({"flare": base["flare"], "relapse": CANADA}, base) == [
        Term("poussée", ("poussée", "rechute"), ())
    ]
    assert inherited(base, base) == [Term("poussée", ("poussée",), ("rechute",))]


def give(world: World, locale: str, *rows: str) -> None:
    with world.acting("editor") as (session, actor):
        file = "\n".join(("source,preferred,forbidden,status", *rows, ""))
        glossary.import_file(session, actor, locale, file.encode(), "csv")


def codes(world: World, target: str, locale: str = "fr-CH") -> list[str]:
    """What the checks say of an override of `fr – Risks`."""
    with world.reading() as session:
        now = of_section(session, "risks", locale, base="fr")
        title = Rendering(now.renderings[0].message, target)
        terms = glossary.agreed(session, locale, "fr")
        found = findings.of_renderings([title], locale, "fr", terms)
    return [one.code for listed in found.values() for one in listed if "term" in one.code]


def test_an_override_is_checked_against_the_terms_of_its_language(published: World) -> None:
    assert codes(published, "Danger") == []
    give(published, "fr", "risk,Risks,danger,")
    assert codes(published, "Danger – Risks") == ["term-forbidden"]
    assert codes(published, "Danger") == ["term-missing", "term-forbidden"]
    assert codes(published, "Les Risks") == []

    give(published, "fr-CH", "risk,Péril,,proposed")
    assert codes(published, "Péril") == ["term-missing"], "nobody agreed to it yet"
    give(published, "fr-CH", "risk,Péril,Risks,")
    assert codes(published, "Péril") == []
    assert codes(published, "Les Risks") == ["term-missing", "term-forbidden"]
    assert codes(published, "Les Risks", "fr-CA") == []
    give(published, "fr-CH", "risk,Péril,,retired")
    assert codes(published, "Danger") == [], "here it is not asked for"


def test_a_language_that_is_no_variant_has_its_own_terms_alone(published: World) -> None:
    give(published, "fr", "risk,risque,danger,", "MS,SEP,,retired")
    with published.reading() as session:
        assert glossary.agreed(session, "fr", "en") == (Term("risk", ("risque",), ("danger",)),)
        assert glossary.agreed(session, "fr-CH", "en") == ()
        assert glossary.agreed(session, "en-AU", "en") == ()


def test_terms_that_come_in_count_in_the_same_transaction(published: World) -> None:
    with published.acting("editor") as (session, actor):
        assert glossary.agreed(session, "fr-CH", "fr") == ()
        file = b"source,preferred\nrisk,risque\n"
        glossary.import_file(session, actor, "fr", file, "csv")
        assert [one.source for one in glossary.agreed(session, "fr-CH", "fr")] == ["risque"]


def test_the_file_of_a_variant_says_them(published: World) -> None:
    give(published, "fr", "risk,Risks,danger,")
    published.staff("fr-CH")
    assert "#. TERM: Risks = Risks (not: danger)" in published.pull("fr-CH")
