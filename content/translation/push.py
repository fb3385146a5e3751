"""Taking a catalogue back: what became of each message, and drafts for what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sqlmodel import Session

from content.errors import WordsNotAccepted
from content.people.actor import Actor
from content.people.role import Permission
from content.records import version as versions
from content.records.version import State
from content.translation import catalogue, translation
from content.translation.assembly import accept
from content.translation.catalogue import Entry
from content.translation.merge import Rendering
from content.translation.translation import Standing

Fate = Literal[
    "updated", "confirmed", "unchanged", "fuzzy", "blank", "outdated", "unknown", "refused"
]


@dataclass(frozen=True)
class Taken:
    """What became of one entry, and why where that is not plain."""

    unit: str
    section: str
    line: int
    fate: Fate
    why: str = ""


def push(
    session: Session, actor: Actor, page: str, locale: str, source: bytes, *, summary: str = ""
) -> list[Taken]:
    """Take a page's .po file: each entry meets one fate, and a section with news gets a draft.

    Raises CatalogueRefused; nothing is taken then.
    """
    actor.must(Permission.TRANSLATE, locale)
    read = catalogue.read(source, locale)
    entries = {entry.unit: entry for entry in read if entry.unit}
    known: set[str] = set()
    report: list[Taken] = []
    for now in catalogue.standings(session, page, locale):
        known |= {rendering.message.unit for rendering in now.renderings}
        report += _take_section(session, actor, now, entries, summary)
    report += [
        Taken(entry.unit, "", entry.line, "unknown", "No section of this page has that msgctxt.")
        for entry in read
        if entry.unit not in known
    ]
    return _once(report)


def _take_section(
    session: Session,
    actor: Actor,
    now: Standing,
    entries: Mapping[str, Entry],
    summary: str,
) -> list[Taken]:
    changes: dict[str, Rendering] = {}
    report = []
    closed = _closed(now)
    for rendering in now.renderings:
        entry = entries.get(rendering.message.unit)
        if entry is None:
            continue
        taken, change = _take(now.section, rendering, entry)
        if change is not None and closed:
            taken, change = replace(taken, fate="refused", why=closed), None
        if change is not None:
            changes[rendering.message.unit] = change
        report.append(taken)
    if changes or (report and _behind(now)):
        translation.write(session, actor, now, changes, summary=summary)
    return report


def _behind(now: Standing) -> bool:
    """Whether there is a draft of an older source: a push takes it along, even without news."""
    version = now.version
    return (
        version is not None
        and version.state == State.DRAFT
        and (version.source != now.source_document)
    )


def _closed(now: Standing) -> str:
    """Why nothing can be written now; empty where it can."""
    version = now.version
    if version is None or version.state not in versions.OPEN_STATES - {State.DRAFT}:
        return ""
    return f"{version.reference} is past draft ({version.state}); have it returned first."


def _take(section: str, now: Rendering, entry: Entry) -> tuple[Taken, Rendering | None]:
    def fate(name: Fate, why: str = "") -> Taken:
        return Taken(entry.unit, section, entry.line, name, why)

    if not entry.target.strip():
        return fate("blank"), None
    if entry.source != now.message.text:
        return fate("outdated", "It was made for another source text; pull again."), None
    if entry.target == now.target and entry.fuzzy == now.fuzzy:
        return fate("unchanged"), None
    try:
        accept(now.message, entry.target)
    except WordsNotAccepted as refused:
        return fate("refused", refused.message), None
    # What it was made for before no longer holds: the words are new.
    told = Rendering(now.message, entry.target, entry.fuzzy)
    if entry.fuzzy and now.done:
        return fate("fuzzy", "What stands was confirmed, and a guess does not replace it."), None
    if entry.fuzzy:
        return fate("fuzzy"), told
    return fate("confirmed" if entry.target == now.target else "updated"), told


def _once(report: Sequence[Taken]) -> list[Taken]:
    """One line for each entry, though a shared fact was taken by several sections."""
    strength: dict[Fate, int] = {"refused": 0, "updated": 1, "confirmed": 2}
    best: dict[str, Taken] = {}
    for taken in sorted(report, key=lambda taken: strength.get(taken.fate, 3)):
        best.setdefault(taken.unit or f"line {taken.line}", taken)
    return sorted(best.values(), key=lambda taken: taken.line)
