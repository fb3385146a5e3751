"""A Swiss society says a few things its own way and inherits the rest, and its readers are never
shown what moved on underneath."""

from datetime import UTC, datetime

import pytest
from time_machine import TimeMachineFixture

from content.database import writing
from content.errors import BadInput, FourEyes, LocaleMismatch
from content.people import person
from content.records import document as documents
from content.review.review import Kind
from content.translation import catalogue, overlay, upload
from content.translation import locale as locales
from tests.reader import (
    TODAY,
    ask,
    feed,
    latest,
    read,
    read_page,
    schedule,
    time_passes,
    told,
    waiting_statement,
    wrong_answers,
)
from tests.world import LOCALES, TEXT, World, page, translated

pytestmark = [pytest.mark.time_machine(TODAY, tick=False), pytest.mark.on_sqlite_first]

CHANGED = TEXT.replace("4 of 10", "5 of 10")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
FRENCH = "fr – It may help 4 of 10 people."
SWISS = "Cela peut aider 4 personnes sur 10, dit-on à Genève."


def in_switzerland(world: World) -> None:
    """After English and French came into force: a Swiss society that has not begun."""
    world.staff("fr-CH")


def override(world: World, base: str = FRENCH, own: str = SWISS, locale: str = "fr-CH") -> None:
    po = world.pull(locale)
    blank = f'msgid "{base}"\nmsgstr ""'
    assert blank in po
    world.push(locale, po.replace(blank, f'msgid "{base}"\nmsgstr "{own}"'))


def serve_swiss(world: World) -> None:
    """The same with fr-CH in force, one message in its own words."""
    override(world)
    assert world.publish_variant("fr-CH") == ["treatment", "benefits", "risks"]


not_begun = pytest.mark.begins_with("en", "fr", in_switzerland)
swiss_served = pytest.mark.begins_with("en", "fr", in_switzerland, serve_swiss)


def states(world: World, locale: str = "fr-CH") -> dict[str, str]:
    """Base text to what the variant makes of it."""
    with world.reading() as session:
        base = locales.base(locale, LOCALES)
        found = overlay.matrix(catalogue.standings(session, "treatment", locale, base))
        return {row.base: row.state for row in found}


@not_begun
def test_a_reader_in_geneva_has_french_before_and_swiss_french_after(world: World) -> None:
    assert ask(world, "/v1/sections/benefits/fr-CH").status == 404
    there = {one["locale"] for one in ask(world, "/v1/sections/benefits").body["locales"]}
    assert locales.look_up("fr-CH", there) == "fr"

    override(world)
    world.publish_variant("fr-CH")

    swiss = read_page(world, "fr-CH")
    assert swiss["missing"] == []
    benefits, risks = swiss["sections"]
    assert benefits["html"].startswith(f"<p>{SWISS}</p>")
    assert benefits["html"].endswith(read(world, "benefits", "fr")["html"].partition("\n")[2])
    assert risks["html"] == read(world, "risks", "fr")["html"]
    assert benefits["translation_of"] == {
        "locale": "fr",
        "version": 1,
        "sha256": read(world, "benefits", "fr")["sha256"],
        "current_version": 1,
        "outdated_since": None,
        "change": None,
    }
    assert benefits["change"]["summary"] == "Variante régionale de la version 1 du texte"
    assert wrong_answers(world) == []


@swiss_served
def test_a_blank_is_inherited_and_goes_out_as_a_blank(sqlite_world: World) -> None:
    po = sqlite_world.pull("fr-CH")
    assert po.count('msgid "fr – ') > po.count('msgstr "Cela') == 1
    assert 'msgstr "fr: ' not in po
    # Nor does it come back as news, blank or filled with what is inherited anyway.
    assert {one.fate for one in sqlite_world.push("fr-CH", po + "\n")} == {"blank", "unchanged"}
    filled = po.replace(
        'msgid "fr – It does not repair nerves."\nmsgstr ""',
        'msgid "fr – It does not repair nerves."\nmsgstr "fr – It does not repair nerves."',
    )
    assert filled != po
    assert {one.fate for one in sqlite_world.push("fr-CH", filled)} == {"blank", "unchanged"}
    assert sqlite_world.states("fr-CH")["risks"] == ["in_force"]


