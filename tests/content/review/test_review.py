"""Reviews: one person's word on one text, which cannot be their own."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from content.database import writing
from content.errors import (
    BadInput,
    CommentMissing,
    FourEyes,
    InterestsMissing,
    RoleMissing,
    StateHasMoved,
)
from content.ledger import LedgerRow
from content.people import person
from content.records.version import opened
from content.review import review
from content.review.review import Kind, Review, Verdict, of_version
from tests.world import TEXT, World, page

CHANGED = page(TEXT.replace("4 of 10", "5 of 10"))


def give(
    world: World,
    by: str,
    kind: Kind = Kind.MEDICAL,
    verdict: Verdict = Verdict.APPROVE,
    *,
    locale: str = "en",
    interests: str = "none declared",
    comment: str = "",
) -> None:
    with world.acting(by) as (session, actor):
        version = opened(session, "benefits", locale)
        assert version is not None
        review.give(
            session,
            actor,
            version,
            kind=kind,
            verdict=verdict,
            interests=interests,
            comment=comment,
        )


def given(world: World, locale: str = "en") -> list[Review]:
    key = world.version("benefits", locale).key
    with world.reading() as session:
        return of_version(session, key)


def last_row(session: Session) -> LedgerRow:
    return session.exec(select(LedgerRow).order_by(col(LedgerRow.seq).desc()).limit(1)).one()


def in_review(world: World) -> None:
    world.write()
    world.submit("benefits")


def test_a_review_is_on_record_with_what_was_declared(world: World) -> None:
    in_review(world)
    give(world, "medical-1", interests=" Paid by a maker. ", comment=" Well said. ")

    (one,) = given(world)
    assert (one.person, one.organisation) == ("medical-1", "Organisation of medical-1")
    assert (one.kind, one.verdict) == ("medical", "approve")
    assert (one.interests, one.comment) == ("Paid by a maker.", "Well said.")
    assert one.document == world.version("benefits").document
    with world.reading() as session:
        row = last_row(session)
    assert (row.actor, row.event) == ("medical-1", "version.reviewed")
    # What a person wrote can hold anything, and the ledger cannot forget.
    assert "Paid" not in row.detail
    assert "Well" not in row.detail


def test_a_return_sends_the_text_back_with_its_number_and_its_reviews(
    sqlite_world: World,
) -> None:
    in_review(sqlite_world)
    give(sqlite_world, "medical-1")
    give(sqlite_world, "lay", Kind.LAY, Verdict.RETURN, comment="I do not follow.")

    version = sqlite_world.version("benefits")
    assert (version.state, version.number) == ("draft", 1)
    assert [one.verdict for one in given(sqlite_world)] == ["approve", "return"]
    with sqlite_world.reading() as session:
        row = last_row(session)
    assert (row.actor, row.event) == ("lay", "version.returned")


def test_who_returned_a_text_may_approve_its_next_wording(sqlite_world: World) -> None:
    in_review(sqlite_world)
    give(sqlite_world, "lay", Kind.LAY, Verdict.RETURN, comment="I do not follow.")
    sqlite_world.write(CHANGED)
    sqlite_world.submit("benefits")
    give(sqlite_world, "lay", Kind.LAY)

    first, second = given(sqlite_world)
    assert first.document != second.document
    assert (first.verdict, second.verdict) == ("return", "approve")


def test_a_relevant_interest_is_a_recusal_whatever_was_said(sqlite_world: World) -> None:
    in_review(sqlite_world)
    sqlite_world.review("benefits", "medical-1", Kind.MEDICAL, relevant=True)
    sqlite_world.review("benefits", "medical-2", Kind.MEDICAL, Verdict.RETURN, relevant=True)

    assert [one.verdict for one in given(sqlite_world)] == ["recuse", "recuse"]
    assert sqlite_world.version("benefits").state == "in_review"


def test_nobody_reviews_what_they_wrote(world: World) -> None:
    with writing(world.engine) as session:
        person.grant(session, "author", "medical-reviewer", by="administrator")
    in_review(world)

    with pytest.raises(FourEyes, match="another part in this version"):
        give(world, "author")
    assert given(world) == []


def test_nobody_reviews_one_text_as_two_people(sqlite_world: World) -> None:
    with writing(sqlite_world.engine) as session:
        person.grant(session, "medical-1", "lay-reviewer", by="administrator")
    in_review(sqlite_world)
    give(sqlite_world, "medical-1")

    with pytest.raises(FourEyes):
        give(sqlite_world, "medical-1", Kind.LAY)
    give(sqlite_world, "medical-1", comment="Still.")  # a second word in the same part
    assert len(given(sqlite_world)) == 2


@pytest.mark.parametrize(
    ("by", "kind"),
    [
        ("lay", Kind.MEDICAL),
        ("medical-1", Kind.LAY),
        ("board-1", Kind.MEDICAL),
        ("editor", Kind.LAY),
        ("administrator", Kind.MEDICAL),
    ],
)
def test_a_review_takes_the_role_for_it(sqlite_world: World, by: str, kind: Kind) -> None:
    in_review(sqlite_world)
    with pytest.raises(RoleMissing):
        give(sqlite_world, by, kind)


@pytest.mark.begins_with("en")
def test_a_translation_is_reviewed_by_people_of_its_language(sqlite_world: World) -> None:
    sqlite_world.translate("fr")
    sqlite_world.submit("benefits", "fr")

    with pytest.raises(RoleMissing) as refused:
        give(sqlite_world, "reviser-it", Kind.REVISION, locale="fr")
    assert refused.value.context == {"permission": "revise", "locale": "fr"}
    with pytest.raises(BadInput, match="A translation takes no medical review"):
        give(sqlite_world, "medical-1", locale="fr")
    give(sqlite_world, "reviser-fr", Kind.REVISION, locale="fr")
    give(sqlite_world, "language-1-fr", Kind.LANGUAGE, locale="fr")
    assert [one.kind for one in given(sqlite_world, "fr")] == ["revision", "language"]


def test_a_source_takes_no_revision(sqlite_world: World) -> None:
    in_review(sqlite_world)
    with pytest.raises(BadInput, match="A source text takes no revision review"):
        give(sqlite_world, "reviser-fr", Kind.REVISION)


def test_words_that_are_missing_or_too_many_are_refused(sqlite_world: World) -> None:
    in_review(sqlite_world)

    with pytest.raises(InterestsMissing, match="none declared"):
        give(sqlite_world, "medical-1", interests="  ")
    with pytest.raises(CommentMissing, match="a return or a rejection without a reason"):
        give(sqlite_world, "medical-1", verdict=Verdict.RETURN, comment=" \n ")
    for words in ({"interests": "i" * 10_001}, {"comment": "c" * 10_001}):
        with pytest.raises(BadInput, match="at most 10,000 characters"):
            give(sqlite_world, "medical-1", **words)  # type: ignore[arg-type]
    give(sqlite_world, "medical-1", interests="i" * 10_000, comment="c" * 10_000)
    assert len(given(sqlite_world)) == 1


def test_only_a_text_that_asks_for_reviews_gets_them(sqlite_world: World) -> None:
    sqlite_world.write()
    with pytest.raises(StateHasMoved, match="benefits/en/1 is draft, so it takes no review"):
        give(sqlite_world, "medical-1")
    sqlite_world.put_to_signature("benefits")
    with pytest.raises(StateHasMoved, match="is sign_off, so it takes no review"):
        give(sqlite_world, "medical-1")


def test_a_safety_change_is_reviewed_while_it_is_signed(sqlite_world: World) -> None:
    sqlite_world.write(page(kind="safety"))
    sqlite_world.submit("benefits")
    sqlite_world.open_statement("benefits")

    give(sqlite_world, "medical-1")

    assert [one.verdict for one in given(sqlite_world)] == ["approve"]
    assert sqlite_world.version("benefits").state == "sign_off"


def test_a_refused_review_leaves_nothing(world: World) -> None:
    in_review(world)
    with world.reading() as session:
        before = last_row(session).seq

    for by, kind in (("author", Kind.MEDICAL), ("reviser-fr", Kind.REVISION)):
        with pytest.raises((RoleMissing, BadInput)):
            give(world, by, kind)

    with world.reading() as session:
        assert last_row(session).seq == before


def test_a_script_at_the_database_cannot_bend_a_review(world: World) -> None:
    """Invariants 4 and 5, against raw SQL."""
    in_review(world)
    give(world, "medical-1")
    copy = (
        "INSERT INTO review SELECT id + 1, version, {document}, kind, {verdict}, person, "
        "organisation, {interests}, {relevant}, comment, at FROM review"
    )
    sound = {
        "document": "document",
        "verdict": "verdict",
        "interests": "interests",
        "relevant": "interests_relevant",
    }
    other = "(SELECT document FROM version WHERE section = 'risks')"
    attempts = {
        "UPDATE review SET verdict = 'return'": "review is append-only",
        "DELETE FROM review": "review is append-only",
        copy.format(**sound | {"document": other}): "names the document that is under review",
        copy.format(**sound | {"verdict": "'perhaps'"}): "ck_review_verdict",
        copy.format(**sound | {"interests": "''"}): "ck_review_interests",
        copy.format(**sound | {"relevant": "true"}): "ck_review_relevant_interest_recuses",
    }
    for statement, words in attempts.items():
        with pytest.raises(DBAPIError, match=words), world.engine.begin() as connection:
            connection.execute(text(statement))
    assert len(given(world)) == 1
