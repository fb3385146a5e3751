"""Two people at once: one of them wins, or both were right; the invariants hold either way."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from content import ledger
from content.database import writing
from content.errors import ContentError, StateHasMoved
from content.people.actor import Actor
from content.publication import due, withdrawal
from content.publication.release import Release
from content.records import document as documents
from content.records import draft
from content.records import version as versions
from content.records.version import State, Version
from content.review import submission
from content.review.review import Kind, Verdict
from content.sign_off import signing
from content.sign_off import statement as statements
from content.sign_off.block import Meaning
from content.sign_off.statement import Statement
from content.translation import suggestion, upload
from content.translation.report import Report
from tests.invariants.invariants import require
from tests.world import TEXT, World, page, without_who

WON = "won"
#: Hours until a scheduled text comes into force.
AHEAD = timedelta(days=2)
SECOND = page(TEXT.replace("nerves", "the nerves"), summary="Wording")
THIRD = page(TEXT.replace("nerves", "all nerves"), summary="Wording")


def race(*tries: Callable[[], object]) -> list[str]:
    """Each try in a thread of its own, begun at one moment: `won`, or the code of the refusal."""
    barrier = Barrier(len(tries))
    outcomes = [""] * len(tries)

    def run(place: int) -> None:
        barrier.wait()
        try:
            tries[place]()
        except ContentError as refused:
            outcomes[place] = refused.code
        else:
            outcomes[place] = WON

    threads = [Thread(target=run, args=(place,)) for place in range(len(tries))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def on_risks(
    world: World, by: str, verb: Callable[[Session, Actor, Version], object], locale: str = "en"
) -> Callable[[], object]:
    """A try of a verb on the version of `risks` that is open now, whatever became of it since."""
    key = world.version("risks", locale).key

    def attempt() -> None:
        with world.acting(by) as (session, actor):
            verb(session, actor, versions.by_id(session, key))

    return attempt


def as_seen(session: Session, seen: Version) -> Version:
    """The version as somebody read it before, in a session that does not know better."""
    version = versions.by_id(session, seen.key)
    for name, value in seen.model_dump().items():
        set_committed_value(version, name, value)
    return version


def submits(world: World, by: str, locale: str = "en") -> Callable[[], object]:
    return on_risks(world, by, lambda s, a, v: submission.submit(s, a, v, world.policy), locale)


def abandons(world: World, by: str) -> Callable[[], object]:
    return on_risks(world, by, lambda s, a, v: submission.abandon(s, a, v, "Not wanted"))


def opens(world: World, by: str) -> Callable[[], object]:
    return on_risks(world, by, lambda s, a, v: statements.open_statement(s, a, [v], world.policy))


def carries_out(world: World) -> Callable[[], object]:
    def attempt() -> None:
        with writing(world.engine) as session:
            due.carry_out(session, world.policy)

    return attempt


def in_review(world: World) -> None:
    world.write()
    world.submit("risks")


def ready(world: World) -> None:
    in_review(world)
    world.review_all("risks")


def signed_by(world: World, *people: str) -> str:
    ready(world)
    digest = world.open_statement("risks")
    for by in people:
        world.sign(digest, by)
    return digest


def scheduled(world: World) -> None:
    """Approved, and in force after AHEAD."""
    ready(world)
    with world.acting("editor") as (session, actor):
        version = versions.opened(session, "risks", "en")
        assert version is not None
        submission.schedule(session, actor, version, datetime.now(UTC) + AHEAD)
    world.sign_off("risks")
    assert state(world) == State.APPROVED


def state(world: World, locale: str = "en") -> str:
    return world.version("risks", locale).state


def test_two_authors_begin_the_same_draft(world: World) -> None:
    outcomes = race(lambda: world.write(SECOND), lambda: world.write(THIRD, by="author-2"))

    assert outcomes == [WON, WON]
    assert world.states() == {"treatment": ["draft"], "benefits": ["draft"], "risks": ["draft"]}
    require(world)


@pytest.mark.begins_with("en")
def test_two_authors_begin_the_next_version(world: World) -> None:

    assert race(lambda: world.write(SECOND), lambda: world.write(THIRD, by="author-2")) == [
        WON,
        WON,
    ]
    assert world.states()["risks"] == ["in_force", "draft"]
    require(world)


def test_two_saves_of_one_draft_that_both_have_seen(world: World) -> None:
    world.write()
    seen = world.version("risks")
    assert seen.document is not None
    with world.reading() as session:
        text = documents.load(session, seen.document)

    def saves(by: str, title: str) -> Callable[[], object]:
        def attempt() -> None:
            with world.acting(by) as (session, actor):
                version = as_seen(session, seen)
                draft.save(session, actor, version, text.model_copy(update={"title": title}))

        return attempt

    outcomes = race(saves("author", "One"), saves("author-2", "Two"))

    assert sorted(outcomes) == ["precondition-stale", WON]


def test_two_people_submit(world: World) -> None:
    world.write()

    outcomes = race(submits(world, "author"), submits(world, "editor"))

    assert sorted(outcomes) == ["state-has-moved", WON]
    assert state(world) == State.IN_REVIEW
    require(world)


def test_one_submits_while_another_gives_up(world: World) -> None:
    world.write()

    outcomes = race(submits(world, "author"), abandons(world, "editor"))

    assert outcomes in ([WON, WON], ["state-has-moved", WON])
    assert world.states()["risks"] == ["abandoned"]
    require(world)


def test_two_reviewers_approve(world: World) -> None:
    in_review(world)
    world.review("risks", "lay", Kind.LAY)

    outcomes = race(
        lambda: world.review("risks", "medical-1", Kind.MEDICAL),
        lambda: world.review("risks", "medical-2", Kind.MEDICAL),
    )

    assert outcomes == [WON, WON]
    world.sign_off("risks")
    assert state(world) == State.IN_FORCE
    require(world)


def test_one_returns_while_another_opens_the_statement(world: World) -> None:
    ready(world)

    outcomes = race(
        lambda: world.review("risks", "lay", Kind.LAY, Verdict.RETURN), opens(world, "editor")
    )

    assert sorted(outcomes) == ["state-has-moved", WON]
    assert state(world) == (State.DRAFT if outcomes[0] == WON else State.SIGN_OFF)
    require(world)


def test_two_editors_open_a_statement(world: World) -> None:
    ready(world)

    outcomes = race(opens(world, "editor"), opens(world, "editor-2"))

    assert sorted(outcomes) == ["state-has-moved", WON]
    with world.reading() as session:
        assert len(session.exec(select(Statement)).all()) == 1
    require(world)


def test_two_signers_reach_the_quorum_together(world: World) -> None:
    digest = signed_by(world, "board-1")

    outcomes = race(lambda: world.sign(digest, "board-2"), lambda: world.sign(digest, "board-3"))

    assert outcomes == [WON, WON]
    assert state(world) == State.IN_FORCE
    require(world)


def test_two_signers_want_the_last_place(world: World) -> None:
    digest = signed_by(world, "board-1", "board-2")

    outcomes = race(lambda: world.sign(digest, "board-3"), lambda: world.sign(digest, "board-4"))

    assert sorted(outcomes) == ["state-has-moved", WON]
    assert state(world) == State.IN_FORCE
    require(world)


def test_one_person_signs_twice(world: World) -> None:
    digest = signed_by(world)

    outcomes = race(lambda: world.sign(digest, "board-1"), lambda: world.sign(digest, "board-1"))

    assert sorted(outcomes) == ["already-there", WON]
    require(world)


def test_one_signs_while_another_rejects(world: World) -> None:
    digest = signed_by(world, "board-1", "board-2")

    outcomes = race(
        lambda: world.sign(digest, "board-3"),
        lambda: world.sign(digest, "board-4", Meaning.REJECTION),
    )

    assert sorted(outcomes) == ["state-has-moved", WON]
    assert state(world) == (State.IN_FORCE if outcomes[0] == WON else State.DRAFT)
    require(world)


def test_one_signs_while_the_statement_lapses(world: World) -> None:
    digest = signed_by(world, "board-1", "board-2")

    with time_machine.travel(datetime.now(UTC) + timedelta(days=31), tick=False):
        outcomes = race(lambda: world.sign(digest, "board-3"), carries_out(world))
        require(world)

    assert outcomes == ["state-has-moved", WON]
    assert world.states()["risks"] == ["abandoned", "draft"]


def test_two_processes_publish_what_is_due(world: World) -> None:
    scheduled(world)

    with time_machine.travel(datetime.now(UTC) + AHEAD + timedelta(minutes=1), tick=False):
        assert race(carries_out(world), carries_out(world)) == [WON, WON]
        require(world)

    with world.reading() as session:
        came = select(Release).where(col(Release.type) == "in_force")
        assert len(session.exec(came).all()) == 1


def test_one_objects_while_the_hour_comes(world: World) -> None:
    scheduled(world)
    objects = on_risks(world, "board-4", lambda s, a, v: signing.object_to(s, a, v, "Wrong"))

    with time_machine.travel(datetime.now(UTC) + AHEAD + timedelta(minutes=1), tick=False):
        outcomes = race(objects, carries_out(world))
        require(world)

    assert outcomes[1] == WON
    assert state(world) == (State.DRAFT if outcomes[0] == WON else State.IN_FORCE)


@pytest.mark.begins_with("en")
def test_two_translators_push_into_one_catalogue(world: World) -> None:
    one = world.pull("fr").replace('msgid "Risks"\nmsgstr ""', 'msgid "Risks"\nmsgstr "Un"')
    two = one.replace('msgstr "Un"', 'msgstr "Deux"')

    assert race(lambda: world.push("fr", one), lambda: world.push("fr", two)) == [WON, WON]
    assert world.states("fr") == {"risks": ["draft"]}
    world.publish_translation("fr")
    require(world)


def sends(world: World, text: str) -> Callable[[], object]:
    return lambda: world.upload("fr", text)


def takes_back(world: World, report: Report) -> Callable[[], object]:
    return lambda: world.undo(report)


def in_french(po: str, **targets: str) -> str:
    """The file with these translations of units that have none, by their source text."""
    for source, target in targets.items():
        blank = f'msgid "{source}"\nmsgstr ""'
        assert blank in po
        po = po.replace(blank, f'msgid "{source}"\nmsgstr "{target}"')
    return po


def offered(world: World) -> list[str]:
    with world.reading() as session:
        return [one.target for one in suggestion.opened(session, ["risks", "benefits"], "fr")]


@pytest.mark.begins_with("en")
def test_two_files_for_one_unit(world: World) -> None:
    """One is written, the other kept: whoever comes second has not seen the first."""
    blank = world.pull("fr")
    one, two = in_french(blank, Risks="Un", Benefits="Bien"), in_french(blank, Risks="Deux")

    assert race(sends(world, one), sends(world, two)) == [WON, WON]

    pulled = world.pull("fr")
    assert [pulled.count(f'"{text}"') for text in ("Un", "Deux")] in ([1, 0], [0, 1])
    assert 'msgstr "Bien"' in pulled
    assert offered(world) == ["Deux" if 'msgstr "Un"' in pulled else "Un"]
    require(world)


@pytest.mark.begins_with("en")
def test_one_file_sent_twice_at_once(world: World) -> None:
    text = in_french(world.pull("fr"), Risks="Un")

    assert race(sends(world, text), sends(world, text)) == [WON, WON]

    with world.reading() as session:
        assert len(upload.listed(session, "treatment", "fr")) == 1
    require(world)


@pytest.mark.begins_with("en")
def test_two_people_take_one_upload_back(world: World) -> None:
    before = world.pull("fr")
    report = world.upload("fr", in_french(before, Risks="Un"))

    outcomes = race(takes_back(world, report), takes_back(world, report))

    assert sorted(outcomes) == ["state-has-moved", WON]
    assert without_who(world.pull("fr")) == without_who(before)
    require(world)


@pytest.mark.begins_with("en")
def test_one_takes_an_upload_back_while_another_goes_on(world: World) -> None:
    report = world.upload("fr", in_french(world.pull("fr"), Risks="Un"))
    later = world.pull("fr").replace('msgstr "Un"', 'msgstr "Deux"')

    outcomes = race(takes_back(world, report), sends(world, later))

    assert outcomes in ([WON, WON], ["later-work-stands", WON])
    assert 'msgstr "Deux"' in world.pull("fr"), "it stands, whoever came first"
    require(world)


@pytest.mark.begins_with("en")
def test_a_file_comes_while_the_draft_is_submitted(world: World) -> None:
    world.translate("fr")
    text = world.pull("fr").replace('msgstr "fr – Risks"', 'msgstr "Les risques"')

    outcomes = race(sends(world, text), submits(world, "translator-fr", "fr"))

    # Who submits after the file would send on words that they have not seen.
    assert outcomes in ([WON, WON], [WON, "state-has-moved"])
    written = 'msgstr "Les risques"' in world.pull("fr")
    assert offered(world) == ([] if written else ["Les risques"])
    assert state(world, "fr") == (State.DRAFT if outcomes[1] != WON else State.IN_REVIEW)
    require(world)


@pytest.mark.begins_with("en")
def test_two_officers_withdraw(world: World) -> None:

    outcomes = race(
        lambda: world.withdraw("risks", by="duty-1"), lambda: world.withdraw("risks", by="duty-2")
    )

    assert sorted(outcomes) == ["withdrawal-not-found", WON]
    require(world)


@pytest.mark.begins_with("en")
def test_two_officers_confirm(world: World) -> None:
    world.withdraw("risks")

    def confirms(by: str) -> Callable[[], object]:
        def attempt() -> None:
            with world.acting(by) as (session, actor):
                withdrawal.confirm(session, actor, "risks", "en")

        return attempt

    assert sorted(race(confirms("duty-2"), confirms("board-1"))) == ["state-has-moved", WON]
    require(world)


@pytest.mark.begins_with("en")
def test_a_withdrawal_while_its_translation_comes_into_force(world: World) -> None:
    world.translate("fr")
    digest = world.put_to_signature("risks", locale="fr")

    outcomes = race(
        lambda: world.sign(digest, "language-2-fr"), lambda: world.withdraw("risks", by="duty-1")
    )

    assert outcomes[1] == WON
    assert state(world, "fr") != State.IN_FORCE
    require(world)


@pytest.mark.parametrize("moved", ["submitted", "saved"])
def test_who_acts_on_what_was_read_before_it_moved_is_refused(world: World, moved: str) -> None:
    """The guarded UPDATE: what a person decided on is what is still there, or nothing happens."""
    world.write()
    seen = world.version("risks")
    if moved == "submitted":
        world.submit("risks")
    else:
        world.write(SECOND)

    with world.reading() as session:
        before = ledger.verify(session), len(session.exec(select(ledger.LedgerRow)).all())
    with pytest.raises(StateHasMoved), world.acting("author") as (session, actor):
        submission.submit(session, actor, as_seen(session, seen), world.policy)

    with world.reading() as session:
        after = ledger.verify(session), len(session.exec(select(ledger.LedgerRow)).all())
    assert after == before
    require(world)
