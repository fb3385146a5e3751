"""Taking the entries of one catalogue: which unit each is for, and what becomes of it there."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from content.errors import WordsNotAccepted
from content.people.actor import Actor
from content.records import version as versions
from content.records.version import State
from content.translation import findings, translation
from content.translation.assembly import accept
from content.translation.fate import Entry, Verdict, decide
from content.translation.merge import Rendering
from content.translation.report import Stood, Taken, Written
from content.translation.snapshot import Exported
from content.translation.standing import Standing
from content.translation.translation import News

REPEATED = Verdict(
    "refused",
    "The file has this unit more than once, with different words; leave one. All are kept.",
    keeps=True,
)
PAST_DRAFT = "Its version is past draft; have it returned first."


@dataclass(frozen=True)
class Kept:
    """Words of an entry that go into no draft, and the unit of the section they are for."""

    section: str
    entry: Entry
    target: str
    reason: str


@dataclass
class Taking:
    """What came of the entries so far. Filled section by section."""

    #: By unit; more than one where the file has the unit more than once.
    entries: Mapping[str, Sequence[Entry]]
    exported: Mapping[str, Exported] | None
    #: (unit, words) that some section of the page stands behind.
    standing: Collection[tuple[str, str]]
    taken: list[Taken] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    #: What goes into drafts: for each section with any.
    news: list[News] = field(default_factory=list)
    #: What there is of each section then.
    after: list[Rendering] = field(default_factory=list)

    def section(self, now: Standing) -> None:
        """Take what the file has for one section."""
        changes: dict[str, Rendering] = {}
        met = False
        for rendering in now.renderings:
            told = self.entries.get(rendering.message.unit, ())
            met = met or bool(told)
            repeated = len(told) > 1 and _differ(told)
            for entry in told:
                verdict = self._verdict(now, rendering, entry, repeated=repeated)
                self._note(now, rendering, entry, verdict)
                if verdict.writes:
                    # What it was made for before no longer holds: the words are new.
                    changes[entry.unit] = Rendering(
                        rendering.message,
                        entry.target,
                        entry.fuzzy,
                        own_links=rendering.own_links,
                    )
        news = News(now, changes)
        self.after += news.renderings
        if changes or (met and _behind(now)):
            self.news.append(news)

    def write(self, session: Session, actor: Actor, summary: str) -> tuple[Written, ...]:
        """Put the news into drafts; `summary` is for those that it begins."""
        drafts = translation.write_all(session, actor, self.news, summary=summary)
        return tuple(
            told
            for version, news in zip(drafts, self.news, strict=True)
            for told in _written(version.key, news)
        )

    def _verdict(
        self, now: Standing, rendering: Rendering, entry: Entry, *, repeated: bool
    ) -> Verdict:
        if repeated and entry.texts:
            return REPEATED
        exported = None if self.exported is None else self.exported.get(entry.unit)
        elsewhere = (entry.unit, entry.target) in self.standing
        verdict = decide(entry, rendering, exported, elsewhere=elsewhere)
        if not verdict.writes:
            return verdict
        refusal = _closed(now) or _not_accepted(rendering, entry)
        return Verdict("refused", refusal, keeps=True) if refusal else verdict

    def _note(self, now: Standing, rendering: Rendering, entry: Entry, verdict: Verdict) -> None:
        why = verdict.why
        if entry.source != rendering.message.text and verdict.fate in ("updated", "confirmed"):
            why = "The source text was edited in the file; the unit was found by its msgctxt."
        found = findings.of_text(rendering.message, entry.target, now.locale, now.source.locale)
        self.taken.append(
            Taken(
                unit=entry.unit,
                section=now.section,
                line=entry.line,
                fate=verdict.fate,
                why=why,
                target=entry.target,
                fuzzy=entry.fuzzy,
                stands=entry.target if verdict.writes else rendering.target,
                fixes=entry.fixes,
                findings=tuple(map(findings.told, found)) if found else (),
            )
        )
        if verdict.keeps:
            self.kept += [Kept(now.section, entry, text, verdict.fate) for text in entry.texts]


def begin(
    entries: tuple[Entry, ...],
    standings: list[Standing],
    exported: Mapping[str, Exported] | None,
) -> tuple[Taking, list[Entry]]:
    """(what to take, entries that no section of the page knows)."""
    units = {one.message.unit for now in standings for one in now.renderings}
    named = entries if all(one.unit for one in entries) else tuple(_named(entries, standings))
    known: dict[str, list[Entry]] = {}
    for one in named:
        if one.unit in units:
            known.setdefault(one.unit, []).append(one)
    unknown = [one for one in named if one.unit not in units]
    standing = {
        (one.message.unit, one.target) for now in standings for one in now.renderings if one.done
    }
    return Taking(known, exported, standing), unknown


def _written(version: int, news: News) -> Iterator[Written]:
    """What was put into a draft, and what stood there before."""
    stood = {one.message.unit: one for one in news.now.renderings}
    for unit, change in news.changes.items():
        before = stood[unit]
        yield Written(
            news.now.section,
            version,
            unit,
            Stood(before.shown, before.fuzzy),
            before.previous_source,
            Stood(change.target, change.fuzzy),
        )


def _named(entries: tuple[Entry, ...], standings: list[Standing]) -> Iterator[Entry]:
    """The entries; one without msgctxt is found by its source text, if one unit alone has it."""
    by_text: dict[str, set[str]] = {}
    for now in standings:
        for one in now.renderings:
            by_text.setdefault(one.message.text, set()).add(one.message.unit)
    for entry in entries:
        units = by_text.get(entry.source, set())
        if not entry.unit and len(units) == 1:
            yield entry._replace(unit=next(iter(units)))
        else:
            yield entry


def _differ(entries: Sequence[Entry]) -> bool:
    return len({(one.texts, one.fuzzy) for one in entries if one.texts}) > 1


def _closed(now: Standing) -> str:
    """Why nothing can be written now; empty where it can."""
    version = now.version
    if version is None or version.state not in versions.OPEN_STATES - {State.DRAFT}:
        return ""
    return PAST_DRAFT


def _not_accepted(rendering: Rendering, entry: Entry) -> str:
    """Why the words cannot stand in their place. A guess may be broken: it goes no further."""
    try:
        if not entry.fuzzy:
            accept(rendering.message, entry.target, rendering.own_links)
    except WordsNotAccepted as refused:
        return refused.message
    return ""


def _behind(now: Standing) -> bool:
    """Whether there is a draft of an older source: a file takes it along, even without news."""
    version = now.version
    return (
        version is not None
        and version.state == State.DRAFT
        and version.source != now.source_document
    )
