"""The table of the merge, row by row, and what holds for every entry whatever."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.records.message import Message
from content.translation.fate import Entry, Verdict, decide
from content.translation.merge import Rendering
from content.translation.snapshot import Exported, digest

UNIT = "u1"
SOURCE, OLD_SOURCE = "It may help.", "It might help."
OUT, MINE, THEIRS = "Cela aide.", "Cela peut aider.", "Cela pourrait aider."


@dataclass(frozen=True)
class Row:
    """One row of the table in words: what went out, what came back, what stands now."""

    what: str
    fate: str
    done: str
    back: str = OUT
    back_fuzzy: bool = False
    out: str | None = OUT
    out_fuzzy: bool = False
    now: str = OUT
    now_fuzzy: bool = False
    moved: bool = False
    elsewhere: bool = False
    source: str = SOURCE
    forms: tuple[str, ...] = ()

    def decided(self) -> Verdict:
        entry = Entry(UNIT, self.source, self.back, self.back_fuzzy, 7, self.forms)
        now = Rendering(Message(UNIT, "paragraph", SOURCE), self.now, self.now_fuzzy)
        exported = None
        if self.out is not None:
            source = digest(OLD_SOURCE if self.moved else SOURCE)
            exported = Exported(source, digest(self.out), self.out_fuzzy)
        return decide(entry, now, exported, elsewhere=self.elsewhere)


def guess(what: str, fate: str, done: str, **told: object) -> Row:
    """A row of an entry that came back marked fuzzy."""
    return replace(Row(what, fate, done, back_fuzzy=True), **told)  # type: ignore[arg-type]


ROWS = (
    # Blank: nothing is ever deleted, whatever went out and whatever stands.
    Row("blank, was done", "blank", "", back=""),
    Row("blank, of spaces", "blank", "", back=" \t\n\u00a0"),
    Row("blank, was blank", "blank", "", back="", out="", now=""),
    Row("blank, source moved", "blank", "", back="", moved=True),
    Row("blank, somebody filled it", "blank", "", back="", out="", now=THEIRS),
    Row("blank, without snapshot", "blank", "", back="", out=None),
    guess("blank and fuzzy", "blank", "", back=""),
    guess("marked by hand, taken back since", "fuzzy", "kept", now=""),
    # U no.
    Row("as it went, as it stands", "unchanged", ""),
    Row("as it went, source moved", "unchanged", "", moved=True),
    Row("as it went, carried since", "unchanged", "", moved=True, now_fuzzy=True),
    Row("as it went, others changed it", "unchanged", "", now=THEIRS),
    Row("as it went, others changed it, source moved", "unchanged", "", now=THEIRS, moved=True),
    Row("as it went, taken back since", "unchanged", "", now=""),
    Row("as it went, taken back, source moved", "unchanged", "", now="", moved=True),
    Row("as it went, one section lacks it", "updated", "written", now="", elsewhere=True),
    Row(
        "as it went, one section lacks it, source moved",
        "unchanged",
        "",
        now="",
        elsewhere=True,
        moved=True,
    ),
    Row(
        "as it went, stands elsewhere, others changed it here",
        "unchanged",
        "",
        now=THEIRS,
        elsewhere=True,
    ),
    # U no, but for the fuzzy mark, which was taken off.
    Row("mark taken off", "confirmed", "written", out_fuzzy=True, now_fuzzy=True),
    Row(
        "mark taken off, source moved",
        "outdated",
        "kept",
        out_fuzzy=True,
        now_fuzzy=True,
        moved=True,
    ),
    Row("mark taken off, others did, too", "unchanged", "", out_fuzzy=True),
    Row("mark taken off, others did, source moved", "unchanged", "", out_fuzzy=True, moved=True),
    Row("mark taken off, other text", "conflict", "kept", out_fuzzy=True, now=THEIRS),
    Row(
        "mark taken off, other guess",
        "conflict",
        "kept",
        out_fuzzy=True,
        now=THEIRS,
        now_fuzzy=True,
    ),
    Row("mark taken off, taken back since", "updated", "written", out_fuzzy=True, now=""),
    Row(
        "mark taken off, taken back, moved", "outdated", "kept", out_fuzzy=True, now="", moved=True
    ),
    # U yes.
    Row("new words", "updated", "written", back=MINE),
    Row("first words", "updated", "written", back=MINE, out="", now=""),
    Row("new words for a guess", "updated", "written", back=MINE, out_fuzzy=True, now_fuzzy=True),
    Row("new words, taken back since", "updated", "written", back=MINE, now=""),
    Row("new words, others had the same", "unchanged", "", back=MINE, now=MINE),
    Row(
        "new words, others guessed the same",
        "confirmed",
        "written",
        back=MINE,
        now=MINE,
        now_fuzzy=True,
    ),
    Row("new words, other text", "conflict", "kept", back=MINE, now=THEIRS),
    Row("first words, other text", "conflict", "kept", back=MINE, out="", now=THEIRS),
    Row("new words, other guess", "conflict", "kept", back=MINE, now=THEIRS, now_fuzzy=True),
    Row("new words, a guess was confirmed", "conflict", "kept", back=MINE, out_fuzzy=True),
    Row("new words, what stood was carried", "conflict", "kept", back=MINE, now_fuzzy=True),
    Row("new words, source moved", "outdated", "kept", back=MINE, moved=True),
    Row("first words, source moved", "outdated", "kept", back=MINE, out="", now="", moved=True),
    Row(
        "new words, other text, source moved", "outdated", "kept", back=MINE, now=THEIRS, moved=True
    ),
    Row(
        "new words, same guess, source moved",
        "outdated",
        "kept",
        back=MINE,
        now=MINE,
        now_fuzzy=True,
        moved=True,
    ),
    Row("new words, same text, source moved", "unchanged", "", back=MINE, now=MINE, moved=True),
    Row("new words, source edited in the file", "updated", "written", back=MINE, source="Edited."),
    # Fuzzy.
    guess("guess as it went", "unchanged", "", out_fuzzy=True, now_fuzzy=True),
    guess(
        "guess as it went, source moved",
        "unchanged",
        "",
        out_fuzzy=True,
        now_fuzzy=True,
        moved=True,
    ),
    guess("guess as it went, others confirmed it", "unchanged", "", out_fuzzy=True),
    guess("guess as it went, others changed it", "unchanged", "", out_fuzzy=True, now=THEIRS),
    guess("guess as it went, taken back since", "unchanged", "", out_fuzzy=True, now=""),
    guess("mark put on", "fuzzy", ""),
    guess("mark put on, others changed it", "fuzzy", "kept", now=THEIRS),
    guess("mark put on, source moved", "fuzzy", "", moved=True),
    guess("first guess", "fuzzy", "written", back=MINE, out="", now=""),
    guess("better guess", "fuzzy", "written", back=MINE, out_fuzzy=True, now_fuzzy=True),
    guess("guess against a text", "fuzzy", "kept", back=MINE),
    guess("guess, others guessed", "fuzzy", "kept", back=MINE, out="", now=THEIRS, now_fuzzy=True),
    guess("guess, others filled it", "fuzzy", "kept", back=MINE, out="", now=THEIRS),
    guess("guess, others had the same text", "fuzzy", "", back=MINE, out="", now=MINE),
    guess(
        "guess, others had the same guess",
        "unchanged",
        "",
        back=MINE,
        out="",
        now=MINE,
        now_fuzzy=True,
    ),
    guess("guess, source moved", "fuzzy", "kept", back=MINE, out="", now="", moved=True),
    guess("guess, taken back since", "fuzzy", "written", back=MINE, now=""),
    # Nobody knows what it was made from.
    Row("no snapshot, as it stands", "unchanged", "", out=None),
    Row("no snapshot, as somebody guessed", "unchanged", "", out=None, now_fuzzy=True),
    Row("no snapshot, other words", "conflict", "kept", out=None, back=MINE),
    Row("no snapshot, first words", "conflict", "kept", out=None, back=MINE, now=""),
    Row(
        "no snapshot, of another source", "outdated", "kept", out=None, back=MINE, source=OLD_SOURCE
    ),
    Row("no snapshot, stands elsewhere", "conflict", "kept", out=None, now="", elsewhere=True),
    guess("no snapshot, guess", "fuzzy", "kept", out=None, back=MINE),
    guess("no snapshot, first guess", "fuzzy", "kept", out=None, back=MINE, now=""),
    guess("no snapshot, guess as it stands", "unchanged", "", out=None),
    # Plural forms: none of ours has any.
    Row("plural", "refused", "kept", forms=(MINE,)),
    Row("plural, first form blank", "refused", "kept", back="", forms=(MINE,)),
    Row("plural, blank", "blank", "", back="", forms=("", " ")),
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.what.replace(" ", "-"))
def test_the_table(row: Row) -> None:
    verdict = row.decided()

    done = "written" if verdict.writes else "kept" if verdict.keeps else ""
    assert (verdict.fate, done) == (row.fate, row.done)


def test_the_rows_are_all_different() -> None:
    assert len({replace(row, what="") for row in ROWS}) == len(ROWS)
    assert len({row.what for row in ROWS}) == len(ROWS)


#: Few texts, so that they are often the same; some are blank, one is odd.
texts = st.sampled_from(["", " ", OUT, MINE, THEIRS, f"{OUT} ", "\u202e\n"])
sources = st.sampled_from([SOURCE, OLD_SOURCE])
exports = st.none() | st.builds(Exported, sources.map(digest), texts.map(digest), st.booleans())
entries = st.builds(
    Entry,
    unit=st.just(UNIT),
    source=sources,
    target=texts,
    fuzzy=st.booleans(),
    line=st.just(7),
    forms=st.just(()) | st.tuples(texts),
)
standings = st.builds(
    Rendering,
    st.builds(Message, st.just(UNIT), st.just("paragraph"), sources),
    texts,
    st.booleans(),
    st.none() | sources,
    # What is inherited has no target of its own.
    inherited=st.just(False),
    own_links=st.just(()),
)
#: Fates that `decide` can give. The rest is for entries that it is not asked about.
DECIDED = {
    *("updated", "confirmed", "unchanged", "conflict", "outdated", "fuzzy", "blank", "refused"),
}


def wrongly_written(
    entry: Entry, now: Rendering, exported: Exported | None, given: Verdict
) -> Iterator[str]:
    """What must not be written, asked of the values and not of the code."""
    moved = exported is not None and exported.source != digest(now.message.text)
    if not entry.target.strip():
        yield "a blank deletes"
    if exported is None or moved:
        yield "written for a source that nobody knows, or that is no more"
    if now.done and digest(now.target) != exported_target(exported):
        yield "it overwrites what its translator had not seen"
    if entry.fuzzy and (now.done or given.fate != "fuzzy"):
        yield "a guess is taken for a text"


def wrongly_classed(entry: Entry, given: Verdict) -> Iterator[str]:
    if given.fate not in DECIDED:
        yield "no class of its own"
    if given.writes and given.keeps:
        yield "written and kept"
    if (given.fate == "blank") != (not entry.texts):
        yield "blank is what has no words, and nothing else"
    if given.keeps and not given.why:
        yield "kept, and nobody is told why"


def lost(entry: Entry, now: Rendering, exported: Exported | None, given: Verdict) -> bool:
    """Whether words go nowhere that neither stand nor went out as they came back."""
    if given.writes or given.keeps or not entry.texts:
        return False
    went = exported is not None and exported.target == digest(entry.target)
    return bool(entry.forms) or not (went or entry.target == now.target)


def exported_target(exported: Exported | None) -> str | None:
    return exported.target if exported else None


@given(entries, standings, exports, st.booleans())
def test_every_entry_is_written_or_kept_or_stands_already(
    entry: Entry, now: Rendering, exported: Exported | None, elsewhere: bool
) -> None:
    verdict = decide(entry, now, exported, elsewhere=elsewhere)

    assert verdict == decide(entry, now, exported, elsewhere=elsewhere)
    assert list(wrongly_classed(entry, verdict)) == []
    assert not verdict.writes or list(wrongly_written(entry, now, exported, verdict)) == []
    assert not lost(entry, now, exported, verdict)
