"""What is found, in which order, on both databases."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session

from content.database import writing
from content.errors import SearchRefused
from content.publication.search import hits, tsvector
from content.publication.search.hits import Wanted
from tests.content.publication.search.indexed import found, put


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with writing(engine) as session:
        put(session, "stem-cells", "en", "Stem cells", "Haematopoietic stem cells of blood.")
        put(session, "stem-cells", "fr", "Cellules souches hématopoïétiques", "Du sang.")
        put(session, "stem-cells", "de", "Stammzelltransplantation", "Die große Straße.")
        put(session, "stem-cells", "it", "Cellule staminali", "I rischi dell'aHSCT e dell’MS.")
        put(session, "stem-cells", "el", "Βλαστοκύτταρα", "Από το αίμα.")
        put(session, "risks", "en", "Risks", "Stem cells carry risks. It helps 4 of 10.")
        put(session, "risks", "fr", "Risques", "Quatre-vingts.", "Le cœur et le sang")
        put(session, "therapy", "en", "Therapy", "By stem cells.")
        yield session


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("hematopoietiques", "fr", ["stem-cells/fr"]),
        ("HÉMATOPOÏÉTIQUE ", "fr", ["stem-cells/fr"]),
        ("cellule souche ", "fr", ["stem-cells/fr"]),
        ("coeur", "fr", ["risks/fr"]),
        ("cœur", "fr", ["risks/fr"]),
        ("stammz", "de", ["stem-cells/de"]),
        ("strasse", "de", ["stem-cells/de"]),
        ("STRAßE ", "de", ["stem-cells/de"]),
        ("dell'aHSCT", "it", ["stem-cells/it"]),
        ("ahsct", "it", ["stem-cells/it"]),
        ("dell’aHSCT rischi", "it", ["stem-cells/it"]),
        ("βλαστ", "el", ["stem-cells/el"]),
        ("αιμα ", "el", ["stem-cells/el"]),
        ("st", "en", ["stem-cells/en", "risks/en", "therapy/en"]),
        ("stem cells", "en", ["stem-cells/en", "risks/en", "therapy/en"]),
        ('"stem cells carry"', "en", ["risks/en"]),
        ('"cells stem"', "en", []),
        ("stem -risks", "en", ["stem-cells/en", "therapy/en"]),
        ('stem -"cells carry"', "en", ["stem-cells/en", "therapy/en"]),
        ("sang", "", ["stem-cells/fr", "risks/fr"]),
        ("sang", "fr-CH", ["risks/fr", "stem-cells/fr"]),
        ("sang", "en", []),
        ("10", "en", ["risks/en"]),
        ("th", "en", ["therapy/en"]),
        ("the", "en", ["therapy/en"]),
        ("stem the", "en", ["therapy/en"]),
        ("4 of 10", "en", ["risks/en"]),
        ("nothing of the kind", "", []),
    ],
)
def test_what_is_found(session: Session, text: str, locale: str, expected: list[str]) -> None:
    assert sorted(found(session, text, locale)) == sorted(expected)


def test_titles_come_before_summaries_and_these_before_bodies(session: Session) -> None:
    put(session, "a-body", "en", "Other", "The spleen is an organ.", "Something")
    put(session, "b-summary", "en", "Other", "Something is an organ.", "The spleen")
    put(session, "c-title", "en", "The spleen", "Something is an organ.", "Something")
    put(session, "d-title", "en", "The spleen", "Something is an organ.", "Something")
    expected = ["c-title/en", "d-title/en", "b-summary/en", "a-body/en"]
    assert [found(session, "spleen ", "en") for _ in range(3)] == [expected] * 3


def test_a_variant_hides_the_text_that_it_varies(session: Session) -> None:
    put(session, "risks", "fr-CH", "Risques", "Huitante.", "Le cœur et le sang")
    assert set(found(session, "sang", "fr-CH")) == {"risks/fr-CH", "stem-cells/fr"}
    assert set(found(session, "sang", "fr")) == {"risks/fr", "stem-cells/fr"}
    assert found(session, "quatre", "fr-CH") == []


def test_a_page_of_hits_goes_on_where_the_one_before_ended(session: Session) -> None:
    for number in range(7):
        put(session, f"spleen-{number}", "en", "Spleen" if number % 2 else "Other", "A spleen.")
    whole = found(session, "spleen", "en", limit=50)
    assert len(whole) == 7
    parts = [found(session, "spleen", "en", limit=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert [one for part in parts for one in part] == whole
    assert [hits.find(session, Wanted("spleen", limit=n))[1] for n in (6, 7)] == [True, False]


@pytest.mark.parametrize(
    "text", ["spleen", "spleen -rare", "spleen -other", '"red spleen"', "rare"]
)
@pytest.mark.parametrize("walked", [1, 3, 2_000])
def test_the_first_are_ranked_whichever_way_they_are_found(
    session: Session, monkeypatch: pytest.MonkeyPatch, text: str, walked: int
) -> None:
    monkeypatch.setattr(tsvector, "WALKED_MAX", walked)
    monkeypatch.setattr(hits, "CANDIDATES_MAX", 3)
    for number in range(9):
        title = "Spleen" if number in {2, 5, 6, 8} else "Other"
        body = "A red spleen." + " It is rare." * (number == 7)
        put(session, f"spleen-{number}", "de" if number == 4 else "fr", title, body)
    others = {"spleen -other": [2, 5, 6], "rare": [7], '"red spleen"': [0, 1, 2]}
    expected = others.get(text, [2, 5, 6, 0, 1])
    for locale in ("fr", "fr-CH"):
        told = [f"spleen-{number}/fr" for number in expected]
        assert sorted(found(session, text, locale)) == sorted(told)


def test_only_one_page_where_that_is_asked_for(session: Session) -> None:
    assert found(session, "stem", "en", page="risks") == ["risks/en"]
    assert found(session, "stem", "en", page="no-such") == []


@pytest.mark.parametrize("text", ["", " ", "-", "--", '"', '""', "-cells", "%&/()", "a " * 13])
def test_what_has_no_word_or_too_many_is_refused(session: Session, text: str) -> None:
    with pytest.raises(SearchRefused):
        found(session, text)


def test_what_is_too_long_is_refused(session: Session) -> None:
    with pytest.raises(SearchRefused, match="200"):
        found(session, "x" * 10_000)


SIGNS = st.sampled_from([*list("\"'*:&|!()<>-+^{}\\/;,. \t\n%_~@#$[]=?"), "NEAR", " OR ", "title"])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SIGNS | st.text(max_size=3) | st.sampled_from(["stem", "risks"]), max_size=40))
def test_whatever_is_typed_is_answered_or_refused(session: Session, parts: list[str]) -> None:
    text = "".join(parts)
    try:
        first = found(session, text)
    except SearchRefused:
        return
    assert found(session, text) == first
