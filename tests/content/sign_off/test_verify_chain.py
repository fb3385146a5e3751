"""Rule 4 along the whole chain: a regional variant is served only while its base text and the
source behind it are signed off. The database is tampered with, its triggers dropped."""

import pytest

from content.database import writing
from content.errors import RequirementsOpen
from content.publication import representation
from content.records import lineage
from tests.content.sign_off.test_verify import passes, statement_of
from tests.reader import TODAY, ask
from tests.tampering import drop_triggers, tamper
from tests.world import World


def in_a_chain(world: World) -> None:
    """English, French, Swiss French and Italian in force, and no trigger left."""
    world.staff("fr-CH")
    world.publish_page()
    world.publish_translation("fr")
    world.publish_variant("fr-CH")
    world.publish_translation("it")
    drop_triggers(world.engine)


pytestmark = [
    pytest.mark.time_machine(TODAY, tick=False),
    pytest.mark.begins_with.with_args(in_a_chain),
]


@pytest.fixture
def chained(sqlite_world: World) -> World:
    return sqlite_world


def is_served(world: World) -> bool:
    """Whether a member site is shown it, once the answers are made anew."""
    with writing(world.engine) as session:
        representation.rebuild(session, world.policy)
    return ask(world, "/v1/sections/benefits/fr-CH").status == 200


def unsign(world: World, locale: str) -> None:
    tamper(
        world.engine,
        "DELETE FROM signature WHERE statement = :it AND meaning = 'approval'",
        it=statement_of(world, locale),
    )


def test_what_took_the_whole_way_is_served(chained: World) -> None:
    assert passes(chained, "fr-CH")
    assert is_served(chained)


@pytest.mark.parametrize("locale", ["fr-CH", "fr", "en"])
def test_one_link_without_a_sign_off_and_the_variant_is_not_served(
    chained: World, locale: str
) -> None:
    unsign(chained, locale)
    assert not passes(chained, "fr-CH")
    assert passes(chained, "it") is (locale != "en")
    assert not is_served(chained)


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_one_link_with_other_bytes_and_the_variant_is_not_served(
    chained: World, locale: str
) -> None:
    tamper(
        chained.engine,
        "UPDATE document SET body = CAST(replace(CAST(body AS TEXT), '4 of 10', '9 of 10')"
        " AS BLOB) WHERE sha256 = :it",
        it=chained.version("benefits", locale).document,
    )
    assert not passes(chained, "fr-CH")


def test_a_base_text_that_follows_another_text_than_was_signed_does_not_count(
    chained: World,
) -> None:
    """Italian for French: its statement says what it translates, and the chain is read from it."""
    for of in ("fr", "fr-CH"):
        tamper(
            chained.engine,
            "UPDATE version SET source = :other WHERE id = :it",
            it=chained.version("benefits", of).key,
            other=chained.version("benefits", "it").document,
        )
        assert not passes(chained, "fr-CH")


def test_a_chain_that_leads_back_to_itself_ends(chained: World) -> None:
    """No document can name one that names it, but a column can be made to."""
    tamper(
        chained.engine,
        "UPDATE version SET source = :other WHERE id = :it",
        it=chained.version("benefits", "fr").key,
        other=chained.version("benefits", "fr-CH").document,
    )
    assert not passes(chained, "fr-CH")
    version = chained.version("benefits", "fr-CH")
    with chained.reading() as session:
        known = lineage.by_document(session, [version])
    chain = lineage.chain(version, known)
    assert len(chain) == lineage.LINKS_MAX
    assert not lineage.is_whole(version, chain)


def test_a_chain_does_not_leave_its_section(chained: World) -> None:
    tamper(
        chained.engine,
        "UPDATE version SET source = :other WHERE id = :it",
        it=chained.version("benefits", "fr").key,
        other=chained.version("risks", "en").document,
    )
    version = chained.version("benefits", "fr-CH")
    with chained.reading() as session:
        chain = lineage.chain(version, lineage.by_document(session, [version]))
    assert [one.locale for one in chain] == ["fr"]


@pytest.mark.begins_with
def test_a_variant_whose_base_was_never_signed_off_cannot_be_put_to_signature(
    sqlite_world: World,
) -> None:
    world = sqlite_world
    world.publish_page()
    world.translate("fr")
    world.submit("benefits", "fr")
    world.staff("fr-CH")
    assert [one.outcome for one in world.accept("fr-CH")] == ["submitted"]
    world.review_all("benefits", "fr-CH")
    with pytest.raises(RequirementsOpen, match="source-signed-off"):
        world.open_statement("benefits", locale="fr-CH")
