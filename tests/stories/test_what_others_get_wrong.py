"""Eleven things that a content system in wide use was seen to do with translations and approvals.

Each is told as it was seen there; here is what happens instead.
"""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from content import ledger
from content.database import writing
from content.errors import FourEyes, RequirementsOpen
from content.people import person
from content.review.review import Kind, Verdict
from content.translation import memory, suggestion
from tests.api.conftest import serving
from tests.reader import TODAY, ask, read, read_page
from tests.world import TEXT, World, page

pytestmark = [
    pytest.mark.time_machine(TODAY, tick=False),
    pytest.mark.begins_with("en", "fr"),
]

FOUR = "It may help 4 of 10 people."
FIVE = TEXT.replace("4 of 10", "5 of 10")


@pytest.fixture
def hub(sqlite_world: World) -> World:
    """English and French in force."""
    return sqlite_world


def test_1_an_entry_marked_fuzzy_does_not_go_live(hub: World) -> None:
    hub.publish_page(page(FIVE))
    guess = hub.pull("fr").replace(f"fr – {FOUR}", "Cela aide peut-être 5 personnes sur 10.")
    assert "#, fuzzy" in guess
    hub.push("fr", guess)
    with pytest.raises(RequirementsOpen) as refused:
        hub.submit("benefits", "fr")
    assert refused.value.context["requirements"] == ["complete"]
    assert FOUR in read(hub, "benefits", "fr")["markdown"]


def test_2_french_does_not_say_up_to_date_once_the_english_text_moved_on(hub: World) -> None:
    assert read(hub, "benefits", "fr")["status"] == "current"
    hub.publish_page(page(FIVE, summary="A number"))
    assert read(hub, "benefits", "fr")["status"] == "outdated"


def test_3_the_old_french_text_says_since_when_and_why_or_leaves_at_once(hub: World) -> None:
    hub.publish_page(page(FIVE, summary="A number"))
    told = read(hub, "benefits", "fr")["translation_of"]
    assert told["outdated_since"] == TODAY
    assert told["change"] == {"kind": "clinical", "summary": "A number"}
    hub.publish_page(page(TEXT.replace("4 of 10", "6 of 10"), kind="safety", summary="A danger"))
    assert ask(hub, "/v1/sections/benefits/fr").status == 410


def test_4_a_file_made_before_the_source_changed_is_not_taken_without_a_word(hub: World) -> None:
    old = hub.pull("fr").replace(f"fr – {FOUR}", "Cela peut aider 4 personnes sur 10.")
    hub.publish_page(page(FIVE))
    report = hub.upload("fr", old)
    (told,) = [one for one in report.entries if one.fate == "outdated"]
    assert told.section == "benefits"
    assert "changed since" in told.why
    with hub.reading() as session:
        (kept,) = suggestion.opened(session, ["benefits"], "fr")
    assert (kept.source, kept.target) == (FOUR, "Cela peut aider 4 personnes sur 10.")
    assert read(hub, "benefits", "fr")["version"] == 1


@pytest.mark.begins_with("en")
def test_5_no_page_goes_live_half_french_and_half_english(sqlite_world: World) -> None:
    entry = 'msgid "Risks"\nmsgstr "'
    sqlite_world.push("fr", sqlite_world.pull("fr").replace(entry, f"{entry}Risques", 1))
    with pytest.raises(RequirementsOpen):
        sqlite_world.submit("risks", "fr")
    assert ask(sqlite_world, "/v1/pages/treatment/fr").status == 404
    sqlite_world.translate("fr")
    sqlite_world.publish("treatment", "benefits", locale="fr")
    french = read_page(sqlite_world, "fr")
    assert french["missing"] == ["risks"], "what is not there yet is named"
    assert "nerves" not in str(french["sections"])


def test_6_the_same_sentence_on_another_page_is_offered_from_memory(hub: World) -> None:
    with hub.reading() as session:
        (hit,) = [
            one
            for one in memory.look_up(session, FOUR, "fr", source_locale="en")
            if one.likeness == 100
        ]
    assert hit.pair.target == f"fr – {FOUR}"
    assert (hit.pair.section, hit.pair.version) == ("benefits", 1)


def test_7_nobody_approves_their_own_text(hub: World) -> None:
    hub.push("fr", hub.pull("fr").replace("fr – Risks", "Les risques"))
    with writing(hub.engine) as session:
        for role in ("reviser:fr", "language-reviewer:fr"):
            person.grant(session, "translator-fr", role, by="operator")
    hub.submit("risks", "fr")
    for kind in (Kind.REVISION, Kind.LANGUAGE):
        with pytest.raises(FourEyes):
            hub.review("risks", "translator-fr", kind, locale="fr")


@pytest.mark.begins_with
def test_8_a_text_edited_between_two_approvals_has_none(sqlite_world: World) -> None:
    sqlite_world.write()
    sqlite_world.submit("risks")
    sqlite_world.review("risks", "medical-1", Kind.MEDICAL)
    sqlite_world.review("risks", "medical-2", Kind.MEDICAL, Verdict.RETURN)
    sqlite_world.write(page(TEXT.replace("repair nerves", "repair any nerve")))
    sqlite_world.submit("risks")
    sqlite_world.review("risks", "medical-2", Kind.MEDICAL)
    sqlite_world.review("risks", "lay", Kind.LAY)
    with pytest.raises(RequirementsOpen) as refused:
        sqlite_world.open_statement("risks")
    assert "medical-reviews" in refused.value.context["requirements"]


def test_9_and_10_answers_can_be_cached_and_a_region_gets_its_language(hub: World) -> None:
    with serving(hub.engine) as served:
        # Without a coding, for a coded answer has a tag of its own, and may just be coming.
        plain = {"Accept_Encoding": "identity"}
        french = served.get("/v1/sections/benefits/fr", **plain)
        for name in ("etag", "last-modified", "cache-control"):
            assert french.headers[name]
        tag = french.headers["etag"]
        again = served.get("/v1/sections/benefits/fr", If_None_Match=tag, **plain)
        assert again.status_code == 304
        swiss = served.get("/v1/sections/benefits/fr-CH")
        assert swiss.status_code == 200
        assert swiss.headers["content-language"] == "fr"
        told = swiss.json()
        assert (told["locale"], told["requested_locale"]) == ("fr", "fr-CH")


def test_11_no_call_deletes_what_happened_and_a_gap_would_be_noticed(hub: World) -> None:
    with hub.engine.begin() as connection, pytest.raises(DatabaseError, match="append-only"):
        connection.execute(text("DELETE FROM ledger WHERE seq = 3"))
    with hub.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER ledger_no_delete"))
        connection.execute(text("DELETE FROM ledger WHERE seq = 3"))
    with hub.reading() as session:
        breach = ledger.verify(session)
    assert breach is not None
    assert breach.seq == 3
