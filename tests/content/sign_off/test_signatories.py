"""Everybody around a statement: the same that each would be told who tried to sign."""

from content.database import writing
from content.people import person
from content.review.review import Kind
from content.sign_off import signatories, signatory, trust_file
from content.sign_off import statement as statements
from content.sign_off.block import Meaning
from content.sign_off.signatories import Signatory
from tests.world import PEOPLE, World


def asked(world: World) -> str:
    world.write()
    for section in ("treatment", "benefits"):
        world.submit(section)
        world.review_all(section)
    return world.open_statement("treatment", "benefits")


def around(world: World, digest: str) -> dict[str, Signatory]:
    """And for everybody it is what `signatory` says of them alone."""
    with world.reading() as session:
        statement = statements.find(session, digest)
        trust = trust_file.current(session, "")
        listed = statements.versions_of(session, statement)
        is_waiting = any(one.state == "sign_off" for one in listed)
        found = signatories.around(session, statement, trust, is_waiting=is_waiting)
        for one in found:
            alone = signatory.obstacle(
                session, person.actor(session, one.id), statement, world.policy
            )
            assert repr(one.obstacle) == repr(alone)
        # Nobody is left out who could sign.
        for other in PEOPLE.keys() - {one.id for one in found}:
            actor = person.actor(session, other)
            assert signatory.obstacle(session, actor, statement, world.policy) is not None
    return {one.id: one for one in found}


def test_who_can_sign_who_cannot_and_who_did(world: World) -> None:
    world.write()
    for section in ("treatment", "benefits"):
        world.submit(section)
    with writing(world.engine) as session:
        for one in ("medical-1", "author-2", "editor"):
            person.grant(session, one, "board", by="operator")
    for section in ("treatment", "benefits"):
        world.review_all(section)
    digest = world.open_statement("treatment", "benefits")
    world.sign(digest, "board-4")
    world.sign(digest, "board-1", relevant=True)
    found = around(world, digest)
    assert set(list(found)[:2]) == {"board-1", "board-4"}
    assert list(found)[2:] == ["author-2", "board-2", "board-3", "editor", "medical-1"]
    assert [one.id for one in found.values() if one.can_sign] == ["board-2", "board-3"]
    signed = found["board-1"].signature
    assert signed is not None
    assert (signed.meaning, signed.interests) == (Meaning.RECUSAL, "none declared")
    assert found["board-2"].organisation == "Organisation of board-2"


def test_language_reviewers_are_around_theirs(sqlite_world: World) -> None:
    sqlite_world.publish_page()
    sqlite_world.translate("fr")
    sqlite_world.submit("benefits", "fr")
    sqlite_world.review("benefits", "reviser-fr", Kind.REVISION, locale="fr")
    sqlite_world.review("benefits", "language-1-fr", Kind.LANGUAGE, locale="fr")
    digest = sqlite_world.open_statement("benefits", locale="fr")
    found = around(sqlite_world, digest)
    assert {key: one.can_sign for key, one in found.items()} == {
        "language-1-fr": False,
        "language-2-fr": True,
    }


def test_whoever_lost_the_role_or_the_trust_cannot(sqlite_world: World) -> None:
    digest = asked(sqlite_world)
    with writing(sqlite_world.engine) as session:
        person.revoke(session, "board-2", "board", by="operator")
        person.erase(session, "board-3", by="operator")
    found = around(sqlite_world, digest)
    assert {key for key, one in found.items() if one.can_sign} == {"board-1", "board-4"}
    assert found["board-3"].name == "Erased person"


def test_without_a_trust_file_nobody_can(sqlite_world: World) -> None:
    digest = asked(sqlite_world)
    with sqlite_world.reading() as session:
        statement = statements.find(session, digest)
        found = signatories.around(session, statement, None, is_waiting=True)
    assert [type(one.obstacle).__name__ for one in found] == ["TrustMissing"] * 4


def test_what_is_over_is_signed_by_nobody(sqlite_world: World) -> None:
    digest = asked(sqlite_world)
    sqlite_world.sign(digest, "board-1", Meaning.REJECTION)
    assert not any(one.can_sign for one in around(sqlite_world, digest).values())
