"""What reviewers say, and what follows where it was the last thing that was missing."""

from content.records import version as versions
from content.review import scrutiny
from content.review.review import Kind, Verdict
from content.sign_off import judgement, listing
from tests.world import NO_INTERESTS, World, page


def test_the_last_review_approves_a_text_that_is_signed_already(sqlite_world: World) -> None:
    world = sqlite_world
    world.write(page("# Treatment {#treatment}\n\nStop it.\n", kind="safety"))
    world.submit("treatment")
    digest = world.open_statement("treatment")
    for signer in ("board-1", "board-2", "board-3"):
        world.sign(digest, signer)
    for person, kind in (
        ("medical-1", Kind.MEDICAL),
        ("medical-2", Kind.MEDICAL),
        ("lay", Kind.LAY),
    ):
        assert world.states() == {"treatment": ["sign_off"]}
        with world.acting(person) as (session, actor):
            version = versions.opened(session, "treatment", "en")
            assert version is not None
            judgement.give_review(
                session,
                actor,
                version,
                world.policy,
                kind=kind,
                verdict=Verdict.APPROVE,
                interests=NO_INTERESTS,
            )
    assert world.states() == {"treatment": ["in_force"]}
    with world.reading() as session:
        key = world.version("treatment").key
        assert [one.sha256 for one in listing.of_version(session, key)] == [digest]


def test_a_warning_is_answered(sqlite_world: World) -> None:
    world = sqlite_world
    world.publish_page()
    world.translate("fr")
    with world.acting("language-1-fr") as (session, actor):
        version = versions.opened(session, "risks", "fr")
        assert version is not None
        warning = scrutiny.of_version(session, version).warnings[0]
        given = judgement.acknowledge(
            session, actor, version, world.policy, warning.unit, warning.finding.code, "It is so."
        )
    assert given.reason == "It is so."
