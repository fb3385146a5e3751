"""What becomes of one entry of a catalogue that came back: a three-way merge, as pure functions.

Compared are what went out (the snapshot), what came back (the entry), and what stands now (the
rendering). U: the entry differs from what went out. S: the source changed since. D: what stands
changed since.

| U     | S            | D                | fate                                                  |
|-------|--------------|------------------|-------------------------------------------------------|
| no    |              |                  | unchanged; a fuzzy mark taken off confirms, unless S; |
|       |              |                  | what another section of the page has is filled in     |
| yes   | no           | no               | updated                                               |
| yes   | no           | yes, same text   | confirmed, or unchanged where it was confirmed        |
| yes   | no           | yes, other text  | conflict: what stands stays                           |
| yes   | yes          |                  | outdated: it was made for the old source              |
| fuzzy |              |                  | fuzzy: goes no further than a draft                   |
| blank |              |                  | blank: never deletes                                  |

What does not become the text of a draft is kept as a suggestion, whatever its fate. Without a
snapshot nobody knows what an entry was made from, so all of it is kept as suggestions.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from content.translation.merge import Rendering
from content.translation.snapshot import Exported

Fate = Literal[
    "updated",
    "confirmed",
    "unchanged",
    "conflict",
    "outdated",
    "fuzzy",
    "blank",
    "retired",
    "unknown",
    "refused",
]


class Entry(NamedTuple):
    """One entry of a file that came back."""

    #: Its msgctxt; empty where somebody's tool dropped it.
    unit: str
    source: str
    target: str
    fuzzy: bool
    line: int
    #: Plural forms behind the first. No unit of ours has any.
    forms: tuple[str, ...] = ()
    #: What was put right in the words on the way in, each as `'before' -> 'after'`.
    fixes: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The words in it; none where it is blank."""
        if not self.forms:  # which is nearly always
            return (self.target,) if self.target.strip() else ()
        return tuple(text for text in (self.target, *self.forms) if text.strip())


@dataclass(frozen=True)
class Verdict:
    """What is done with an entry: written into the draft, kept as a suggestion, or neither."""

    fate: Fate
    why: str = ""
    writes: bool = False
    keeps: bool = False


BLANK = Verdict("blank")
PLURAL = Verdict(
    "refused", "The text has no plural forms, and the file gives it several; all kept.", keeps=True
)
UNCHANGED = Verdict("unchanged")
UPDATED = Verdict("updated", writes=True)
CONFIRMED = Verdict("confirmed", writes=True)
CONFLICT = Verdict(
    "conflict", "Somebody else changed this since; what stands stays, yours is kept.", keeps=True
)
OUTDATED = Verdict("outdated", "The source text changed since; yours is kept for it.", keeps=True)
NO_SNAPSHOT = Verdict(
    "conflict",
    "The file does not say what it was made from (X-Hub-Snapshot); kept as a suggestion.",
    keeps=True,
)
MADE_FOR_ANOTHER = Verdict("outdated", "It was made for another source text; kept.", keeps=True)
GUESS = Verdict("fuzzy", writes=True)
GUESS_KEPT = Verdict(
    "fuzzy", "What stands was confirmed, and a guess does not replace it; kept.", keeps=True
)
GUESS_KNOWN = Verdict("fuzzy", "The same words were confirmed already; they stay so.")
GUESS_GONE = Verdict("fuzzy", "These words were taken back since; kept as they are.", keeps=True)
GUESS_OUTDATED = Verdict("fuzzy", "The source text changed since; kept as it is.", keeps=True)


def decide(
    entry: Entry, now: Rendering, exported: Exported | None, *, elsewhere: bool = False
) -> Verdict:
    """The verdict for an entry whose unit the page has now.

    `exported` is what the snapshot says of the unit; None without a snapshot. `elsewhere` is
    whether the entry's words stand for the same unit in another section of the page.
    """
    if not entry.texts:
        return BLANK
    if entry.forms:
        return PLURAL
    if entry.target == now.shown and entry.fuzzy == now.fuzzy:
        return UNCHANGED
    if exported is None:
        return _without_snapshot(entry, now)
    source_moved = not exported.has_source(now.message.text)
    if entry.fuzzy:
        return _fuzzy(entry, now, exported, source_moved)
    if exported.has_target(entry.target):
        return _untouched(entry, now, exported, source_moved, elsewhere)
    return _touched(entry, now, exported, source_moved)


def _without_snapshot(entry: Entry, now: Rendering) -> Verdict:
    if entry.target == now.target:
        return UNCHANGED
    if entry.fuzzy:
        return GUESS_KEPT
    return NO_SNAPSHOT if entry.source == now.message.text else MADE_FOR_ANOTHER


def _fuzzy(entry: Entry, now: Rendering, exported: Exported, source_moved: bool) -> Verdict:
    if exported.fuzzy and exported.has_target(entry.target):
        return UNCHANGED  # it came back as it went
    if entry.target == now.target:
        return GUESS_KNOWN
    if source_moved:
        return GUESS_OUTDATED
    if now.done or _changed_by_others(now, exported):
        return GUESS_KEPT
    # A mark alone does not bring words again that somebody took back.
    return GUESS_GONE if exported.has_target(entry.target) else GUESS


def _untouched(
    entry: Entry, now: Rendering, exported: Exported, source_moved: bool, elsewhere: bool
) -> Verdict:
    if not exported.fuzzy:
        # What two sections share may be missing in one of them still. Where it stands nowhere
        # any more, somebody took it back, and whoever did not touch it does not bring it again.
        fills = elsewhere and not now.shown and not source_moved
        return UPDATED if fills else UNCHANGED
    if source_moved:
        return OUTDATED
    if entry.target == now.target:
        return CONFIRMED
    return CONFLICT if now.target else UPDATED


def _touched(entry: Entry, now: Rendering, exported: Exported, source_moved: bool) -> Verdict:
    if source_moved:
        return OUTDATED
    if entry.target == now.target:
        return CONFIRMED
    return CONFLICT if _changed_by_others(now, exported) else UPDATED


def _changed_by_others(now: Rendering, exported: Exported) -> bool:
    """D of the table. What is blank now stands in nobody's way."""
    if not now.target:
        return False
    return now.fuzzy != exported.fuzzy or not exported.has_target(now.target)
