"""What became of a file, or would become of it, as it is shown: entry by entry, by fate."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.desk.translating.sayings import FATES, Outcome
from content.translation.fate import Fate
from content.translation.report import Report, Taken
from content.translation.standing import Standing

#: Entries shown of a file. Whoever sends more reads the rest in their tool.
SHOWN_MAX = 200
#: Fates that are only counted: nothing happens, and nothing has to be looked at.
COUNTED = frozenset({"unchanged", "blank"})


@dataclass(frozen=True)
class Entry:
    """One entry: what it is about, what stood there, and what the file says. Frozen."""

    taken: Taken
    title: str
    source: str
    old: str


@dataclass(frozen=True)
class Group:
    """All entries of one fate, and how many of them are shown. Frozen."""

    fate: Fate
    outcome: Outcome
    count: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Texts:
    """What stands on a page before a file is taken: by section and unit. Frozen."""

    titles: Mapping[str, str]
    sources: Mapping[tuple[str, str], str]
    stands: Mapping[tuple[str, str], str]


def texts_of(found: Iterable[Standing], titles: Mapping[str, str]) -> Texts:
    sources, stands = {}, {}
    for now in found:
        for one in now.renderings:
            sources[now.section, one.message.unit] = one.message.text
            stands[now.section, one.message.unit] = one.shown
    return Texts(titles, sources, stands)


def groups(report: Report, texts: Texts) -> list[Group]:
    """By fate, first what needs somebody; at most SHOWN_MAX entries in all."""
    left = SHOWN_MAX
    found = []
    for fate, outcome in FATES.items():
        listed = [one for one in report.entries if one.fate == fate]
        if not listed:
            continue
        shown = [] if fate in COUNTED else listed[:left]
        left -= len(shown)
        before = _before(report)
        entries = tuple(_entry(one, texts, before) for one in shown)
        found.append(Group(fate, outcome, len(listed), entries))
    return found


def _before(report: Report) -> dict[tuple[str, str], str]:
    """What stood where the file wrote: once it is taken, nothing else says so."""
    return {(one.section, one.unit): one.before.target for one in report.written}


def _entry(one: Taken, texts: Texts, before: Mapping[tuple[str, str], str]) -> Entry:
    place = (one.section, one.unit)
    return Entry(
        one,
        texts.titles.get(one.section, one.section),
        texts.sources.get(place, ""),
        before.get(place, one.stands or texts.stands.get(place, "")),
    )


def is_empty(found: Sequence[Group]) -> bool:
    """Whether taking the file would change nothing and keep nothing."""
    return all(one.fate in COUNTED or one.fate in ("unknown", "retired") for one in found)
