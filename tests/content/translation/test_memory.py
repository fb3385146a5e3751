"""The memory: it knows what was approved and what was imported, and it does nothing but suggest."""

import pytest
from sqlalchemy import inspect, text

from content.errors import ExchangeRefused, RoleMissing
from content.records import version as versions
from content.sign_off import recall
from content.sign_off import statement as statements
from content.translation import memory, memory_import
from content.translation.exchange.tmx import Pair, write_tmx
from content.translation.memory import Hit
from content.translation.memory_import import TakenPair
from content.translation.memory_index import (
    HITS_MAX,
    LONG_MIN,
    Remembered,
    build,
    words_of,
)
from tests.world import TEXT, World, page

BENEFIT = "It may help 4 of 10 people."


def hits(world: World, asked: str, locale: str = "fr") -> list[Hit]:
    with world.reading() as session:
        return recall.search(session, asked, locale, source_locale="en")


def told(found: list[Hit]) -> list[tuple[str, str, int | None, str]]:
    return [(hit.pair.target, hit.pair.section, hit.pair.version, hit.pair.origin) for hit in found]


def take(world: World, *pairs: Pair, by: str = "translator-fr") -> list[TakenPair]:
    with world.acting(by) as (session, actor):
        return memory_import.import_tmx(session, actor, "fr", "en", write_tmx(pairs, "fr"))


def contents(world: World) -> dict[str, list[str]]:
    with world.engine.connect() as connection:
        return {
            table: sorted(map(repr, connection.execute(text(f'SELECT * FROM "{table}"')).all()))
            for table in inspect(connection).get_table_names()
        }


@pytest.mark.begins_with("en")
def test_nothing_is_remembered_until_it_is_approved(world: World) -> None:
    world.translate("fr")
    assert hits(world, BENEFIT) == []
    for section in ("treatment", "benefits", "risks"):
        world.submit(section, "fr")
        world.review_all(section, "fr")
    world.open_statement("treatment", "risks", locale="fr")
    assert hits(world, BENEFIT) == []
    world.sign_off("benefits", locale="fr")
    (hit,) = hits(world, BENEFIT)
    assert told([hit]) == [(f"fr – {BENEFIT}", "benefits", 1, "approved")]
    assert (hit.likeness, hit.pair.approvers, hit.pair.locale) == (100.0, ("language-2-fr",), "fr")
    assert hits(world, BENEFIT, "it") == []


@pytest.mark.begins_with("en", "fr")
def test_older_versions_are_remembered_behind_newer_ones(sqlite_world: World) -> None:
    world = sqlite_world
    world.publish_page(page(TEXT.replace("4 of 10", "5 of 10"), summary="Other numbers"))
    world.publish_translation("fr")
    same, alike = hits(world, BENEFIT.replace("4", "5"))
    assert (same.likeness, same.pair.version) == (100.0, 2)
    assert (alike.pair.source, alike.pair.version) == (BENEFIT, 1)
    assert 90 < alike.likeness < 100


@pytest.mark.begins_with("en", "fr")
def test_what_was_withdrawn_is_forgotten(sqlite_world: World) -> None:
    world = sqlite_world
    assert len(hits(world, BENEFIT)) == 1
    world.withdraw("benefits", "fr")
    assert hits(world, BENEFIT) == []


@pytest.mark.begins_with("en")
def test_who_recused_themselves_has_approved_nothing(sqlite_world: World) -> None:
    world = sqlite_world
    world.translate("fr")
    world.submit("benefits", "fr")
    world.review_all("benefits", "fr")
    with world.acting("editor") as (session, actor):
        version = versions.opened(session, "benefits", "fr")
        assert version is not None
        digest = statements.open_statement(
            session, actor, [version], world.policy, role="board"
        ).sha256
    world.sign(digest, "board-1", relevant=True)
    for signer in ("board-2", "board-3", "board-4"):
        world.sign(digest, signer)
    (hit,) = hits(world, BENEFIT)
    assert hit.pair.approvers == ("board-2", "board-3", "board-4")


def test_it_suggests_and_fills_nothing(sqlite_world: World) -> None:
    world = sqlite_world
    risks = "# Page {#page}\n\n## What are the risks? {#one}\n\nSome.\n"
    world.write(page(risks))
    world.publish("page", "one")
    world.translate("fr", "page")
    world.publish("page", "one", locale="fr")
    benefits = risks.replace("risks", "benefits").replace("page}", "other}").replace("one", "two")
    world.write(page(benefits))
    world.publish("other", "two")
    before = contents(world)
    (hit,) = hits(world, "What are the benefits?")
    assert hit.pair.source == "What are the risks?"
    assert hit.likeness < 100
    assert contents(world) == before
    assert 'msgid "What are the benefits?"\nmsgstr ""\n' in world.pull("fr", "other")


def test_marks_and_addresses_are_no_words() -> None:
    assert words_of("**See**  [the\nregister]{1}.") == "See the register."
    index = build([Remembered(Pair("See [the register]{1}.", "Voir.", "en", "fr"))])
    (found,) = index.exact("See *the* register.")
    assert found.remembered.pair.target == "Voir."
    assert index.exact("See a register.") == []


