"""Random people try random verbs on random versions in four locales and a regional variant.

A verb may be refused; then it has changed nothing. After each step all invariants hold.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import polib
import time_machine
from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from sqlmodel import Session, col, select

from content import clock
from content.database import writing
from content.errors import ContentError
from content.people import person
from content.people.actor import Actor
from content.people.role import read_grant
from content.publication import due, take_down, waiting, withdrawal
from content.records import page_import
from content.records import version as versions
from content.records.version import OPEN_STATES, State, Version
from content.review import acceptance, review, submission
from content.review.review import Kind, Verdict
from content.sign_off import signing
from content.sign_off import statement as statements
from content.sign_off.block import Meaning
from content.sign_off.statement import Statement, StatementState
from content.translation import catalogue, upload
from content.translation.locale import base as base_of
from tests import one_by_one
from tests.invariants.invariants import CHECKS, QUICK, Memory, Snapshot, snapshot
from tests.invariants.pages import Edition
from tests.keys import SIGNERS
from tests.world import LOCALES, NO_INTERESTS, PEOPLE, World, acknowledge_all

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECTIONS = ("treatment", "benefits", "risks", "living-with-it")
people = st.sampled_from(sorted(PEOPLE))
sections = st.sampled_from(SECTIONS)
VARIANT = "fr-CH"
locales = st.sampled_from((*LOCALES, VARIANT))
GRANTS = [*sorted({role for roles in PEOPLE.values() for role in roles}), f"translator:{VARIANT}"]
#: Which of the versions that a verb could meet.
which = st.integers(0, 15)
#: Hours: a breath, past a confirmation, past a statement, past the reminders, past every date.
hours = st.sampled_from([1, 25, 24 * 31, 24 * 190, 24 * 380])

#: Refusals that no verb may end in: something that was let through does not fit.
BREAKDOWNS = {"tree-broken", "not-signed-off", "ledger-broken"}
#: Those who move sections and those who move them back may be told that one stands elsewhere.
MOVING = {"write", "abandon"}
#: What an edit changes.
FIELDS = ("dose", "benefit", "risk", "bold", "register", "item", "nested", "living", "date")
kinds = st.sampled_from(["wording", "clinical", "safety"])
months = st.sampled_from([1, 12, 36, 40])


def _translate(world: World) -> None:
    for locale in LOCALES[1:]:
        world.publish_translation(locale)
    world.publish_variant(VARIANT)


def _people(world: World) -> None:
    world.people()
    world.staff(VARIANT)


def _wait(world: World) -> None:
    """Everything at once: one text in review, one half signed, one approved for next week."""
    changed = Edition(numbers=(2001, 5, 4), summary="Other numbers").source()
    world.write(changed)
    with world.acting("editor") as (session, actor):
        version = versions.opened(session, "risks", "en")
        assert version is not None
        submission.schedule(session, actor, version, clock.now() + timedelta(days=7))
    for section in ("treatment", "benefits", "risks"):
        world.submit(section)
        world.review_all(section)
    world.sign_off("risks")
    world.sign(world.open_statement("benefits"), "board-1")


#: How far a database is when an example begins, so that few steps reach deep states: name to the
#: one it goes on from, and how.
BEGINNINGS: Mapping[str, tuple[str, Callable[[World], object]]] = {
    "empty": ("", _people),
    "published": ("empty", lambda world: world.publish_page(Edition().source())),
    "translated": ("published", _translate),
    "outdated": (
        "translated",
        lambda world: world.publish_page(Edition(numbers=(2000, 5, 3), summary="5").source()),
    ),
    "carried": (
        "translated",
        lambda world: world.publish_page(Edition(bold=True, summary="Bold").source()),
    ),
    "withdrawn": ("translated", lambda world: world.withdraw("risks")),
    "waiting": ("translated", _wait),
}


class Workflow(RuleBasedStateMachine):
    """The hub, as random people use it. A subclass names the databases to begin from."""

    #: Makes a database that stands at one of the BEGINNINGS, and takes it away again.
    database: ClassVar[Callable[[str], Any]]
    #: What occurred in all examples together: verbs that went through, states, labels.
    seen: ClassVar[Counter[str]]

    #: Those of the BEGINNINGS that examples begin at.
    beginnings: ClassVar[Sequence[str]] = tuple(BEGINNINGS)

    @initialize(place=st.integers(0, len(BEGINNINGS) - 1))
    def begin(self, place: int) -> None:
        beginning = self.beginnings[place % len(self.beginnings)]
        self.travel = time_machine.travel(START, tick=False)
        self.clock = self.travel.start()
        self.open = type(self).database(beginning)
        self.world = World(self.open.__enter__())
        self.edition = Edition()
        self.memory = Memory()
        self.moved = True

    def teardown(self) -> None:
        if hasattr(self, "open"):
            try:
                self._require(CHECKS)
            finally:
                self.open.__exit__(None, None, None)
                self.travel.stop()

    @contextmanager
    def _trying(self, verb: str, by: str) -> Iterator[tuple[Session, Actor]]:
        """One person's try, in a transaction of its own; a refusal leaves nothing."""
        before = self._size()
        refusal = ""
        try:
            with writing(self.world.engine) as session:
                yield session, person.actor(session, by)
                due.carry_out(session, self.world.policy)
        except ContentError as refused:
            refusal = refused.code
        self.seen[f"refused {verb}: {refusal}" if refusal else verb] += 1
        if refusal:
            moved = verb in MOVING and refusal == "tree-broken"
            assert moved or refusal not in BREAKDOWNS
            assert self._size() == before, f"{verb} was refused and left something"
            return
        self.moved = True
        event(verb)

    def _size(self) -> int:
        with self.world.engine.connect() as connection:
            found = connection.exec_driver_sql("SELECT max(seq) FROM ledger").scalar_one()
            return int(found)

    def _version(self, session: Session, which: int, *states: State) -> Version:
        """One version in one of the states that the verb is for; any other where there is none."""
        rows = session.exec(select(Version).order_by(col(Version.id).desc())).all()
        fitting = [row for row in rows if row.state in states] or rows
        if not fitting:
            raise ContentError("nothing there")
        return fitting[which % len(fitting)]

    # What authors do

    @rule(
        by=st.sampled_from(["author", "author-2", "editor", "medical-1", "translator-fr"]),
        field=st.sampled_from(FIELDS),
        kind=kinds,
        months=months,
    )
    def write(self, by: str, field: str, kind: str, months: int) -> None:
        old = self.edition
        numbers = ("dose", "benefit", "risk")
        change: dict[str, object]
        if field in numbers:
            place = numbers.index(field)
            raised = tuple(n + (i == place) for i, n in enumerate(old.numbers))
            change = {"numbers": raised if raised[place] < 9000 else old.numbers}
        elif field == "register":
            flipped = "other" if old.register.endswith("register") else "register"
            change = {"register": f"https://example.org/{flipped}"}
        elif field == "date":
            change = {"review_by": clock.months_after(clock.today(), months)}
        else:
            change = {field: not getattr(old, field)}
        limit = clock.months_after(clock.today(), 36)
        if not clock.today() < old.review_by <= limit:
            change.setdefault("review_by", clock.months_after(clock.today(), 12))
        new = replace(old, kind=kind, summary=f"Changed: {field}", **change)  # type: ignore[arg-type]
        self._import(by, new)

    @rule(by=st.sampled_from(["author", "author-2"]))
    def write_the_first_words_again(self, by: str) -> None:
        self._import(by, replace(self.edition, numbers=Edition().numbers, summary="Back again"))

    def _import(self, by: str, new: Edition) -> None:
        with self._trying("write", by) as (session, actor):
            page_import.import_page(session, actor, new.source(), {}, LOCALES)
            self.edition = new

    @rule(by=people | st.just("editor"), which=which)
    def submit(self, by: str, which: int) -> None:
        with self._trying("submit", by) as (session, actor):
            version = self._version(session, which, State.DRAFT)
            submission.submit(session, actor, version, self.world.policy)

    @rule(by=people | st.just("editor"), which=which, state=st.sampled_from(sorted(OPEN_STATES)))
    def abandon(self, by: str, which: int, state: State) -> None:
        with self._trying("abandon", by) as (session, actor):
            version = self._version(session, which, state)
            submission.abandon(session, actor, version, "No longer wanted")

    @rule(by=st.sampled_from(["editor", "author"]), which=which, ahead=hours)
    def schedule(self, by: str, which: int, ahead: int) -> None:
        with self._trying("schedule", by) as (session, actor):
            version = self._version(session, which, *OPEN_STATES)
            at = clock.now() + timedelta(hours=ahead)
            submission.schedule(session, actor, version, at)

    # What reviewers and signers do

    @rule(
        by=people,
        which=which,
        kind=st.sampled_from(Kind),
        verdict=st.sampled_from(Verdict),
        relevant=st.booleans(),
    )
    def review(self, by: str, which: int, kind: Kind, verdict: Verdict, relevant: bool) -> None:
        self._review(by, which, kind, verdict, relevant)

    @rule(
        which=which,
        verdict=st.sampled_from(Verdict),
        turn=st.integers(0, 2),
        relevant=st.sampled_from([False, False, True]),
    )
    def review_in_turn(self, which: int, verdict: Verdict, turn: int, relevant: bool) -> None:
        with self.world.reading() as session:
            if versions.newest(session, "treatment", "en") is None:
                return
            locale = self._version(session, which, State.IN_REVIEW).locale
        by, kind = _reviewers(locale)[turn % len(_reviewers(locale))]
        self._review(by, which, kind, verdict, relevant)

    def _review(self, by: str, which: int, kind: Kind, verdict: Verdict, relevant: bool) -> None:
        with self._trying(f"review {verdict}", by) as (session, actor):
            version = self._version(session, which, State.IN_REVIEW)
            if kind is Kind.LANGUAGE and verdict is Verdict.APPROVE:
                acknowledge_all(session, actor, version)
            review.give(
                session,
                actor,
                version,
                kind=kind,
                verdict=verdict,
                interests=NO_INTERESTS,
                interests_relevant=relevant,
                comment="Look again.",
            )
            signing.settle_version(session, version, self.world.policy, actor=actor.id)

    @rule(
        by=st.sampled_from(["editor", "editor-2", "author"]),
        chosen=st.sets(sections, min_size=1),
        locale=locales,
        board=st.booleans(),
    )
    def open_statement(self, by: str, chosen: set[str], locale: str, board: bool) -> None:
        with self._trying("open statement", by) as (session, actor):
            found = [versions.opened(session, slug, locale) for slug in sorted(chosen)]
            listed = [one for one in found if one is not None and one.state == State.IN_REVIEW]
            statements.open_statement(
                session, actor, listed, self.world.policy, "board" if board else ""
            )

    @rule(by=people, meaning=st.sampled_from(Meaning), relevant=st.booleans(), which=which)
    def sign(self, by: str, meaning: Meaning, relevant: bool, which: int) -> None:
        self._sign(by, meaning, relevant, which)

    @rule(
        turn=st.integers(0, 3),
        meaning=st.sampled_from([Meaning.APPROVAL, *Meaning]),
        relevant=st.sampled_from([False, False, True]),
        which=which,
    )
    def sign_in_turn(self, turn: int, meaning: Meaning, relevant: bool, which: int) -> None:
        with self.world.reading() as session:
            if session.exec(select(Statement.sha256)).first() is None:
                return
            signers = _signers(_statement(session, which).role)
        self._sign(signers[turn % len(signers)], meaning, relevant, which)

    def _sign(self, by: str, meaning: Meaning, relevant: bool, which: int) -> None:
        given = Meaning.RECUSAL if relevant else meaning
        with self._trying(f"sign {given}", by) as (session, actor):
            SIGNERS.sign(
                session,
                actor,
                _statement(session, which),
                self.world.policy,
                meaning=given,
                comment="I do not agree.",
            )

    @rule(by=st.sampled_from(["board-1", "board-1", "language-1-fr", "author"]), which=which)
    def object_to(self, by: str, which: int) -> None:
        with self._trying("object", by) as (session, actor):
            version = self._version(session, which, State.APPROVED)
            signing.object_to(session, actor, version, "Wrong number")

    # What translators do

    @rule(
        locale=st.sampled_from((*LOCALES[1:], VARIANT)),
        leave=st.sampled_from(["nothing", "nothing", "one blank", "one fuzzy", "all fuzzy"]),
        anew=st.booleans(),
    )
    def translate(self, locale: str, leave: str, anew: bool) -> None:
        with self._trying(f"push, {leave} left", f"translator-{locale.lower()}") as (
            session,
            actor,
        ):
            base = base_of(locale, LOCALES)
            text = catalogue.hand_out(session, "treatment", locale, base)
            text = _worked_on(text, locale, leave, anew)
            upload.take(session, actor, "treatment", locale, text.encode(), base=base)

    @rule()
    def accept_inheritance(self) -> None:
        with self._trying("accept", f"translator-{VARIANT.lower()}") as (session, actor):
            acceptance.accept_page(session, actor, "treatment", VARIANT, "fr", self.world.policy)

    # What duty officers and time do

    @rule(
        by=st.sampled_from(["duty-1", "duty-2", "board-1", "author"]),
        section=sections,
        locale=st.sampled_from([None, *LOCALES, VARIANT]),
        replacement=st.sampled_from([None, *SECTIONS]),
    )
    def withdraw(self, by: str, section: str, locale: str | None, replacement: str | None) -> None:
        with self._trying("withdraw", by) as (session, actor):
            take_down.withdraw(
                session,
                actor,
                section,
                locale,
                self.world.policy,
                reason="error",
                text="A number was wrong.",
                replacement=replacement,
            )

    @rule(by=st.sampled_from(["duty-1", "duty-2", "board-1"]), which=which)
    def confirm(self, by: str, which: int) -> None:
        with self._trying("confirm", by) as (session, actor):
            version = self._version(session, which, State.WITHDRAWN)
            withdrawal.confirm(session, actor, version.section, version.locale)

    @rule(ahead=hours)
    def time_passes(self, ahead: int) -> None:
        self.clock.shift(timedelta(hours=ahead))
        self.carry_out()

    @rule()
    def carry_out(self) -> None:
        with writing(self.world.engine) as session:
            expected = due.anything_due(session, self.world.policy)
            assert due.may_be_due(session, lambda _: self.world.policy) or not expected
            before = self._ledger(session)
            due.carry_out(session, self.world.policy)
            assert self._ledger(session) == before or expected
            assert not due.anything_due(session, self.world.policy)
        self.moved = True

    @rule(who=people, roles=st.sets(st.sampled_from(GRANTS), min_size=1, max_size=4))
    def see_what_waits(self, who: str, roles: set[str]) -> None:
        grants = frozenset(read_grant(role) for role in roles)
        someone = Actor(who, who, who, grants)
        asked = (someone, self.world.policy, (*LOCALES, VARIANT))
        with self.world.reading() as session:
            assert waiting.waiting(session, *asked) == one_by_one.waiting(session, *asked)

    def _ledger(self, session: Session) -> int:
        rows = session.connection().exec_driver_sql("SELECT count(*) FROM ledger").scalar_one()
        releases = session.connection().exec_driver_sql("SELECT count(*) FROM release").scalar_one()
        return int(rows) + int(releases)

    # Everybody does what is next, so that examples get somewhere

    @precondition(lambda self: hasattr(self, "world"))
    @rule(locale=locales, steps=st.integers(1, 2), chosen=st.sets(sections, min_size=1))
    def go_on(self, locale: str, steps: int, chosen: set[str]) -> None:
        """The next steps on the way of some sections in one language, each by who may do it."""
        for _ in range(steps):
            for section in sorted(chosen):
                self._next_step(section, locale)

    @rule(locale=locales)
    def go_all_the_way(self, locale: str) -> None:
        if locale != "en":
            self.translate(locale, "nothing", False)
        if locale == VARIANT:
            self.accept_inheritance()
        self.go_on(locale, 3, set(SECTIONS))

    @rule(field=st.sampled_from(FIELDS), kind=kinds, months=months)
    def publish(self, field: str, kind: str, months: int) -> None:
        """A changed page, and all of it into force."""
        self.write("author", field, kind, months)
        self.go_on("en", 3, set(SECTIONS))

    def _next_step(self, section: str, locale: str) -> None:
        policy = self.world.policy
        with self.world.reading() as session:
            version = versions.opened(session, section, locale)
            statement = statements.newest_for(session, version.key) if version else None
        if version is None:
            return
        if version.state == State.DRAFT:
            with self._trying("submit", "editor") as (session, actor):
                submission.submit(session, actor, _again(session, version), policy)
        elif version.state == State.IN_REVIEW:
            for by, kind in _reviewers(locale):
                with self._trying("review approve", by) as (session, actor):
                    _approve(session, actor, _again(session, version), kind)
            with self._trying("open statement", "editor") as (session, actor):
                statements.open_statement(session, actor, [_again(session, version)], policy)
        elif version.state == State.SIGN_OFF and statement is not None:
            for by in _signers(statement.role):
                with self._trying("sign approval", by) as (session, actor):
                    found = statements.find(session, statement.sha256)
                    SIGNERS.sign(session, actor, found, policy)

    @invariant()
    def all_invariants_hold(self) -> None:
        if getattr(self, "moved", False):
            self.moved = False
            self._require(QUICK)

    def _require(self, checks: tuple[Callable[[Snapshot], Iterator[str]], ...]) -> None:
        with self.world.reading() as session:
            now = snapshot(session, self.world.policy)
            wrong = [finding for check in checks for finding in check(now)]
            before = self.memory.states
            assert [*wrong, *self.memory.changes(now)] == []
            for version in now.versions if before else ():
                if before.get(version.reference) != version.state:
                    carried = "carried and " if version.carried_from is not None else ""
                    self.seen[f"{carried}{version.state}"] += 1


