"""Remarks: said once, for good, at a unit of a text; answered, resolved, opened again."""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from content.errors import (
    ContentError,
    DiscussionFull,
    RemarkRefused,
    RoleMissing,
    ScopeMissing,
    ThreadNotFound,
    ThreadResolved,
    UnitNotFound,
    VersionNotFound,
)
from content.ledger import LedgerRow
from content.people import person
from content.people.role import Permission
from content.records.access import may_discuss
from content.records.version import Version
from content.review import discussion, remark, wording
from content.review.discussion import Thread
from content.review.remark import TEXT_MAX
from tests.world import TEXT, World, page

HELLO = "Is that so?"


def said(
    world: World,
    by: str = "lay",
    text: str = HELLO,
    section: str = "benefits",
    locale: str = "en",
    *,
    unit: str = "",
) -> int:
    """The number of a new thread, on the title where no unit is named."""
    with world.acting(by) as (session, actor):
        version = discussion.text(session, actor, section, locale)
        chosen = unit or next(iter(wording.units(session, version)))
        return remark.make(session, actor, version, chosen, text).key


def answered(
    world: World, thread: int, by: str = "author", text: str = "It is.", place: str = "benefits/en"
) -> int:
    with world.acting(by) as (session, actor):
        version = discussion.text(session, actor, *place.split("/"))
        return remark.answer(session, actor, version, thread, text).key


def resolved(world: World, thread: int, by: str = "editor", place: str = "benefits/en") -> None:
    with world.acting(by) as (session, actor):
        version = discussion.text(session, actor, *place.split("/"))
        remark.resolve(session, actor, version, thread)


def reopened(world: World, thread: int, by: str = "editor", place: str = "benefits/en") -> None:
    with world.acting(by) as (session, actor):
        version = discussion.text(session, actor, *place.split("/"))
        remark.reopen(session, actor, version, thread)


def threads(world: World, section: str = "benefits", locale: str = "en") -> list[Thread]:
    version = world.version(section, locale)
    with world.reading() as session:
        listed = discussion.entries(session, version)
        found = discussion.load(session, [one.thread for one in listed])
    assert [(one.key, one.unit, one.is_resolved) for one in found] == [
        (one.thread, one.unit, one.is_resolved) for one in listed
    ]
    return found


def ledger_of(world: World) -> list[tuple[str, str, str, dict[str, object]]]:
    with world.reading() as session:
        rows = session.exec(
            select(LedgerRow)
            .where(col(LedgerRow.event).startswith("remark."))
            .order_by(col(LedgerRow.seq))
        )
        return [(row.actor, row.event, row.subject, json.loads(row.detail)) for row in rows]


def test_a_remark_is_kept_with_who_when_and_at_which_text(world: World) -> None:
    world.write()
    key = said(world, text=" One line,\r\nand another. ")
    answered(world, key)

    (thread,) = threads(world)
    first, second = thread.remarks
    assert (first.remark.person, first.name) == ("lay", "Lay")
    assert first.organisation == "Organisation of lay"
    assert first.remark.text == "One line,\nand another."
    assert (first.remark.version, first.remark.thread) == (1, None)
    assert first.remark.document == world.version("benefits").document
    assert (second.remark.person, second.remark.thread) == ("author", key)
    assert (second.remark.unit, thread.turn, thread.is_resolved) == (thread.unit, None, False)


def test_each_step_is_one_row_of_the_ledger_without_a_word_of_it(world: World) -> None:
    world.write()
    key = said(world)
    answer = answered(world, key)
    resolved(world, key)
    resolved(world, key, by="lay")
    reopened(world, key)
    reopened(world, key, by="lay")

    rows = ledger_of(world)
    assert [(actor, event, subject) for actor, event, subject, _ in rows] == [
        ("lay", "remark.made", "benefits/en"),
        ("author", "remark.made", "benefits/en"),
        ("editor", "remark.resolved", "benefits/en"),
        ("editor", "remark.reopened", "benefits/en"),
    ]
    assert [(told["thread"], told.get("remark")) for *_, told in rows] == [
        (key, key),
        (key, answer),
        (key, None),
        (key, None),
    ]
    assert HELLO not in str(rows)
    assert rows[0][3]["document"] == world.version("benefits").document


def test_who_resolved_it_and_when_is_told_until_somebody_opens_it_again(world: World) -> None:
    world.write()
    key = said(world)
    resolved(world, key, by="medical-1")
    (thread,) = threads(world)
    assert thread.turn is not None
    assert (thread.is_resolved, thread.turn.person, thread.turn.name) == (
        True,
        "medical-1",
        "Medical-1",
    )
    with pytest.raises(ThreadResolved, match="open it again"):
        answered(world, key)
    reopened(world, key)
    (thread,) = threads(world)
    assert thread.turn is not None
    assert (thread.is_resolved, thread.turn.person) == (False, "editor")
    answered(world, key)
    resolved(world, key)
    assert [len(one.remarks) for one in threads(world)] == [2]