@not_begun
def test_nothing_is_served_before_the_swiss_society_accepted_it(sqlite_world: World) -> None:
    override(sqlite_world)
    version = sqlite_world.version("benefits", "fr-CH")
    assert (version.state, version.document) == ("draft", None)
    assert set(states(sqlite_world).values()) == {"override", "to-accept"}


@swiss_served
def test_accepting_twice_changes_nothing(sqlite_world: World) -> None:
    assert [one.outcome for one in sqlite_world.accept("fr-CH")] == ["current"] * 3
    assert sqlite_world.states("fr-CH") == {
        "treatment": ["in_force"],
        "benefits": ["in_force"],
        "risks": ["in_force"],
    }


@swiss_served
def test_an_english_change_makes_french_and_swiss_french_outdated(world: World) -> None:
    before = latest(world)
    world.publish_page(page(CHANGED, summary="5, not 4"))

    assert told(feed(world, before)) == [
        ("in_force", "benefits", "en", 2),
        ("outdated", "benefits", "fr", 1),
        ("outdated", "benefits", "fr-CH", 1),
    ]
    for locale in ("fr", "fr-CH"):
        answer = read(world, "benefits", locale)
        assert answer["status"] == "outdated"
        assert answer["translation_of"]["change"] == {"kind": "clinical", "summary": "5, not 4"}
        assert answer["translation_of"]["outdated_since"] == TODAY
    # The text that it follows has not moved itself.
    assert read(world, "benefits", "fr-CH")["translation_of"]["current_version"] == 1
    assert read(world, "risks", "fr-CH")["status"] == "current"
    assert wrong_answers(world) == []


@swiss_served
def test_when_french_moves_the_override_is_stale_and_the_rest_is_accepted_anew(
    world: World,
) -> None:
    # One message that is overridden in fr-CH changes, and one that is inherited.
    changed = TEXT.replace("4 of 10", "5 of 10").replace("repair nerves", "repair any nerves")
    world.publish_page(page(changed, summary="5, not 4"))
    world.publish_translation("fr")

    assert read(world, "benefits", "fr-CH")["status"] == "outdated"
    assert read(world, "benefits", "fr-CH")["translation_of"]["current_version"] == 2
    assert read(world, "benefits", "fr")["status"] == "current"
    now = states(world)
    assert now["fr – It may help 5 of 10 people."] == "stale"
    assert now["fr – It does not repair any nerves."] == "to-accept"
    assert now["fr – It may slow MS."] == "inherited"

    touch = {one.section: one for one in world.accept("fr-CH")}
    assert touch["treatment"].outcome == "current"
    assert touch["risks"].outcome == "submitted"
    assert touch["benefits"].outcome == "drafted"
    assert len(touch["benefits"].stale) == 1

    po = world.pull("fr-CH")
    stale = f'#, fuzzy\n#| msgid "{FRENCH}"'
    assert stale in po
    world.push("fr-CH", po.replace("#, fuzzy\n", "").replace("4 personnes", "5 personnes"))
    world.submit("benefits", "fr-CH")
    world.judge("benefits", "risks", locale="fr-CH")

    assert read(world, "benefits", "fr-CH")["html"].startswith("<p>Cela peut aider 5 personnes")
    assert read(world, "benefits", "fr-CH")["status"] == "current"
    assert "any nerves" in read(world, "risks", "fr-CH")["html"]
    assert wrong_answers(world) == []


@swiss_served
def test_a_change_around_the_words_is_carried_forward_to_both(sqlite_world: World) -> None:
    world = sqlite_world
    world.publish_page(page(TEXT.replace("not repair", "*not* repair"), kind="wording"))
    world.sign(waiting_statement(world, "risks", "fr"), "language-2-fr")
    assert world.states("fr-CH")["risks"] == ["in_force", "sign_off"]
    assert read(world, "risks", "fr-CH")["status"] == "current"
    world.sign(waiting_statement(world, "risks", "fr-CH"), "language-2-fr-ch")
    assert read(world, "risks", "fr-CH")["html"] == read(world, "risks", "fr")["html"]
    assert read(world, "risks", "fr-CH")["translation_of"]["version"] == 2


