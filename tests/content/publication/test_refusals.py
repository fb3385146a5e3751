"""What is in force and does not pass the members' check is not served, and everybody is told."""

import pytest

from content.database import reading, writing
from content.publication import audit, refusal, representation
from tests.reader import TODAY, ask, events, read, wrong_answers
from tests.tampering import drop_triggers, tamper
from tests.world import World

pytestmark = pytest.mark.time_machine(TODAY, tick=False)


@pytest.fixture
def owned(published: World) -> World:
    """English and French in force; somebody owns the database, and dropped its triggers."""
    drop_triggers(published.engine)
    return published


def audited(world: World) -> list[str]:
    """Each text that stands refused after an audit."""
    with writing(world.engine) as session:
        return [f"{one.section}/{one.locale}" for one in audit.carry_out(session, world.policy)]


def is_called_for(world: World) -> bool:
    with reading(world.engine) as session:
        return audit.is_called_for(session, world.policy)


def change_a_byte(world: World, section: str, was: str, now: str) -> None:
    """Of a document, and back."""
    tamper(
        world.engine,
        "UPDATE document SET body = CAST(replace(CAST(body AS TEXT), :was, :now) AS BLOB)"
        " WHERE sha256 = :it",
        it=world.version(section).document,
        was=was,
        now=now,
    )


def test_what_is_in_order_calls_for_nothing(published: World) -> None:
    assert not is_called_for(published)
    assert audited(published) == []
    assert events(published, "section.refused") == 0


def test_a_byte_changed_in_a_document_takes_it_and_what_follows_it_from_readers(
    owned: World,
) -> None:
    change_a_byte(owned, "benefits", "4 of 10", "9 of 10")
    assert is_called_for(owned)
    assert audited(owned) == ["benefits/en", "benefits/fr"]
    for path in ("/v1/sections/benefits/en", "/v1/sections/benefits/fr"):
        answer = ask(owned, path)
        assert (answer.status, answer.body["code"]) == (503, "not-signed-off")
        assert "html" not in answer.body
    page = read(owned, "treatment")
    assert page["status"] == "current"
    assert ask(owned, "/v1/pages/treatment/en").body["missing"] == ["benefits"]
    assert ask(owned, "/v1/sections/risks/en").status == 200
    assert events(owned, "section.refused") == 2
    # Looked at again, nothing more is told.
    assert not is_called_for(owned)
    assert audited(owned) == ["benefits/en", "benefits/fr"]
    assert events(owned, "section.refused") == 2


def test_what_passes_again_is_served_again(owned: World) -> None:
    before = ask(owned, "/v1/sections/benefits/fr")
    change_a_byte(owned, "benefits", "4 of 10", "9 of 10")
    audited(owned)
    change_a_byte(owned, "benefits", "9 of 10", "4 of 10")
    assert is_called_for(owned)
    assert audited(owned) == []
    assert ask(owned, "/v1/sections/benefits/fr") == before
    assert events(owned, "section.verified") == 2
    assert wrong_answers(owned) == []


def test_the_first_page_of_a_page_can_be_refused(owned: World) -> None:
    change_a_byte(owned, "treatment", "2000 mg", "9000 mg")
    assert audited(owned) == ["treatment/en", "treatment/fr"]
    assert ask(owned, "/v1/pages/treatment/en").status == 503
    assert ask(owned, "/v1/sections/benefits/en").status == 200


def test_a_text_that_was_withdrawn_and_comes_in_by_the_back_door_is_refused(owned: World) -> None:
    """Raw SQL flips a state: the text was signed once, for another trust file or another place."""
    owned.withdraw("risks")
    tamper(
        owned.engine,
        "UPDATE version SET locale = 'it' WHERE section = 'risks' AND locale = 'fr'",
        "UPDATE version SET state = 'in_force' WHERE section = 'risks' AND locale = 'it'",
        "UPDATE release SET locale = 'it' WHERE section = 'risks' AND locale = 'fr'",
    )
    assert audited(owned) == ["risks/it"]


def test_a_refused_text_that_is_withdrawn_or_replaced_is_refused_no_more(owned: World) -> None:
    change_a_byte(owned, "risks", "repair", "REPAIR")
    audited(owned)
    owned.withdraw("risks")
    assert audited(owned) == []
    assert ask(owned, "/v1/sections/risks/en").status == 410


def test_without_a_trust_file_that_can_be_trusted_nothing_is_served(published: World) -> None:
    other = published.policy.model_copy(update={"pinned": "0" * 64})
    with writing(published.engine) as session:
        refused = audit.carry_out(session, other)
    assert len(refused) == 6
    assert ask(published, "/v1/sections/risks/en").status == 503
    with published.reading() as session:
        assert len(refusal.places(session)) == 6
    # The operator puts the right pin back.
    assert audited(published) == []
    assert ask(published, "/v1/sections/risks/en").status == 200


def test_answers_made_anew_for_another_reason_do_not_bring_it_back(owned: World) -> None:
    change_a_byte(owned, "benefits", "4 of 10", "9 of 10")
    audited(owned)
    with writing(owned.engine) as session:
        representation.rebuild(session, owned.policy)
    assert ask(owned, "/v1/sections/benefits/en").status == 503
