"""The account of an upload: each entry of the file, and what the page has before and after."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from pydantic import TypeAdapter

from content.translation.fate import Fate
from content.translation.merge import Rendering

# The first three are made for each entry. Nobody changes one; to have it refused (`frozen`) would
# make each take four times as long.


@dataclass(slots=True)
class Stood:
    """What a draft had for a unit: words, and whether somebody stood behind them."""

    target: str
    fuzzy: bool


@dataclass(slots=True)
class Taken:
    """What became of one entry, and why where that is not plain."""

    unit: str
    section: str
    line: int
    fate: Fate
    why: str = ""
    #: The words of the file, as they were written or kept.
    target: str = ""
    fuzzy: bool = False
    #: What stands now.
    stands: str = ""
    #: What was done to the words on the way in, such as no-break spaces put where they belong.
    fixes: tuple[str, ...] = ()
    findings: tuple[dict[str, Any], ...] = ()


@dataclass(slots=True)
class Written:
    """One unit of one section that an upload changed, so that it can be put back."""

    section: str
    version: int
    unit: str
    before: Stood
    previous_source: str | None
    after: Stood


@dataclass(frozen=True)
class Coverage:
    """How much of a page a locale has: messages by what there is for them."""

    messages: int
    done: int
    #: Made for words that the source had before.
    stale: int
    #: A guess that nobody confirmed yet.
    suggested: int
    blank: int


@dataclass(frozen=True)
class Report:
    """What became of an upload: one line for each entry, in the order of the file."""

    upload: str
    page: str
    locale: str
    snapshot: str | None
    before: Coverage
    after: Coverage
    entries: tuple[Taken, ...]
    #: What is to be said of the file as a whole.
    remarks: tuple[str, ...] = ()
    #: Whether this very file was taken before: then nothing is new.
    again: bool = False
    #: Not in the answer: what `undo` needs.
    written: tuple[Written, ...] = field(default=(), repr=False)

    @property
    def counts(self) -> dict[Fate, int]:
        return dict(sorted(Counter(one.fate for one in self.entries).items()))

    def told(self) -> dict[str, Any]:
        """The report as an answer."""
        return {
            "upload": self.upload,
            "page": self.page,
            "locale": self.locale,
            "snapshot": self.snapshot,
            "again": self.again,
            "counts": self.counts,
            "coverage": {"before": asdict(self.before), "after": asdict(self.after)},
            "remarks": list(self.remarks),
            "entries": [_told(one) for one in self.entries],
        }


#: The report as JSON, as it is kept. Three times as fast as `json` is with this many small values.
_KEPT = TypeAdapter(Report)


def to_bytes(report: Report) -> bytes:
    """The whole report, and what was written."""
    return _KEPT.dump_json(report)


def from_bytes(body: bytes) -> Report:
    """The report as it was given, out of the bytes that were kept."""
    return _KEPT.validate_json(body)


def _told(one: Taken) -> dict[str, Any]:
    return {
        "class": one.fate,
        "line": one.line,
        "unit": one.unit,
        "section": one.section,
        "why": one.why,
        "target": one.target,
        "stands": one.stands,
        "fixes": list(one.fixes),
        "findings": list(one.findings),
    }


def coverage(renderings: Iterable[Rendering]) -> Coverage:
    """Counted by unit: what several sections share is one message, and the least of it counts."""
    rank: dict[str, int] = {}
    for one in renderings:
        unit, found = one.message.unit, _rank(one)
        if found < rank.setdefault(unit, found):
            rank[unit] = found
    counts = Counter(rank.values())
    return Coverage(
        len(rank), done=counts[3], stale=counts[2], suggested=counts[1], blank=counts[0]
    )


def _rank(one: Rendering) -> int:
    if not one.shown:
        return 0
    if not one.fuzzy:
        return 3
    return 2 if one.previous_source is not None else 1


#: One line an entry: of what several sections made of a shared unit, this is told first.
_STRENGTH: dict[Fate, int] = {
    "refused": 0,
    "conflict": 1,
    "outdated": 2,
    "updated": 3,
    "confirmed": 4,
    "fuzzy": 5,
}


def once(report: Sequence[Taken]) -> tuple[Taken, ...]:
    """One line for each entry, though a shared fact was taken by several sections."""
    best: dict[tuple[int, str], Taken] = {}
    for taken in sorted(report, key=lambda taken: _STRENGTH.get(taken.fate, 9)):
        best.setdefault((taken.line, taken.unit), taken)
    return tuple(sorted(best.values(), key=lambda taken: taken.line))