@swiss_served
def test_a_corrected_french_sentence_is_told_of_in_switzerland(sqlite_world: World) -> None:
    """The source did not change, so nobody said how much it matters: it is labelled."""
    world = sqlite_world
    before = latest(world)
    world.push("fr", world.pull("fr").replace("fr – It does not repair", "Cela ne répare pas les"))
    world.publish("risks", locale="fr")
    assert told(feed(world, before)) == [
        ("in_force", "risks", "fr", 2),
        ("outdated", "risks", "fr-CH", 1),
    ]
    answer = read(world, "risks", "fr-CH")
    assert answer["status"] == "outdated"
    assert answer["translation_of"]["change"]["kind"] == "clinical"
    assert world.publish_variant("fr-CH") == ["risks"]
    assert read(world, "risks", "fr-CH")["status"] == "current"


def prepare(world: World, source: bytes, *locales: str) -> None:
    """A new text of Benefits that comes into force at noon, and these translations with it."""
    world.write(source)
    schedule(world, "benefits", NOON)
    world.submit("benefits")
    world.review_all("benefits")
    world.sign_off("benefits")
    for locale in locales:
        world.push(locale, translated(world.pull(locale), locale))
        if locale == "fr":
            world.submit("benefits", locale)
        else:
            world.accept(locale)
        world.judge("benefits", locale=locale)
    assert {world.version("benefits", one).state for one in locales} == {"approved"}


@swiss_served
def test_both_come_along_with_their_source(
    sqlite_world: World, time_machine: TimeMachineFixture
) -> None:
    """French and Swiss French of the new text were approved before it is in force."""
    world = sqlite_world
    prepare(world, page(CHANGED, summary="5, not 4"), "fr", "fr-CH")
    before = latest(world)
    time_machine.move_to(NOON, tick=False)
    time_passes(world)
    assert told(feed(world, before)) == [
        ("in_force", "benefits", "en", 2),
        ("in_force", "benefits", "fr", 2),
        ("in_force", "benefits", "fr-CH", 2),
    ]
    assert read(world, "benefits", "fr-CH")["status"] == "current"
    assert wrong_answers(world) == []


@swiss_served
def test_french_comes_along_and_swiss_french_is_left_behind_once(
    sqlite_world: World, time_machine: TimeMachineFixture
) -> None:
    world = sqlite_world
    prepare(world, page(CHANGED, summary="5, not 4"), "fr")
    before = latest(world)
    time_machine.move_to(NOON, tick=False)
    time_passes(world)
    assert told(feed(world, before)) == [
        ("in_force", "benefits", "en", 2),
        ("in_force", "benefits", "fr", 2),
        ("outdated", "benefits", "fr-CH", 1),
    ]
    assert wrong_answers(world) == []


@pytest.mark.parametrize("prepared", [(), ("fr",)])
@swiss_served
def test_a_safety_change_takes_swiss_french_out_whether_french_comes_along_or_not(
    sqlite_world: World, prepared: tuple[str, ...], time_machine: TimeMachineFixture
) -> None:
    world = sqlite_world
    safer = page(TEXT.replace("4 of 10", "2 of 10"), kind="safety", summary="Fewer")
    if prepared:
        prepare(world, safer, *prepared)
        time_machine.move_to(NOON, tick=False)
        time_passes(world)
    else:
        world.publish_page(safer)
    assert ask(world, "/v1/sections/benefits/fr").status == (200 if prepared else 410)
    assert ask(world, "/v1/sections/benefits/fr-CH").status == 410
    assert read(world, "risks", "fr-CH")["status"] == "current"
    assert wrong_answers(world) == []


