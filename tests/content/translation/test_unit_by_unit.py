"""Translating unit by unit is sending a catalogue of that much: the same fates, nothing lost."""

from dataclasses import replace
from typing import Any, NamedTuple

import polib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from content.database import writing
from content.errors import RoleMissing
from content.people import person
from content.records import page_import
from content.records import version as versions
from content.review import submission
from content.translation import catalogue, snapshot, standing, suggestion, translation, upload
from content.translation.merge import Rendering
from content.translation.report import Taken
from content.translation.snapshot import digest
from content.translation.suggestion import Suggestion
from content.translation.unit import Unit
from content.translation.unit_by_unit import Typed, is_digest, take
from tests.reader import TODAY
from tests.world import LOCALES, TEXT, World, page

pytestmark = pytest.mark.time_machine(TODAY, tick=False)

HELPS = "It may help 4 of 10 people."
MOVED = TEXT.replace("4 of 10", "5 of 10")


class Before(NamedTuple):
    """What stands for a unit; blank words for nothing."""

    words: str = ""
    fuzzy: bool = False


class Case(NamedTuple):
    """One unit of one section: what went out, what stands now, and what somebody made of it."""

    went: Before
    now: Before
    moved: bool
    words: str
    fuzzy: bool


WORDS = ("", "Peut aider 4 personnes sur 10.", "Aide 4 sur 10.", "4 sur 10 [vont]{1} mieux.")
befores = st.builds(Before, st.sampled_from(WORDS[:3]), st.booleans()).filter(
    lambda one: bool(one.words) or not one.fuzzy
)
cases = st.builds(
    Case, befores, befores, st.booleans(), st.sampled_from(WORDS), st.booleans()
) | befores.flatmap(
    lambda one: st.builds(
        Case, st.just(one), st.just(one), st.booleans(), st.sampled_from(WORDS), st.booleans()
    )
)


@pytest.fixture(scope="module")
def begun(empty_sqlite: Any, tmp_path_factory: pytest.TempPathFactory) -> World:
    """English in force, and a French draft of all sections with nothing done in `benefits`."""
    from content import database
    from tests.copies import filled

    def french(world: World) -> None:
        world.people()
        world.publish_page()
        world.translate("fr")

    path = filled(empty_sqlite, tmp_path_factory.mktemp("units") / "begun.db", french)
    return World(database.connect(f"sqlite:///{path}"))


def rendering(session: Session, source: str = HELPS) -> Rendering:
    now = standing.of_section(session, "benefits", "fr")
    return next(one for one in now.renderings if one.message.text == source)


def put(session: Session, before: Before) -> None:
    actor = person.actor(session, "translator-fr")
    now = standing.of_section(session, "benefits", "fr")
    stood = rendering(session)
    change = Rendering(stood.message, before.words, before.fuzzy)
    translation.write(session, actor, now, {stood.message.unit: change})


def move_source(session: Session) -> None:
    author = person.actor(session, "author")
    page_import.import_page(session, author, page(MOVED), {}, LOCALES)
    draft = versions.opened(session, "benefits", "en")
    assert draft is not None
    submission.submit(session, author, draft, World(session.get_bind()).policy)  # type: ignore[arg-type]


def left_behind(session: Session, told: list[Taken]) -> dict[str, Any]:
    """All that is different afterwards: fates, drafts, and what waits."""
    session.flush()
    session.expire_all()
    units = session.exec(select(Unit).order_by(col(Unit.version), col(Unit.place))).all()
    waiting = session.exec(select(Suggestion).order_by(col(Suggestion.id))).all()
    return {
        "fates": [(one.fate, one.unit, one.section, one.target, one.stands) for one in told],
        "units": [
            (one.version, one.unit, one.source, one.target, one.fuzzy, one.previous_source)
            for one in units
        ],
        "waiting": [
            (one.section, one.unit, one.source, one.target, one.reason, one.person, one.state)
            for one in waiting
        ],
    }


def after(world: World, case: Case, way: str) -> dict[str, Any]:
    """What there is once the case went this way; nothing of it stays."""
    with writing(world.engine) as session:
        put(session, case.went)
        export = catalogue.write(session, "treatment", "fr")
        snapshot.keep(session, "treatment", "fr", export.snapshot)
        went = rendering(session)
        put(session, case.now)
        if case.moved:
            move_source(session)
        actor = person.actor(session, "translator-fr")
        if way == "file":
            file = polib.pofile(export.text, wrapwidth=0)
            (entry,) = [one for one in file if one.msgctxt == went.message.unit]
            file[:] = [entry]
            entry.msgstr = case.words
            entry.flags = ["fuzzy"] if case.fuzzy else []
            sent = str(file).encode()
            told = list(upload.take(session, actor, "treatment", "fr", sent).entries)
        else:
            typed = as_typed(went, case.words, case.fuzzy)
            told = take(session, actor, "treatment", "fr", [typed])
        found = left_behind(session, told)
        session.rollback()
        return found


