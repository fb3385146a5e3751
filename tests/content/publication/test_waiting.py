"""What waits for whom: the same rules that would let them do it."""

from collections.abc import Callable, Collection
from datetime import timedelta
from pathlib import Path

import pytest
from time_machine import TimeMachineFixture

from content import clock
from content.database import writing
from content.people import person
from content.publication import demo
from content.publication.waiting import waiting
from content.records import version as versions
from content.review import policy as policies
from content.review import submission
from content.review.review import Kind, Verdict
from content.samples import bundle
from content.settings import Settings
from content.sign_off import signing
from tests.content.review.test_remark import answered, reopened, resolved, said
from tests.reader import TODAY
from tests.world import LOCALES, TEXT, World, page

pytestmark = pytest.mark.time_machine(TODAY, tick=False)


def tasks(world: World, who: str, configured: Collection[str] = LOCALES) -> list[tuple[str, str]]:
    with world.reading() as session:
        found = waiting(session, person.actor(session, who), world.policy, configured)
        return [(task.what, task.subject) for task in found]


BENEFITS = "benefits/en/1"


def test_a_text_is_handed_from_one_to_the_next(sqlite_world: World) -> None:
    world = sqlite_world
    world.write()
    assert ("write-and-submit", BENEFITS) in tasks(world, "author")
    assert tasks(world, "medical-1") == []
    world.submit("benefits")
    assert ("write-and-submit", BENEFITS) not in tasks(world, "author")
    assert tasks(world, "medical-1") == [("review-medical", BENEFITS)]
    assert tasks(world, "lay") == [("review-lay", BENEFITS)]
    world.review("benefits", "medical-1", Kind.MEDICAL)
    assert tasks(world, "medical-1") == [], "said is said"
    assert tasks(world, "medical-2") == [("review-medical", BENEFITS)]
    assert ("open-statement", BENEFITS) not in tasks(world, "editor")
    world.review("benefits", "medical-2", Kind.MEDICAL)
    world.review("benefits", "lay", Kind.LAY)
    assert ("open-statement", BENEFITS) in tasks(world, "editor")

    statement = world.open_statement("benefits")
    assert tasks(world, "board-1") == [("sign", statement)]
    assert tasks(world, "language-1-fr") == []
    world.sign(statement, "board-1")
    assert tasks(world, "board-1") == []
    give_role(world, "medical-1", "board")
    give_role(world, "editor", "board")
    assert tasks(world, "medical-1") == [], "a reviewer of the text does not sign it"
    assert ("sign", statement) not in tasks(world, "editor")


def test_a_returned_text_waits_for_its_writer_and_then_for_reviewers_again(
    sqlite_world: World,
) -> None:
    world = sqlite_world
    world.write()
    world.submit("benefits")
    world.review("benefits", "medical-1", Kind.MEDICAL, Verdict.RETURN)
    assert ("write-and-submit", BENEFITS) in tasks(world, "author")
    world.write(page(TEXT.replace("4 of 10", "5 of 10")))
    world.submit("benefits")
    assert tasks(world, "medical-1") == [("review-medical", BENEFITS)]


def test_a_translation_waits_for_people_of_its_language(published: World) -> None:
    published.push("fr", published.pull("fr").replace("fr – Risks", "Risques"))
    assert tasks(published, "translator-fr") == [("write-and-submit", "risks/fr/2")]
    assert tasks(published, "translator-it") == [("translate", "treatment/it")]
    assert ("write-and-submit", "risks/fr/2") not in tasks(published, "editor")
    published.submit("risks", "fr")
    assert tasks(published, "reviser-fr") == [("review-revision", "risks/fr/2")]
    assert tasks(published, "language-1-fr") == [("review-language", "risks/fr/2")]
    published.review_all("risks", "fr")
    statement = published.open_statement("risks", locale="fr")
    assert tasks(published, "language-1-fr") == []
    assert tasks(published, "language-2-fr") == [("sign", statement)]
    assert tasks(published, "board-1") == []


def test_a_withdrawal_waits_for_a_second_person(published: World) -> None:
    published.withdraw("benefits", "fr")
    assert tasks(published, "duty-1") == []
    for other in ("duty-2", "board-1"):
        assert tasks(published, other) == [("confirm-withdrawal", "benefits/fr/1")]


def test_a_renewal_waits_for_an_author_half_a_year_before(
    published: World, time_machine: TimeMachineFixture
) -> None:
    assert tasks(published, "author") == []
    time_machine.move_to("2027-06-01T09:00:00Z", tick=False)
    assert tasks(published, "author") == [
        ("renew", f"{one}/en/1") for one in ("benefits", "risks", "treatment")
    ]


def test_which_policy_holds_here(published: World, tmp_path: Path) -> None:
    unset = Settings(data_dir=tmp_path)
    with writing(published.engine) as session:
        assert demo.policy_of(session, unset) == policies.load()
        demo.mark(session)
        assert demo.policy_of(session, unset) == policies.load(bundle.POLICY_FILE)
        own = Settings(data_dir=tmp_path, policy_file=policies.DEFAULT_FILE)
        assert demo.policy_of(session, own) == policies.load()