@swiss_served
def test_a_text_that_nobody_reviewed_in_time_takes_its_variants_along(
    sqlite_world: World, time_machine: TimeMachineFixture
) -> None:
    world = sqlite_world
    time_machine.move_to(datetime(2028, 6, 1, tzinfo=UTC))
    assert time_passes(world) == {"treatment", "benefits", "risks"}
    assert {tuple(one) for one in world.states("fr-CH").values()} == {("withdrawn",)}


@swiss_served
def test_withdrawing_french_withdraws_swiss_french_and_nothing_else(world: World) -> None:
    world.withdraw("benefits", "fr")
    assert ask(world, "/v1/sections/benefits/fr").status == 410
    assert ask(world, "/v1/sections/benefits/fr-CH").status == 410
    assert ask(world, "/v1/sections/benefits/en").status == 200
    assert wrong_answers(world) == []


@swiss_served
def test_withdrawing_swiss_french_leaves_french(sqlite_world: World) -> None:
    sqlite_world.withdraw("benefits", "fr-CH")
    assert ask(sqlite_world, "/v1/sections/benefits/fr-CH").status == 410
    assert ask(sqlite_world, "/v1/sections/benefits/fr").status == 200
    # It was withdrawn for a fault of its own: accepting the same text again does not revive it.
    assert {one.outcome for one in sqlite_world.accept("fr-CH")} == {"current"}


@swiss_served
def test_withdrawing_the_source_withdraws_all(sqlite_world: World) -> None:
    sqlite_world.withdraw("benefits", "en")
    for locale in ("en", "fr", "fr-CH"):
        assert ask(sqlite_world, f"/v1/sections/benefits/{locale}").status == 410


@not_begun
def test_swiss_french_of_a_withdrawn_french_text_does_not_come_into_force(
    sqlite_world: World,
) -> None:
    world = sqlite_world
    world.accept("fr-CH")
    world.withdraw("benefits", "fr")
    world.judge("treatment", "risks", locale="fr-CH")
    world.review_all("benefits", "fr-CH")
    assert world.states("fr-CH")["treatment"] == ["in_force"]
    assert ask(world, "/v1/sections/benefits/fr-CH").status == 404


@pytest.mark.parametrize(
    ("change", "state"),
    [("wording", "in_force"), ("safety", "approved"), ("withdrawn", "approved")],
)
@not_begun
def test_swiss_french_that_was_late_comes_unless_what_it_says_may_be_wrong(
    sqlite_world: World, change: str, state: str
) -> None:
    world = sqlite_world
    world.accept("fr-CH")
    world.review_all("benefits", "fr-CH")
    statement = world.open_statement("benefits", locale="fr-CH")
    world.push("fr", world.pull("fr").replace("fr – It may slow", "Cela peut ralentir"))
    world.publish("benefits", locale="fr")
    if change == "withdrawn":
        world.withdraw("benefits", "fr")
    else:
        world.publish_page(page(CHANGED, kind=change, summary="5"))
    world.sign(statement, "language-2-fr-ch")
    assert world.states("fr-CH")["benefits"] == [state]


@not_begun
def test_a_busy_section_is_left_to_those_who_have_it(sqlite_world: World) -> None:
    world = sqlite_world
    world.accept("fr-CH")
    world.push("fr", world.pull("fr").replace("fr – It does not repair", "Cela ne répare pas les"))
    world.submit("risks", "fr")
    touch = {one.section: one.outcome for one in world.accept("fr-CH")}
    assert touch == {"treatment": "current", "benefits": "current", "risks": "busy"}


@not_begun
def test_who_wrote_the_french_does_not_judge_the_swiss(sqlite_world: World) -> None:
    world = sqlite_world
    with writing(world.engine) as session:
        person.grant(session, "translator-fr", "reviser:fr-CH", by="operator")
    world.accept("fr-CH")
    with pytest.raises(FourEyes):
        world.review("benefits", "translator-fr", Kind.REVISION, locale="fr-CH")


@not_begun
def test_a_swiss_file_at_the_address_of_french_is_refused(sqlite_world: World) -> None:
    world = sqlite_world
    with pytest.raises(LocaleMismatch) as refused:
        world.push("fr", world.pull("fr-CH"))
    assert "fr-CH" in refused.value.message


