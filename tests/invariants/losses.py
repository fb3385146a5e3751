"""Random histories of one catalogue: two translators, a source that moves, files that went astray.

What was sent is modelled here from the files and from the rows, not from the code: whoever wrote a
word finds it again, and nobody's words go by the hand of somebody who had not seen them.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import polib
import pytest
import time_machine
from hypothesis import event
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlmodel import Session, col, select

from content.database import writing
from content.errors import ContentError, LaterWorkStands, StateHasMoved
from content.people import person
from content.review import retraction
from content.review.review import Kind, Verdict
from content.translation import catalogue, upload
from content.translation.merge import Rendering
from content.translation.report import Report
from content.translation.suggestion import Suggestion, SuggestionState
from tests.invariants import rows
from tests.invariants.pages import Edition
from tests.world import World, without_who

START = "2026-11-23T09:00:00Z"
PAGE, LOCALE = "treatment", "fr"
TRANSLATORS = ("translator-fr", "zoe")
SECTIONS = ("treatment", "benefits", "risks", "living-with-it")
#: Tables that say what a locale has.
KEPT = {"suggestion", "upload", "snapshot", "unit", "version"}
#: Where an entry of each class is found right after it was sent, beside the archive.
WRITTEN, OFFERED = {"updated", "confirmed"}, {"conflict", "outdated", "refused"}

#: By section and unit.
Standing = Mapping[tuple[str, str], Rendering]


@dataclass(frozen=True)
class Edit:
    """What somebody, or their tool, does to one entry of a file."""

    place: int
    how: str
    text: str


@dataclass(frozen=True)
class Sent:
    """One upload with what stood before it."""

    report: Report
    body: bytes
    before: Standing
    pulled: str


edits = st.builds(
    Edit,
    st.integers(0, 30),
    st.sampled_from(
        ["write"] * 6
        + ["fuzzy", "sure"] * 2
        + ["blank", "drop", "double", "bare", "source", "astray"]
    ),
    # Words of two people that are sometimes the same, words that fit nowhere, and spaces.
    st.sampled_from(["", "Un", "Deux", "Trois {9}", " ", "<b>Non</b>"]),
)
headers = st.sampled_from(["own", "own", "own", "own", "none", "foreign", "unheard"])
editions = st.builds(
    Edition,
    numbers=st.tuples(st.sampled_from([2000, 2001]), st.sampled_from([4, 5]), st.just(3)),
    bold=st.booleans(),
    item=st.booleans(),
    living=st.booleans(),
    summary=st.just("Changed"),
)


def edited(text: str, changes: list[Edit], name: str | None) -> polib.POFile:
    """The file with these edits; `name` is of the snapshot, None takes its header out."""
    file = polib.pofile(text, wrapwidth=0)
    if name is None:
        del file.metadata["X-Hub-Snapshot"]
    else:
        file.metadata["X-Hub-Snapshot"] = name
    for edit in changes:
        if live := _live(file):
            _edit(file, live[edit.place % len(live)], edit)
    return file


def _live(file: polib.POFile) -> list[polib.POEntry]:
    """All but the obsolete ones, which tools keep and nobody works on."""
    return [entry for entry in file if not entry.obsolete]


def _edit(file: polib.POFile, entry: polib.POEntry, edit: Edit) -> None:
    # Text that can stand there: with the links of the source, if it has any.
    text = edit.text or f"Autre – {entry.msgid}"
    if edit.how in ("write", "blank"):
        entry.msgstr = text if edit.how == "write" else ""
    elif edit.how in ("fuzzy", "sure"):
        entry.flags = ["fuzzy"] if edit.how == "fuzzy" else []
    elif edit.how == "drop":
        file.remove(entry)
    elif edit.how == "double":
        file.append(polib.POEntry(msgctxt=entry.msgctxt, msgid=entry.msgid, msgstr=text))
    else:
        if edit.how in ("bare", "astray"):
            entry.msgctxt = None
        if edit.how in ("source", "astray"):
            entry.msgid = f"{entry.msgid} (edited)"  # nothing that is tidied in a translation


class Losses(RuleBasedStateMachine):
    """A catalogue that goes out and comes back. A subclass names the database to begin from."""

    database: ClassVar[Callable[[], Any]]
    #: Classes and refusals that occurred in all examples together.
    seen: ClassVar[Counter[str]]

    @initialize()
    def begin(self) -> None:
        self.travel = time_machine.travel(START, tick=True)
        self.travel.start()
        self.open = type(self).database()
        self.world = World(self.open.__enter__())
        self.exports = [self.world.pull(LOCALE)]
        self.sent: list[Sent] = []
        self.live: dict[str, Sent] = {}

    def teardown(self) -> None:
        if hasattr(self, "open"):
            self.open.__exit__(None, None, None)
            self.travel.stop()

    @rule()
    def pull(self) -> None:
        text = self.world.pull(LOCALE)
        assert text == self.world.pull(LOCALE), "the same state gives the same bytes"
        if text in self.exports:
            self.exports.remove(text)
        self.exports.append(text)

    @rule(
        which=st.integers(0, 9),
        changes=st.lists(edits, min_size=1, max_size=6),
        header=headers,
        by=st.sampled_from(TRANSLATORS),
    )
    def send(self, which: int, changes: list[Edit], header: str, by: str) -> None:
        # Later ones are met more often: most people work in what they pulled last.
        out = self.exports[-1 - which % min(3, len(self.exports))]
        name = polib.pofile(out).metadata["X-Hub-Snapshot"]
        other = polib.pofile(self.exports[0]).metadata["X-Hub-Snapshot"]
        named = {"own": name, "none": None, "foreign": other, "unheard": "0" * 64}[header]
        file = edited(out, changes, named)
        body = f"{file}\n".encode()
        before, pulled, table = self.standing(), self.world.pull(LOCALE), self.tables()
        dry = self.take(body, by, commit=False)
        assert self.tables() == table, "a dry run leaves nothing"
        report = self.take(body, by)
        assert report == dry, "a dry run tells what happens"
        if report.again:
            assert self.tables() == table
            self.note("again")
            return
        self.only_this_locale(table)
        self.told_in_order(file, report)
        known = {"own": out, "foreign": self.exports[0]}.get(header)
        self.found_again(report, before, known)
        self.nobody_overwritten(before, known)
        after = self.tables()
        again = self.take(body, by)
        assert again == replace(report, again=True)
        assert self.tables() == after, "the same bytes again change nothing"
        one = Sent(report, body, before, pulled)
        self.sent.append(one)
        self.live[report.upload] = one

    @rule(
        one=st.lists(edits, min_size=1, max_size=3),
        other=st.lists(edits, min_size=1, max_size=3),
    )
    def send_both(self, one: list[Edit], other: list[Edit]) -> None:
        """Two people work in the same file, and neither sees what the other does."""
        self.pull()
        self.send(0, one, "own", TRANSLATORS[0])
        self.send(0, other, "own", TRANSLATORS[1])

    @precondition(lambda self: self.live)
    @rule(which=st.integers(0, 9), by=st.sampled_from(TRANSLATORS))
    def undo(self, which: int, by: str) -> None:
        one = list(self.live.values())[which % len(self.live)]
        table, before = self.tables(), self.standing()
        last = one is self.sent[-1] and self.untouched == table["ledger"][-1]
        refused = self.take_back(one, by)
        if refused is not None:
            assert refused.context["works"]
            assert self.tables() == table, "a refusal leaves nothing"
            assert not last, "there was no later work"
            self.note("later work")
            return
        self.note("undone")
        del self.live[one.report.upload]
        self.only_this_locale(table)
        self.put_back(one, before)
        assert without_who(self.world.pull(LOCALE)) == without_who(one.pulled) or not last
        after = self.tables()
        with pytest.raises(StateHasMoved):
            self.take_back(one, by)
        assert self.tables() == after

    @rule(edition=editions)
    def move_source(self, edition: Edition) -> None:
        told = self.world.write(edition.source())
        changed = [one.section for one in told if one.what in ("created", "updated")]
        try:
            if changed:
                self.world.publish(*changed)
        except ContentError as refused:
            self.note(f"source {refused.code}")

    @rule(section=st.sampled_from(SECTIONS))
    def submit(self, section: str) -> None:
        if self.world.states(LOCALE).get(section, [""])[-1] == "draft":
            try:
                self.world.submit(section, LOCALE)
            except ContentError as refused:
                self.note(f"submit {refused.code}")

    @rule(section=st.sampled_from(SECTIONS), back=st.booleans())
    def review(self, section: str, back: bool) -> None:
        if self.world.states(LOCALE).get(section, [""])[-1] != "in_review":
            return
        if back:
            verdict = Verdict.RETURN
            self.world.review(section, "reviser-fr", Kind.REVISION, verdict, LOCALE)
        else:
            self.world.review_all(section, LOCALE)
            self.world.sign_off(section, locale=LOCALE)
        self.note("returned" if back else "published")

    @invariant()
    def whatever_was_sent_is_reachable(self) -> None:
        if not getattr(self, "sent", None):
            return
        with self.world.reading() as session:
            listed = {(one.sha256, bytes(one.body)) for one in _listed(session)}
            offered = {
                (row.section, row.unit, row.target)
                for row in session.exec(select(Suggestion))
                if row.state == SuggestionState.OPEN
            }
            for one in self.sent:
                assert (one.report.upload, one.body) in listed
                assert upload.report_of(upload.find(session, one.report.upload)).entries
        for one in self.live.values():
            for entry in one.report.entries:
                if entry.fate in OFFERED and entry.target.strip():
                    assert (entry.section, entry.unit, entry.target) in offered, entry

    # What is asked after each upload

    def take(self, body: bytes, by: str, *, commit: bool = True) -> Report:
        with writing(self.world.engine) as session:
            actor = person.actor(session, by)
            report = upload.take(session, actor, PAGE, LOCALE, body)
            if not commit:
                session.rollback()
            return report

    def take_back(self, one: Sent, by: str) -> LaterWorkStands | None:
        """The refusal, if there is one."""
        try:
            with self.world.acting(by) as (session, actor):
                retraction.take_back(session, actor, upload.find(session, one.report.upload))
        except LaterWorkStands as refused:
            return refused
        return None

    def tables(self) -> rows.Rows:
        return rows.of(self.world.engine)

    @property
    def untouched(self) -> Any:
        """The row of the ledger that tells of the last upload."""
        told = [row for row in self.tables()["ledger"] if "catalogue.uploaded" in row]
        return told[-1]

    def standing(self) -> Standing:
        with self.world.reading() as session:
            return {
                (now.section, one.message.unit): one
                for now in catalogue.standings(session, PAGE, LOCALE)
                for one in now.renderings
            }

    def only_this_locale(self, before: rows.Rows) -> None:
        after = self.tables()
        for name in sorted(KEPT - {"unit"}):
            others = [row for row in before[name] if LOCALE not in row]
            assert [row for row in after[name] if LOCALE not in row] == others, name
        ours = {row[0] for row in after["version"] if LOCALE in row}
        others = [row for row in before["unit"] if row[0] not in ours]
        assert [row for row in after["unit"] if row[0] not in ours] == others

    def told_in_order(self, file: polib.POFile, report: Report) -> None:
        live = _live(file)
        assert [one.target for one in report.entries] == [entry.msgstr for entry in live]
        lines = [one.line for one in report.entries]
        assert lines == sorted(set(lines)), "one line for each entry"
        for one, entry in zip(report.entries, live, strict=True):
            assert entry.msgctxt in (None, one.unit)
            assert (one.fate == "blank") <= (not entry.msgstr.strip()), one
            self.note(one.fate)

    def found_again(self, report: Report, before: Standing, known: str | None) -> None:
        """Each word is where its class says that it is."""
        after, went = self.standing(), _went(known)
        with self.world.reading() as session:
            kept = {
                (row.section, row.unit, row.target)
                for row in session.exec(select(Suggestion))
                if row.upload == report.upload
            }
        for one in report.entries:
            key = (one.section, one.unit)
            words = (one.section, one.unit, one.target)
            if not one.target.strip() or one.fate in ("retired", "unknown"):
                assert words not in kept
            elif one.fate in WRITTEN:
                assert (after[key].target, after[key].fuzzy) == (one.target, False)
            elif one.fate in OFFERED:
                assert words in kept
                assert after[key] == before[key] or one.fate != "conflict"
            elif one.fate == "fuzzy":
                assert words in kept or after[key].target == one.target
                assert not after[key].done or before[key].done, "a guess is no text"
            else:
                stands = {row.target for where, row in after.items() if where[1] == one.unit}
                assert one.target in stands or went.get(one.unit) == one.target, one

    def nobody_overwritten(self, before: Standing, known: str | None) -> None:
        """What is gone had gone out to whoever sent the file: they saw it."""
        after, went = self.standing(), _went(known)
        for key, stood in before.items():
            if stood.target and after[key].target != stood.target:
                assert went.get(key[1]) == stood.target, (key, stood, after[key])
            elsewhere = {row.target for where, row in before.items() if where[1] == key[1]}
            if known and after[key].target not in elsewhere:
                assert went[key[1]] != after[key].target, "taken back, and nobody touched it"

    def put_back(self, one: Sent, before: Standing) -> None:
        after = self.standing()
        written = {(row.section, row.unit) for row in one.report.written}
        for key, now in after.items():
            if key not in written:
                assert now == before[key], key
            elif key in one.before and one.before[key].message == now.message:
                assert now == one.before[key], key

    def note(self, what: str) -> None:
        type(self).seen[what] += 1
        event(what)


def _went(known: str | None) -> dict[str, str]:
    """Unit to the words that went out; nothing where nobody knows."""
    return {entry.msgctxt: entry.msgstr for entry in polib.pofile(known)} if known else {}


def _listed(session: Session) -> list[upload.Upload]:
    return list(session.exec(select(upload.Upload).where(col(upload.Upload.locale) == LOCALE)))