def test_who_wrote_a_text_or_spoke_there_is_told_of_an_answer_that_is_wanted(
    sqlite_world: World,
) -> None:
    world = sqlite_world
    world.write()
    asks = ("answer", "benefits/en")
    key = said(world, "lay")
    assert asks in tasks(world, "author")
    assert asks not in tasks(world, "lay"), "the last word is theirs"
    assert asks not in tasks(world, "medical-1"), "neither wrote nor spoke"
    answered(world, key, "author")
    assert asks not in tasks(world, "author")
    assert asks in tasks(world, "lay")
    resolved(world, key, "medical-1")
    assert asks not in tasks(world, "lay")
    reopened(world, key, "medical-1")
    assert asks in tasks(world, "lay")
    with writing(world.engine) as session:
        person.revoke(session, "lay", "lay-reviewer", by="administrator")
    assert asks not in tasks(world, "lay"), "who may not read it is not told of it"


def give_role(world: World, person_id: str, role: str) -> None:
    with writing(world.engine) as session:
        person.grant(session, person_id, role, by="operator")


def test_translators_see_the_pages_that_have_moved_on(published: World) -> None:
    assert tasks(published, "translator-fr") == []
    assert ("translate", "treatment/it") in tasks(published, "translator-it")
    published.publish_page(page(TEXT.replace("4 of 10", "5 of 10")))
    assert ("translate", "treatment/fr") in tasks(published, "translator-fr")


@pytest.mark.begins_with("en")
def test_a_regional_variant_waits_for_its_base_text(sqlite_world: World) -> None:
    world = sqlite_world
    world.staff("fr-CH")
    to_do = ("translate", "treatment/fr-CH")
    assert to_do not in tasks(world, "translator-fr-ch"), "there is no French to vary"
    assert to_do in tasks(world, "translator-fr-ch", ("en", "fr-CH")), "nor will there be any"
    world.publish_translation("fr")
    assert to_do in tasks(world, "translator-fr-ch")
    world.publish_variant("fr-CH")
    assert to_do not in tasks(world, "translator-fr-ch")
    world.publish_page(page(TEXT.replace("4 of 10", "5 of 10")))
    assert to_do not in tasks(world, "translator-fr-ch"), "French has not moved yet"
    world.translate("fr")
    assert to_do not in tasks(world, "translator-fr-ch"), "nor is it more than a draft"
    world.publish("benefits", locale="fr")
    assert to_do in tasks(world, "translator-fr-ch")


# Translations whose source nothing more comes of


def behind(world: World, who: str) -> list[str]:
    return [subject for what, subject in tasks(world, who) if what == "abandon-translation"]


def drafted_in_french(world: World) -> None:
    """The second text of `benefits` is in review, and its French draft complete."""
    world.write(page(TEXT.replace("4 of 10", "5 of 10")))
    world.submit("benefits")
    world.translate("fr")


def object_to_benefits(world: World) -> None:
    with world.acting("editor") as (session, editor):
        version = versions.opened(session, "benefits", "en")
        assert version is not None
        submission.schedule(session, editor, version, clock.now() + timedelta(days=7))
    world.review_all("benefits")
    world.sign_off("benefits")
    with world.acting("board-4") as (session, actor):
        version = versions.opened(session, "benefits", "en")
        assert version is not None
        signing.object_to(session, actor, version, "Not yet.")


def abandon_benefits(world: World) -> None:
    with world.acting("author") as (session, actor):
        version = versions.opened(session, "benefits", "en")
        assert version is not None
        submission.abandon(session, actor, version, "Not now.")


def return_benefits_and_write_anew(world: World) -> None:
    world.review("benefits", "medical-1", Kind.MEDICAL, Verdict.RETURN)
    assert behind(world, "editor") == [], "returned as it was, it may come again"
    world.write(page(TEXT.replace("4 of 10", "6 of 10")))


@pytest.mark.parametrize(
    "lose", [object_to_benefits, abandon_benefits, return_benefits_and_write_anew]
)
def test_a_translation_that_lost_its_source_waits_to_be_given_up(
    published: World, lose: Callable[[World], None]
) -> None:
    drafted_in_french(published)
    published.submit("benefits", "fr")
    assert behind(published, "editor") == []

    lose(published)

    for who in ("editor", "translator-fr"):
        assert behind(published, who) == ["benefits/fr/2"]
    for who in ("author", "translator-it", "reviser-fr", "board-1", "administrator"):
        assert behind(published, who) == []
    assert ("review-revision", "benefits/fr/2") not in tasks(published, "reviser-fr")
    with published.acting("translator-fr") as (session, actor):
        version = versions.opened(session, "benefits", "fr")
        assert version is not None
        submission.abandon(session, actor, version, "Its source is gone.")
    assert behind(published, "editor") == []


def test_a_translation_of_a_withdrawn_text_waits_to_be_given_up(published: World) -> None:
    published.push("fr", published.pull("fr").replace("fr – Risks", "Risques"))
    published.submit("risks", "fr")

    published.withdraw("risks")

    assert behind(published, "translator-fr") == ["risks/fr/2"]


def test_a_draft_follows_its_source_and_need_not_be_given_up(published: World) -> None:
    drafted_in_french(published)
    abandon_benefits(published)
    assert behind(published, "editor") == []
    assert ("write-and-submit", "benefits/fr/2") in tasks(published, "translator-fr")