@swiss_served
def test_an_override_taken_back_leaves_the_inheritance(sqlite_world: World) -> None:
    world = sqlite_world
    nerves = "fr – It does not repair nerves."
    po = world.pull("fr-CH").replace(
        f'msgid "{nerves}"\nmsgstr ""', f'msgid "{nerves}"\nmsgstr "Cela ne répare pas les nerfs."'
    )
    report = world.upload("fr-CH", po)
    assert states(world)[nerves] == "override"
    world.undo(report)
    assert states(world)[nerves] == "inherited"
    assert world.is_whole("risks", "fr-CH")


@swiss_served
def test_an_override_that_says_what_the_base_text_says_is_none(sqlite_world: World) -> None:
    world = sqlite_world
    world.push("fr-CH", world.pull("fr-CH").replace(f'msgstr "{SWISS}"', f'msgstr "{FRENCH}"'))
    assert states(world)[FRENCH] == "inherited"


@not_begun
def test_a_variant_is_not_made_past_its_base_text(sqlite_world: World) -> None:
    """As where MSIF_LOCALES no longer lists French."""
    world = sqlite_world
    with writing(world.engine) as session:
        po = catalogue.hand_out(session, "treatment", "fr-CH").replace(
            'msgid "Risks"\nmsgstr ""', 'msgid "Risks"\nmsgstr "Risques"'
        )
        actor = person.actor(session, "translator-fr-ch")
        with pytest.raises(BadInput, match="inherits from fr"):
            upload.take(session, actor, "treatment", "fr-CH", po.encode())


@pytest.mark.begins_with("en")
def test_a_variant_of_a_language_that_nobody_translates_is_a_translation(
    sqlite_world: World,
) -> None:
    sqlite_world.staff("pt-BR")
    sqlite_world.publish_translation("pt-BR")
    assert read(sqlite_world, "benefits", "pt-BR")["translation_of"]["locale"] == "en"
    with pytest.raises(BadInput, match="no regional variant"):
        overlay.require_base("pt-BR", LOCALES)


@pytest.mark.begins_with("en")
def test_australian_english_inherits_from_the_source_itself(sqlite_world: World) -> None:
    world = sqlite_world
    world.staff("en-AU")
    override(world, "Ask your neurologist.", "Ask your own neurologist.", "en-AU")
    world.publish_variant("en-AU")
    answer = read(world, "benefits", "en-AU")
    assert answer["disclaimer"] == "Ask your own neurologist."
    assert answer["html"] == read(world, "benefits")["html"]
    assert answer["translation_of"]["locale"] == "en"
    assert answer["approval"]["signed_by"][0]["role"] == "language-reviewer:en-AU"


def test_what_is_inherited_is_checked_and_never_rewritten(sqlite_world: World) -> None:
    """`1,4 %` of a German text is `1.4 %` in Switzerland: proposed, and left as it was."""
    world = sqlite_world
    world.publish_page(page(TEXT.replace("4 of 10 people", "1.4% of 40,000 people")))
    german = world.pull("de").replace(
        'msgid "It may help 1.4% of 40,000 people."\nmsgstr ""',
        'msgid "It may help 1.4% of 40,000 people."\n'
        'msgstr "Großen Nutzen haben 1,4 % von 40.000 Menschen."',
    )
    world.push("de", german)
    world.publish_translation("de")
    world.staff("de-CH")
    world.accept("de-CH")
    with world.reading() as session:
        rows = list(overlay.matrix(catalogue.standings(session, "treatment", "de-CH", "de")))
    (row,) = [row for row in rows if row.proposal]
    assert row.proposal is not None
    assert row.proposal.what == ("numbers", "sharp-s")
    assert row.proposal.text == "Grossen Nutzen haben 1.4 % von 40’000 Menschen."
    assert (row.state, row.target) == ("inherited", "")
    assert "Großen" in _document_of(world, "benefits", "de-CH")


def _document_of(world: World, section: str, locale: str) -> str:
    version = world.version(section, locale)
    with world.reading() as session:
        return documents.load_bytes(session, version.document or "").decode()