def as_typed(went: Rendering, words: str, fuzzy: bool = False) -> Typed:
    return Typed(
        went.message.unit, went.message.text, words, fuzzy, digest(went.target), went.fuzzy
    )


@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(case=cases)
def test_what_is_written_on_a_page_becomes_what_it_would_become_in_a_file(
    begun: World, case: Case
) -> None:
    assert after(begun, case, "page") == after(begun, case, "file")


def typing(world: World, *typed: Typed, by: str = "translator-fr", **more: Any) -> list[Taken]:
    with world.acting(by) as (session, actor):
        return take(session, actor, "treatment", "fr", typed, **more)


def stands(world: World, source: str = HELPS) -> Rendering:
    with world.reading() as session:
        return rendering(session, source)


def waits(world: World) -> list[tuple[str, str]]:
    with world.reading() as session:
        return [(one.target, one.reason) for one in suggestion.opened(session, ["benefits"], "fr")]


@pytest.fixture
def french(sqlite_world: World) -> World:
    sqlite_world.publish_page()
    sqlite_world.translate("fr")
    return sqlite_world


def test_new_words_stand_in_the_draft(world: World) -> None:
    world.publish_page()
    with world.reading() as session:
        blank = rendering(session)
    (told,) = typing(world, as_typed(blank, "Peut aider 4 personnes sur 10."))
    assert (told.fate, told.section) == ("updated", "benefits")
    assert stands(world).target == "Peut aider 4 personnes sur 10."
    assert world.states("fr") == {"benefits": ["draft"]}


def test_two_who_write_at_once_are_asked_and_neither_loses_a_word(french: World) -> None:
    before = stands(french)
    typing(french, as_typed(before, "Aide 4 sur 10."))
    (told,) = typing(french, as_typed(before, "Peut aider 4 sur 10."), asks=True)
    assert (told.fate, told.stands) == ("conflict", "Aide 4 sur 10.")
    assert waits(french) == []
    # Who does not ask keeps it, as of a file.
    typing(french, as_typed(before, "Peut aider 4 sur 10."))
    assert waits(french) == [("Peut aider 4 sur 10.", "conflict")]
    # Who has seen what the other wrote may write over it.
    (told,) = typing(french, as_typed(stands(french), "Peut aider 4 sur 10."))
    assert told.fate == "updated"


def test_who_leaves_what_stands_sets_their_own_words_aside(french: World) -> None:
    before = stands(french)
    typed = as_typed(before, "Aide 4 sur 10.")
    assert typing(french, typed, asks=True, aside=[typed.unit]) == []
    assert stands(french) == before
    assert waits(french) == [("Aide 4 sur 10.", "conflict")]
    blank = as_typed(before, "")
    typing(french, blank, aside=[blank.unit])
    assert len(waits(french)) == 1


def test_words_that_cannot_stand_there_are_handed_back(french: World) -> None:
    before = stands(french)
    (told,) = typing(french, as_typed(before, "<b>Aide</b> 4 sur 10."), asks=True)
    assert told.fate == "refused"
    assert stands(french) == before
    assert waits(french) == []


def test_a_text_that_the_source_lost_meanwhile_says_so(french: World) -> None:
    gone = replace(as_typed(stands(french), "Aide"), unit="gonegone")
    (told,) = typing(french, gone)
    assert (told.fate, told.target) == ("unknown", "Aide")


def test_slips_are_put_right_as_in_a_file(french: World) -> None:
    (told,) = typing(french, as_typed(stands(french), "Aide 4 personnes sur 10 ? Oui : 4."))
    assert told.fixes
    assert stands(french).target == "Aide 4 personnes sur 10\u202f? Oui\u00a0: 4."


def test_what_nobody_touched_is_known(french: World) -> None:
    before = stands(french)
    assert as_typed(before, before.target, before.fuzzy).is_untouched
    assert not as_typed(before, before.target, fuzzy=True).is_untouched
    assert not as_typed(before, before.target + "!").is_untouched


@pytest.mark.parametrize(
    ("text", "good"), [("", True), ("0" * 16, True), ("0" * 15, False), ("g" * 16, False)]
)
def test_a_digest_is_told_from_other_words(text: str, good: bool) -> None:
    assert is_digest(text) is good


def test_who_may_not_translate_writes_nothing(french: World) -> None:
    for by in ("translator-it", "reviser-fr", "editor"):
        with pytest.raises(RoleMissing):
            typing(french, as_typed(stands(french), "Aide"), by=by)
