"""Signing: who may, what counts, and what a rejection or an objection begins."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import update

from content.database import writing
from content.errors import (
    AlreadyThere,
    BadInput,
    CommentMissing,
    FourEyes,
    InterestsMissing,
    RoleMissing,
    StateHasMoved,
)
from content.people import person
from content.records import document as documents
from content.records import version as versions
from content.review import submission
from content.review.review import Kind
from content.sign_off import signature
from content.sign_off import statement as statements
from content.sign_off.block import Meaning
from content.sign_off.statement import Statement, StatementState
from tests.keys import SIGNERS
from tests.reader import (
    TODAY,
    ask,
    events,
    give_role,
    latest,
    object_to,
    opened,
    read,
    schedule,
    waiting_statement,
    wrong_answers,
)
from tests.world import TEXT, World, page

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

FIVE = TEXT.replace("4 of 10", "5 of 10")
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def ready(world: World) -> str:
    """A statement over one reviewed source text."""
    world.write()
    return world.put_to_signature("benefits")


def test_the_third_board_member_approves_and_the_first_two_do_not(world: World) -> None:
    statement = ready(world)
    for signer in ("board-1", "board-2"):
        world.sign(statement, signer)
        assert world.states()["benefits"] == ["sign_off"]
    with pytest.raises(AlreadyThere):
        world.sign(statement, "board-2")
    world.sign(statement, "board-3")
    assert world.states()["benefits"] == ["in_force"]
    with pytest.raises(StateHasMoved):
        world.sign(statement, "board-4")
    assert events(world, "statement.signed") == 3
    assert [one["name"] for one in read(world, "benefits")["approval"]["signed_by"]] == [
        "Board-1",
        "Board-2",
        "Board-3",
    ]


def test_a_declared_interest_makes_it_a_recusal_and_the_threshold_does_not_shrink(
    sqlite_world: World,
) -> None:
    statement = ready(sqlite_world)
    sqlite_world.sign(statement, "board-4", relevant=True)
    sqlite_world.sign(statement, "board-1", Meaning.RECUSAL)
    for signer in ("board-2", "board-3"):
        sqlite_world.sign(statement, signer)
    assert sqlite_world.states()["benefits"] == ["sign_off"]
    with sqlite_world.reading() as session:
        kept = signature.of_statement(session, statements.find(session, statement))
        said = {one.person: json.loads(one.block)["meaning"] for one in kept}
        assert said["board-4"] == "recusal"
        assert [one.interests_relevant for one in kept if one.person == "board-4"] == [True]
        assert [said[name] for name in ("board-2", "board-3")] == ["approval", "approval"]


def test_a_relevant_interest_turns_even_a_rejection_into_a_recusal(sqlite_world: World) -> None:
    statement = ready(sqlite_world)
    sqlite_world.sign(statement, "board-1", Meaning.REJECTION, relevant=True)
    assert sqlite_world.states()["benefits"] == ["sign_off"]


def test_a_rejection_ends_the_statement_and_begins_the_next_draft_from_the_text(
    world: World,
) -> None:
    statement = ready(world)
    old = opened(world, "benefits")
    world.sign(statement, "board-1", Meaning.REJECTION)

    assert world.states()["benefits"] == ["abandoned", "draft"]
    begun = opened(world, "benefits")
    with world.reading() as session:
        before = documents.load(session, old.document or "")
        after = documents.load(session, begun.document or "")
        assert statements.find(session, statement).state == StatementState.REJECTED
    assert after == before.model_copy(update={"version": 2})
    with pytest.raises(StateHasMoved):
        world.sign(statement, "board-2")
    # The author of the text that came back is the author of the new draft, too.
    give_role(world, "author", "lay-reviewer")
    world.submit("benefits", by="editor")
    with pytest.raises(FourEyes):
        world.review("benefits", "author", Kind.LAY)
    world.review_all("benefits")
    world.sign_off("benefits")
    assert read(world, "benefits")["version"] == 2


@pytest.mark.begins_with("en")
def test_a_rejected_translation_begins_again_with_its_words_and_keeps_its_writers(
    world: World,
) -> None:
    drafts = world.translate("fr")
    for section in drafts:
        world.submit(section, "fr")
        world.review_all(section, "fr")
    statement = world.open_statement(*drafts, locale="fr")
    before = world.pull("fr")

    world.sign(statement, "language-2-fr", Meaning.REJECTION)

    assert world.states("fr") == {one: ["abandoned", "draft"] for one in drafts}
    assert world.pull("fr") == before, "no word was lost"
    give_role(world, "translator-fr", "reviser:fr")
    world.submit("benefits", "fr")
    with pytest.raises(FourEyes):
        world.review("benefits", "translator-fr", Kind.REVISION, locale="fr")
    world.submit("risks", "fr")
    world.submit("treatment", "fr")
    for section in drafts:
        world.review_all(section, "fr")
    world.sign_off(*drafts, locale="fr")
    assert read(world, "benefits", "fr")["version"] == 2


def test_an_objection_stops_what_is_approved_before_its_hour(published: World) -> None:
    published.write(page(FIVE, summary="5, not 4"))
    schedule(published, "benefits", NOON)
    published.publish("benefits")
    before = latest(published)

    with pytest.raises(CommentMissing):
        object_to(published, "benefits", "board-4", reason="  ")
    with pytest.raises(RoleMissing):
        object_to(published, "benefits", "author")
    object_to(published, "benefits", "board-4")
    assert published.states()["benefits"] == ["in_force", "abandoned", "draft"]
    with pytest.raises(StateHasMoved):
        object_to(published, "benefits", "board-4")
    assert latest(published) == before


@pytest.mark.begins_with("en")
def test_an_objection_to_a_translation_begins_its_next_draft(sqlite_world: World) -> None:
    sqlite_world.translate("fr")
    schedule(sqlite_world, "benefits", NOON, "fr")
    sqlite_world.publish("benefits", locale="fr")
    object_to(sqlite_world, "benefits", "language-1-fr", "fr")
    assert sqlite_world.states("fr")["benefits"] == ["abandoned", "draft"]
    assert sqlite_world.is_whole("benefits", "fr")
    assert ask(sqlite_world, "/v1/sections/benefits/fr").status == 404


def test_what_was_carried_and_rejected_is_an_ordinary_draft_again(published: World) -> None:
    published.publish_page(page(review_by="2027-11-01"))
    statement = waiting_statement(published, "benefits")
    published.sign(statement, "language-2-fr", Meaning.REJECTION)
    begun = opened(published, "benefits", "fr")
    assert (begun.state, begun.carried_from) == ("draft", None)
    published.publish("benefits", locale="fr")
    assert read(published, "benefits", "fr")["version"] == 3
    assert wrong_answers(published) == []


@pytest.mark.begins_with("en")
def test_a_safety_change_is_signed_while_its_reviews_come_in(sqlite_world: World) -> None:
    sqlite_world.write(page(FIVE, kind="safety", summary="Too high"))
    sqlite_world.submit("benefits")
    statement = sqlite_world.open_statement("benefits")
    for signer in ("board-1", "board-2", "board-3"):
        sqlite_world.sign(statement, signer)
    assert sqlite_world.states()["benefits"] == ["in_force", "sign_off"], "no lower bar"
    sqlite_world.review("benefits", "medical-1", Kind.MEDICAL)
    sqlite_world.review("benefits", "medical-2", Kind.MEDICAL)
    assert read(sqlite_world, "benefits")["version"] == 1
    sqlite_world.review("benefits", "lay", Kind.LAY)
    assert read(sqlite_world, "benefits")["version"] == 2


def test_a_review_of_something_that_is_in_no_statement_settles_nothing(
    sqlite_world: World,
) -> None:
    sqlite_world.write()
    sqlite_world.submit("benefits")
    sqlite_world.review("benefits", "lay", Kind.LAY)
    assert sqlite_world.states()["benefits"] == ["in_review"]


def test_a_signature_needs_its_words(sqlite_world: World) -> None:
    digest = ready(sqlite_world)
    with writing(sqlite_world.engine) as session:
        statement = statements.find(session, digest)
        signer = person.actor(session, "board-1")

        def sign(meaning: Meaning = Meaning.APPROVAL, **words: str) -> None:
            told = {"interests": "none declared", "comment": ""} | words
            SIGNERS.sign(
                session,
                signer,
                statement,
                sqlite_world.policy,
                meaning=meaning,
                interests=told["interests"],
                comment=told["comment"],
            )

        with pytest.raises(InterestsMissing):
            sign(interests="  ")
        with pytest.raises(CommentMissing):
            sign(Meaning.REJECTION, comment="  ")
        with pytest.raises(BadInput, match="10,000"):
            sign(comment="x" * 10_001)
        with pytest.raises(BadInput, match="10,000"):
            sign(interests="x" * 10_001)
        assert signature.of_statement(session, statement) == []


def test_nobody_signs_for_texts_that_were_all_given_up(sqlite_world: World) -> None:
    statement = ready(sqlite_world)
    with sqlite_world.acting("author") as (session, author):
        version = versions.opened(session, "benefits", "en")
        assert version is not None
        submission.abandon(session, author, version, "Not now")
    with pytest.raises(StateHasMoved):
        sqlite_world.sign(statement, "board-1")


def test_who_may_not_sign(sqlite_world: World) -> None:
    statement = ready(sqlite_world)
    for outsider in ("administrator", "language-1-fr", "duty-1", "medical-1"):
        with pytest.raises(RoleMissing):
            sqlite_world.sign(statement, outsider)
    give_role(sqlite_world, "editor", "board")
    with pytest.raises(FourEyes, match="opened this statement"):
        sqlite_world.sign(statement, "editor")
    give_role(sqlite_world, "medical-1", "board")
    with pytest.raises(FourEyes):
        sqlite_world.sign(statement, "medical-1")
    assert events(sqlite_world, "statement.signed") == 0


@pytest.mark.begins_with("en")
def test_the_italian_reviewers_do_not_sign_french(sqlite_world: World) -> None:
    sqlite_world.translate("fr")
    statement = sqlite_world.put_to_signature("benefits", locale="fr")
    with pytest.raises(RoleMissing):
        sqlite_world.sign(statement, "language-2-it")
    with pytest.raises(RoleMissing):
        sqlite_world.sign(statement, "board-1")
    with pytest.raises(FourEyes):
        sqlite_world.sign(statement, "language-1-fr")


def test_two_people_who_close_a_statement_at_once_close_it_once(world: World) -> None:
    digest = ready(world)
    with writing(world.engine) as session:
        seen = statements.find(session, digest)
        session.expunge(seen)
    with writing(world.engine) as session:
        statements.end(
            session, statements.find(session, digest), StatementState.LAPSED, actor="hub"
        )
    with pytest.raises(StateHasMoved), writing(world.engine) as session:
        statements.end(session, seen, StatementState.LAPSED, actor="hub")
    assert events(world, "statement.lapsed") == 1


def test_no_script_at_the_database_signs_a_statement_off_short_of_its_quorum(
    world: World,
) -> None:
    digest = ready(world)
    world.sign(digest, "board-1")
    with pytest.raises(IntegrityError, match="quorum"), writing(world.engine) as session:
        session.connection().execute(update(Statement).values(state="signed_off"))
    assert world.states()["benefits"] == ["sign_off"]