@pytest.mark.begins_with("en")
def test_a_discussion_stays_when_the_number_goes_up_and_says_that_words_changed(
    world: World,
) -> None:
    with world.reading() as session:
        units = list(wording.units(session, world.version("benefits")).values())
    paragraph = next(one for one in units if "4 of 10" in one.words)
    said(world, unit=paragraph.unit)
    said(world, unit=units[0].unit)
    world.write(page(TEXT.replace("4 of 10", "5 of 10")))

    version = world.version("benefits")
    assert version.number == 2
    changed, kept = threads(world)
    with world.reading() as session:
        now = wording.units(session, version)
    assert (changed.unit, kept.unit) == (paragraph.unit, units[0].unit)
    assert changed.remarks[0].remark.words != now[changed.unit].digest
    assert kept.remarks[0].remark.words == now[kept.unit].digest
    answered(world, changed.key)
    assert [one.remark.version for one in threads(world)[0].remarks] == [1, 2]


def test_a_thread_outlives_its_unit(world: World) -> None:
    world.write()
    with world.reading() as session:
        units = list(wording.units(session, world.version("benefits")).values())
    item = next(one for one in units if "slow MS" in one.words)
    key = said(world, unit=item.unit)
    world.write(page(TEXT.replace("- It may slow MS.\n", "")))

    with world.reading() as session:
        assert item.unit not in wording.units(session, world.version("benefits"))
    answered(world, key)
    resolved(world, key)
    assert [(one.unit, one.is_resolved) for one in threads(world)] == [(item.unit, True)]
    with pytest.raises(UnitNotFound):
        said(world, unit=item.unit)


@pytest.mark.begins_with("en")
def test_a_translation_has_its_own_discussion_and_its_own_readers(world: World) -> None:
    world.translate("fr")
    world.translate("it")
    key = said(world, by="reviser-fr", locale="fr")
    (thread,) = threads(world, locale="fr")
    assert thread.remarks[0].remark.locale == "fr"
    assert threads(world) == threads(world, locale="it") == []
    for by in ("translator-it", "language-1-it"):
        with pytest.raises(RoleMissing):
            said(world, by=by, locale="fr")
        with pytest.raises(RoleMissing):
            answered(world, key, by=by, place="benefits/fr")
        with pytest.raises(RoleMissing):
            resolved(world, key, by=by, place="benefits/fr")
    for by in ("translator-fr", "lay", "board-1", "duty-1"):
        answered(world, key, by=by, place="benefits/fr")
    # A source text is everybody's at work.
    said(world, by="translator-it")
    with pytest.raises(RoleMissing):
        said(world, by="administrator")


@pytest.mark.begins_with("en")
def test_a_thread_is_reached_through_its_own_text_alone(world: World) -> None:
    world.translate("fr")
    key = said(world)
    answer = answered(world, key)
    for place in ("risks/en", "benefits/fr"):
        for verb in (answered, resolved, reopened):
            with pytest.raises(ThreadNotFound):
                verb(world, key, by="lay", place=place)
    for wrong in (answer, 999):
        with pytest.raises(ThreadNotFound):
            answered(world, wrong)
    with pytest.raises(VersionNotFound):
        said(world, locale="de")


@pytest.mark.begins_with("en")
def test_a_token_for_reading_says_nothing(world: World) -> None:
    version = world.version("benefits")
    for scope in (Permission.READ_DRAFTS, Permission.DISCUSS):
        with world.reading() as session:
            actor = person.actor(session, "lay", frozenset({scope}))
            assert not may_discuss(actor, version)
            with pytest.raises(ScopeMissing):
                remark.make(session, actor, version, "x", HELLO)


@pytest.mark.parametrize("text", ["", " \r\n\t", "x" * (TEXT_MAX + 1), "a\0b", "a\x1b[2Jb", "\x85"])
def test_what_is_no_remark_is_refused_and_leaves_nothing(sqlite_world: World, text: str) -> None:
    sqlite_world.write()
    key = said(sqlite_world, text="x" * TEXT_MAX)
    with pytest.raises(RemarkRefused):
        said(sqlite_world, text=text)
    with pytest.raises(RemarkRefused):
        answered(sqlite_world, key, text=text)
    with pytest.raises(UnitNotFound):
        said(sqlite_world, unit="no-such-unit")
    assert len(ledger_of(sqlite_world)) == len(threads(sqlite_world)) == 1


