"""What waits is found in a few questions, and is what one question after the other finds."""

import pytest
from time_machine import TimeMachineFixture

from content.database import writing
from content.people.actor import Actor
from content.people.role import Permission, read_grant
from content.publication.waiting import waiting
from content.records import version as versions
from content.review.review import Kind, Verdict
from content.sign_off import readiness
from content.translation import glossary
from tests import one_by_one
from tests.api.hubs import put_to_work
from tests.content.review.test_remark import answered, resolved, said
from tests.questions import asked
from tests.reader import TODAY
from tests.world import LOCALES, PEOPLE, TEXT, World, page

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

#: Roles that make one person's desk the fullest.
EVERYTHING = (
    *("author", "medical-reviewer", "lay-reviewer", "board", "editor", "duty-officer"),
    *(
        f"{role}:{locale}"
        for role in ("translator", "reviser", "language-reviewer")
        for locale in ("fr", "it", "de", "fr-CH")
    ),
)
#: Who wrote, reviewed, signed or opened something.
MANY_PARTS = ("author", "medical-1", "editor", "board-1", "language-1-fr", "translator-it")
CONFIGURED = (*LOCALES, "fr-CH")


def actor(who: str, *roles: str, scope: frozenset[Permission] = frozenset()) -> Actor:
    return Actor(who, who, who, frozenset(map(read_grant, roles)), scope)


def everybody() -> list[Actor]:
    """As they are; with all roles there are; and with a token for less."""
    one_each = {roles: who for who, roles in PEOPLE.items()}
    people = [actor(who, *roles) for roles, who in one_each.items()]
    people += [actor(who, *EVERYTHING) for who in MANY_PARTS]
    return [
        *people,
        actor("translator-fr-ch", "translator:fr-CH"),
        actor("editor", "editor", scope=frozenset({Permission.READ_DRAFTS})),
        actor("author", "author", scope=frozenset({Permission.WRITE_SOURCE})),
        actor("nobody"),
    ]


def require_the_same(world: World) -> int:
    """How much waits for all of them together."""
    found = 0
    with world.reading() as session:
        for one in everybody():
            told = waiting(session, one, world.policy, CONFIGURED)
            assert told == one_by_one.waiting(session, one, world.policy, CONFIGURED), one
            found += len(told)
    return found


def busy(world: World) -> None:
    world.publish_page()
    world.staff("fr-CH")
    put_to_work(world)
    world.withdraw("risks")
    world.write(page(TEXT.replace("4 of 10", "5 of 10")))
    world.submit("benefits")
    world.review("benefits", "medical-1", Kind.MEDICAL)
    world.review("benefits", "lay", Kind.LAY, Verdict.RETURN)
    said(world, "lay")
    answered(world, said(world, "medical-1"), "author")
    resolved(world, said(world, "board-1"))
    answered(world, said(world, "reviser-fr", locale="fr"), "lay", place="benefits/fr")
    said(world, "translator-it", locale="it")


@pytest.mark.begins_with.with_args(busy)
def test_it_is_the_same_in_a_busy_hub(world: World, time_machine: TimeMachineFixture) -> None:
    assert require_the_same(world) > 100
    time_machine.move_to("2027-06-01T09:00:00Z", tick=False)
    require_the_same(world)


def test_it_is_the_same_where_words_are_wanting(published: World) -> None:
    """A glossary and warnings say whether a translation can be signed."""
    published.write(page(TEXT.replace("4 of 10", "5 of 10")))
    published.submit("benefits")
    published.review_all("benefits")
    published.sign_off("benefits")
    for locale in ("fr", "it"):
        for section in published.translate(locale):
            published.submit(section, locale)
            published.review(section, f"reviser-{locale}", Kind.REVISION, locale=locale)
            published.review(section, f"language-1-{locale}", Kind.LANGUAGE, locale=locale)
    before = require_the_same(published)
    with published.acting("language-1-fr") as (session, reviewer):
        rows = "source,preferred,forbidden,note,status\npeople,gens,,,agreed\n"
        glossary.import_file(session, reviewer, "fr", rows.encode(), "csv")
    assert require_the_same(published) != before, "a warning is open now"


@pytest.mark.begins_with.with_args(busy)
@pytest.mark.parametrize(
    ("who", "most"),
    [
        ("author", 2),
        ("medical-1", 3),
        ("lay", 3),
        ("reviser-fr", 3),
        ("language-2-fr", 4),
        ("translator-fr", 3),
        ("board-1", 3),
        ("duty-2", 2),
        ("editor", 6),
        ("administrator", 0),
    ],
)
def test_it_takes_no_more_questions_however_much_is_open(
    sqlite_world: World, who: str, most: int
) -> None:
    someone = actor(who, *PEOPLE[who])
    with asked(sqlite_world.engine) as questions, sqlite_world.reading() as session:
        waiting(session, someone, sqlite_world.policy, CONFIGURED)
    assert len(questions) <= most, questions


@pytest.mark.begins_with.with_args(busy)
def test_requirements_of_many_are_those_of_each(world: World) -> None:
    with writing(world.engine) as session:
        listed = [
            found
            for section in ("treatment", "benefits", "risks", "reviewed", "signing", "drafted")
            for locale in LOCALES
            if (found := versions.newest(session, section, locale)) is not None
        ]
        told = readiness.unmet_by_version(session, listed, world.policy)
        assert told == [(one, one_by_one.unmet(session, one, world.policy)) for one in listed]
        assert len({unmet for _, unmet in told}) > 4