def test_long_texts_are_found_by_their_words_and_short_ones_by_their_characters() -> None:
    long = (
        "Some people with multiple sclerosis take part in a trial of stem cell therapy each year."
    )
    assert len(long) > LONG_MIN
    other = "Nothing of this kind was ever said about the weather in the mountains of this country."
    index = build([Remembered(Pair(one, one, "en", "fr")) for one in (long, other, "relapses")])
    (found,) = index.alike(long.replace("Some people", "Most people"), 75)
    assert found.remembered.pair.source == long
    assert 90 < found.likeness < 100
    assert index.alike(long, 75) == []
    assert index.alike("z" * len(long), 75) == []
    assert [one.remembered.pair.source for one in index.alike("relapse", 75)] == ["relapses"]
    assert build([]).alike("relapse", 75) == []
    assert index.alike(" ", 75) == []


def test_only_the_likest_are_shown(sqlite_world: World) -> None:
    world = sqlite_world
    take(world, *(Pair(f"A relapse of kind {n}", f"Poussée {n}", "en", "fr") for n in range(30)))
    assert len(hits(world, "A relapse of kind x")) == HITS_MAX
    assert hits(world, "") == []


# Imported memories


def test_an_import_is_remembered_as_one_and_comes_in_once(world: World) -> None:
    mine = Pair("A relapse", "Une poussée", "en", "fr", "elsewhere", 7, ("them",), "approved")
    guess = Pair("A lesion", "Une lésion", "en", "fr", origin="machine")
    assert [one.outcome for one in take(world, mine, guess, mine)] == [
        "added",
        "added",
        "unchanged",
    ]
    assert [one.outcome for one in take(world, mine)] == ["unchanged"]
    (hit,) = hits(world, "A relapse")
    assert told([hit]) == [("Une poussée", "elsewhere", 7, "import")]
    assert hit.pair.approvers == ("them",)
    assert hits(world, "A lesion")[0].pair.origin == "machine"


def test_the_approved_comes_before_the_imported(sqlite_world: World) -> None:
    world = sqlite_world
    take(world, Pair(BENEFIT, "Traduit ailleurs.", "en", "fr"))
    take(world, Pair(BENEFIT, f"fr – {BENEFIT}", "en", "fr"))
    world.publish_page()
    world.publish_translation("fr")
    assert [(hit.pair.target, hit.pair.origin) for hit in hits(world, BENEFIT)] == [
        (f"fr – {BENEFIT}", "approved"),
        ("Traduit ailleurs.", "import"),
    ]


@pytest.mark.begins_with("en", "fr")
def test_an_export_has_who_approved_and_comes_back(sqlite_world: World) -> None:
    world = sqlite_world
    take(world, Pair("A relapse", "Une poussée", "en", "fr"))
    with world.reading() as session:
        source = recall.export(session, "fr")
        assert source == recall.export(session, "fr")
    assert b'<prop type="x-msif-approver">language-2-fr</prop>' in source
    assert b'<prop type="x-msif-origin">import</prop>' in source
    with world.acting("translator-fr") as (session, actor):
        report = memory_import.import_tmx(session, actor, "fr", "en", source)
    assert {one.outcome for one in report} == {"added", "unchanged"}
    assert all(hit.pair.origin == "approved" for hit in hits(world, BENEFIT))


def test_who_may_not_imports_nothing_and_neither_does_what_is_no_memory(
    sqlite_world: World,
) -> None:
    world = sqlite_world
    with pytest.raises(RoleMissing):
        take(world, Pair("a", "b", "en", "fr"), by="translator-it")
    with (
        world.acting("translator-fr") as (session, actor),
        pytest.raises(ExchangeRefused, match="Line 1"),
    ):
        memory_import.import_tmx(session, actor, "fr", "en", b"<tbx/>")
    with world.acting("translator-fr") as (session, actor):
        (taken,) = memory_import.import_tmx(
            session, actor, "fr", "en", b"<tmx version='1.4'><body><tu/></body></tmx>"
        )
    assert taken.outcome == "refused"
    with world.reading() as session:
        assert memory_import.pairs(session, "fr") == []


# Machines


def test_a_machine_only_ever_suggests_and_is_off_unless_somebody_passes_one(
    sqlite_world: World,
) -> None:
    world = sqlite_world

    def machine(text: str, *, source_locale: str, locale: str) -> str:
        return "" if text == "?" else f"{source_locale}>{locale}: {text}"

    before = contents(world)
    with world.reading() as session:
        assert recall.search(session, "Risks", "fr", source_locale="en") == []
        (hit,) = recall.search(session, "Risks", "fr", source_locale="en", machine=machine)
        assert recall.search(session, "?", "fr", source_locale="en", machine=machine) == []
    assert hit == Hit(Pair("Risks", "en>fr: Risks", "en", "fr", origin="machine"), 0.0)
    assert contents(world) == before


def test_the_index_is_made_anew_when_something_feeds_it(sqlite_world: World) -> None:
    world = sqlite_world
    with world.reading() as session:
        first = memory.index_of(session, "fr")
        assert memory.index_of(session, "fr") is first
    world.write()
    with world.reading() as session:
        assert memory.index_of(session, "fr") is first
    take(world, Pair("a", "b", "en", "fr"))
    with world.reading() as session:
        assert memory.index_of(session, "fr") is not first


def test_many_texts_are_looked_up_as_one_by_one(world: World) -> None:
    world.publish_page()
    world.publish_translation("fr")
    texts = ["Risks", "It may help 5 of 10 people.", "Nothing like it is remembered anywhere."]
    with world.reading() as session:
        found = recall.search_all(session, texts, "fr")
        assert recall.search_all(session, [], "fr") == {}
    assert found == {text: hits(world, text) for text in texts}
    assert found["Risks"][0].pair.approvers == ("language-2-fr",)
