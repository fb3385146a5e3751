"""What is said about a text, as pages show it: unit by unit, what is open first."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from content.people.actor import Actor
from content.records import message
from content.records.access import may_discuss
from content.records.version import Version
from content.review import discussion, wording
from content.review.discussion import Entry, Said, Thread
from content.review.wording import Wording

#: Threads that are shown on one page; of the others it is said how many there are.
THREADS_SHOWN = 50
#: Units on one page.
SPOTS = 50
#: Characters of a unit that name it in a list.
NAME_MAX = 80


@dataclass(frozen=True)
class Spot:
    """One unit of a text. Frozen."""

    wording: Wording
    #: Threads, as many as there are, and how many of them are open.
    count: int = 0
    open: int = 0

    @property
    def unit(self) -> str:
        return self.wording.unit

    @property
    def is_gone(self) -> bool:
        """Whether the text has it no more."""
        return not self.wording.kind

    @property
    def words(self) -> str:
        """As readers see them."""
        return message.bare(self.wording.kind, self.wording.words)

    @property
    def source(self) -> str:
        """What it translates; empty for a source text."""
        return message.bare(self.wording.kind, self.wording.source or "")

    @property
    def name(self) -> str:
        """The beginning of its words, for a list."""
        words = " ".join((self.words or self.source).split())
        return words if len(words) <= NAME_MAX else f"{words[: NAME_MAX - 1].rstrip()}…"


@dataclass(frozen=True)
class Cut:
    """What one part of a discussion shows. Frozen."""

    spots: Sequence[Spot]
    part: int
    parts: int
    #: Whether it is about one unit alone, and how many of its threads stand on the parts before.
    alone: bool = False
    skipped: int = 0


@dataclass(frozen=True)
class Talk:
    """What is said about a text, as far as one page shows it. Frozen."""

    #: Where the text is.
    place: str
    open: int
    resolved: int
    may_speak: bool
    threads: Sequence[Thread] = ()
    wordings: Mapping[str, Wording] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where the discussion is."""
        return f"{self.place}/discussion"

    @property
    def sent_to(self) -> str:
        """Where something is said; below it, where a thread is answered."""
        return f"{self.place}/remarks"

    def of(self, units: Collection[str], *, resolved: bool = False) -> list[Thread]:
        """The threads of these units that are open, or that are resolved, the newest first."""
        found = [one for one in self.threads if one.unit in units and one.is_resolved is resolved]
        return found[::-1] if resolved else found

    def has_changed(self, said: Said) -> bool:
        """Whether the words have changed since this was said about them."""
        now = self.wordings.get(said.remark.unit)
        return now is not None and now.digest != said.remark.words


def place(version: Version) -> str:
    """Where a text is, whatever its number."""
    return f"/desk/sections/{version.section}/{version.locale}"


def beside(session: Session, actor: Actor, version: Version) -> Talk:
    """What is open, to stand beside a text."""
    entries = discussion.entries(session, version)
    shown = [one.thread for one in entries if not one.is_resolved][:THREADS_SHOWN]
    return _talk(
        session,
        actor,
        version,
        entries,
        shown,
        wording.units(session, version) if shown else {},
    )


def cut(every: Sequence[Spot], unit: str, part: int) -> Cut:
    """One part of a discussion: of all its units, or of what is said about this one alone."""
    alone = [one for one in every if unit and one.unit == unit]
    size, count = (THREADS_SHOWN, alone[0].count) if alone else (SPOTS, len(every))
    parts = max(1, -(-count // size))
    part = min(part, parts)
    first = (part - 1) * size
    if alone:
        return Cut(alone, part, parts, alone=True, skipped=first)
    return Cut(every[first : first + size], part, parts)


def part_of(unit: str, every: Sequence[Spot]) -> int:
    """On which part of a discussion a unit stands."""
    number = next((number for number, one in enumerate(every) if one.unit == unit), 0)
    return number // SPOTS + 1


def shown_at(
    session: Session, actor: Actor, version: Version, entries: Sequence[Entry], shown: Cut
) -> Talk:
    """What is said at these units: first what is open, then what was resolved last."""
    here = {one.unit for one in shown.spots}
    listed = [one for one in entries if one.unit in here]
    chosen = [
        *(one.thread for one in listed if not one.is_resolved),
        *(one.thread for one in reversed(listed) if one.is_resolved),
    ]
    return _talk(
        session,
        actor,
        version,
        entries,
        chosen[shown.skipped : shown.skipped + THREADS_SHOWN],
        {one.unit: one.wording for one in shown.spots if not one.is_gone},
    )


def _talk(
    session: Session,
    actor: Actor,
    version: Version,
    entries: Sequence[Entry],
    chosen: Collection[int],
    wordings: Mapping[str, Wording],
) -> Talk:
    resolved = sum(one.is_resolved for one in entries)
    return Talk(
        place(version),
        len(entries) - resolved,
        resolved,
        may_discuss(actor, version),
        discussion.load(session, chosen),
        wordings,
    )


def spots(session: Session, version: Version, entries: Iterable[Entry]) -> list[Spot]:
    """Every unit of a text in reading order; then those that are gone, but were talked about."""
    found = wording.units(session, version)
    about: dict[str, list[Entry]] = {}
    for one in entries:
        about.setdefault(one.unit, []).append(one)
    gone = [wording.gone(unit) for unit in about if unit not in found]
    return [
        Spot(one, len(said), sum(not entry.is_resolved for entry in said))
        for one in (*found.values(), *gone)
        for said in [about.get(one.unit, [])]
    ]