def test_there_is_an_end_to_a_discussion(
    sqlite_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remark, "OPEN_MAX", 2)
    monkeypatch.setattr(remark, "THREADS_MAX", 3)
    monkeypatch.setattr(remark, "ANSWERS_MAX", 1)
    sqlite_world.write()
    one, two = said(sqlite_world), said(sqlite_world)
    with pytest.raises(DiscussionFull, match="resolve some first"):
        said(sqlite_world)
    said(sqlite_world, section="risks")
    resolved(sqlite_world, one)
    said(sqlite_world)
    with pytest.raises(DiscussionFull, match="resolve some first"):
        reopened(sqlite_world, one)
    answered(sqlite_world, two)
    with pytest.raises(DiscussionFull, match="at most 1 answers"):
        answered(sqlite_world, two)
    resolved(sqlite_world, two)
    with pytest.raises(DiscussionFull, match="go on in one of them"):
        said(sqlite_world)


def test_who_was_erased_said_it_without_a_name(world: World) -> None:
    world.write()
    resolved(world, said(world), by="lay")
    with world.acting("administrator") as (session, _):
        person.erase(session, "lay", by="administrator")
    (thread,) = threads(world)
    assert thread.remarks[0].name == "Erased person"
    assert thread.turn is not None
    assert thread.turn.name == "Erased person"
    assert "Lay" not in str(ledger_of(world))


def test_a_text_that_was_given_up_is_still_talked_about(world: World) -> None:
    world.write()
    key = said(world)
    with world.acting("editor") as (session, _):
        version = session.get_one(Version, world.version("benefits").key)
        version.state = "abandoned"
    with world.acting("lay") as (session, actor):
        version = discussion.text(session, actor, "benefits", "en")
        assert [one.key for one in discussion.load(session, [key])] == [key]
        assert discussion.load(session, []) == []
        remark.answer(session, actor, version, key, HELLO)


@pytest.mark.begins_with("en")
def test_words_of_a_translation_are_shown_with_their_source(world: World) -> None:
    world.translate("fr")
    with world.reading() as session:
        first = next(iter(wording.units(session, world.version("risks", "fr")).values()))
    assert (first.kind, first.words, first.source) == ("title", "fr – Risks", "Risks")


WHO = st.sampled_from(["lay", "author", "translator-fr", "administrator"])
STEP = st.tuples(st.sampled_from(["make", "answer", "resolve", "reopen"]), WHO, st.integers(0, 5))


class _Undone(Exception):
    pass


def at(known: Iterable[int], step: tuple[str, str, int]) -> int:
    """The thread that a step is about."""
    listed = list(known)
    return listed[step[2] % len(listed)]


def tried(session: Session, version: Version, step: tuple[str, str, int], known: list[int]) -> int:
    """What a step makes, or the thread that it is about; 0 where it was refused."""
    verb, who, which = step
    thread = at(known, step) if known else 999
    actor = person.actor(session, who)
    try:
        if verb == "make":
            unit = list(wording.units(session, version))[which % 3]
            return remark.make(session, actor, version, unit, HELLO).key
        if verb == "answer":
            remark.answer(session, actor, version, thread, HELLO)
        else:
            getattr(remark, verb)(session, actor, version, thread)
    except ContentError:
        return 0
    return thread


def expected(
    model: dict[int, tuple[int, bool]], step: tuple[str, str, int], done: int
) -> Iterator[tuple[int, tuple[int, bool]]]:
    """How the thread of a step that was carried out stands after it: remarks, resolved or not."""
    if done:
        count, is_resolved = model.get(done, (0, False))
        spoken = step[0] in ("make", "answer")
        yield done, (count + spoken, is_resolved if spoken else step[0] == "resolve")


@given(steps=st.lists(STEP, max_size=25))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_people_do_threads_stand_as_they_left_them(
    discussed: World, steps: list[tuple[str, str, int]]
) -> None:
    """A model of a number and a flag for each thread goes along, and says the same at each step."""
    model: dict[int, tuple[int, bool]] = {}
    with suppress(_Undone), discussed.acting("lay") as (session, actor):
        version = discussion.text(session, actor, "benefits", "en")
        for step in steps:
            before = len(session.exec(select(LedgerRow)).all())
            stood = dict(model)
            done = tried(session, version, step, list(model))
            refused = step[1] == "administrator" or (step[0] != "make" and not stood)
            refused |= step[0] == "answer" and bool(stood) and stood[at(stood, step)][1]
            assert (done == 0) is refused, step
            model.update(expected(model, step, done))
            wrote = len(session.exec(select(LedgerRow)).all()) - before
            assert wrote == (model != stood)
        found = discussion.load(session, list(model))
        assert {one.key: (len(one.remarks), one.is_resolved) for one in found} == model
        raise _Undone


@pytest.fixture
def discussed(sqlite_world: World) -> World:
    sqlite_world.write()
    return sqlite_world