def _again(session: Session, version: Version) -> Version:
    return versions.by_id(session, version.key)


def _approve(session: Session, actor: Actor, version: Version, kind: Kind) -> None:
    if kind is Kind.LANGUAGE:
        acknowledge_all(session, actor, version)
    review.give(session, actor, version, kind=kind, verdict=Verdict.APPROVE, interests=NO_INTERESTS)


def _signers(role: str) -> list[str]:
    _, _, locale = role.partition(":")
    if locale:
        return [f"language-2-{locale.lower()}", f"language-1-{locale.lower()}"]
    return ["board-1", "board-2", "board-3", "board-4"]


def _statement(session: Session, which: int) -> Statement:
    """One of the open statements; the newest of all where none is open."""
    rows = session.exec(select(Statement).order_by(col(Statement.name).desc())).all()
    opened = [row for row in rows if row.state == StatementState.OPEN]
    if not rows:
        raise ContentError("there is no statement")
    return opened[which % len(opened)] if opened else rows[0]


def _reviewers(locale: str) -> list[tuple[str, Kind]]:
    if locale == "en":
        return [
            ("medical-1", Kind.MEDICAL),
            ("medical-2", Kind.MEDICAL),
            ("lay", Kind.LAY),
        ]
    return [
        (f"reviser-{locale.lower()}", Kind.REVISION),
        (f"language-1-{locale.lower()}", Kind.LANGUAGE),
    ]


def _worked_on(text: str, locale: str, leave: str, anew: bool) -> str:
    """The catalogue with the open entries done, but for what is left."""
    read = polib.pofile(text, wrapwidth=0)
    waiting = [one for one in read if anew or not one.msgstr or "fuzzy" in one.flags]
    if locale == VARIANT:  # most of it is inherited
        waiting = [one for one in waiting if one.msgstr or len(one.msgid) % 4 == 0]
    for place, entry in enumerate(waiting):
        if leave == "one blank" and place == 0:
            entry.msgstr = ""
            continue
        fuzzy = leave == "all fuzzy" or (leave == "one fuzzy" and place == 0)
        entry.msgstr = f"{locale}: {entry.msgid}"
        entry.flags = ["fuzzy"] if fuzzy else []
        entry.previous_msgid = None
    return str(read)
