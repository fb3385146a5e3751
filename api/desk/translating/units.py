"""The texts of a section as they are shown: each with all that a translator needs beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from content.records.message import bare
from content.records.word_diff import Run, is_critical, runs
from content.sign_off import recall
from content.translation import findings, glossary, locale_rules, suggestion
from content.translation.checks import Finding
from content.translation.checks.terms import terms_in
from content.translation.exchange.term import Term
from content.translation.locale_rules import Proposal
from content.translation.memory import Hit
from content.translation.merge import BETWEEN_TEXTS, Rendering
from content.translation.note import SUGGESTIONS_MAX, TERMS_MAX
from content.translation.own_links import applied
from content.translation.report import Taken
from content.translation.snapshot import digest
from content.translation.standing import Standing
from content.translation.suggestion import Suggestion
from content.translation.unit_by_unit import TO_DECIDE, Typed

#: Hits of the memory shown with one text: the likest.
HITS_MAX = 3
#: Behind a digest, the mark that what stood was unsure.
UNSURE = "!"


@dataclass(frozen=True)
class Shown:
    """One text and what stands for it. Frozen."""

    rendering: Rendering
    #: The words in the field: what stands, or what somebody typed and could not save.
    words: str
    unsure: bool
    #: The source before, where it changed: its difference from now, or the texts it was made of.
    changes: tuple[Run, ...] = ()
    merged_of: tuple[str, ...] = ()
    is_critical: bool = False
    links: tuple[tuple[int, str, str], ...] = ()
    terms: tuple[Term, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    hits: tuple[Hit, ...] = ()
    findings: tuple[Finding, ...] = ()
    proposal: Proposal | None = None
    #: What became of words that were typed, where it needs their writer; and what differs from
    #: what stands.
    taken: Taken | None = None
    against: tuple[Run, ...] = ()
    #: What its writer had before them, where nobody could tell them what stands now.
    typed: Typed | None = None

    @property
    def unit(self) -> str:
        return self.rendering.message.unit

    @property
    def stood(self) -> str:
        """What the form says of what its writer had before them."""
        if self.typed is not None:
            return self.typed.stood + (UNSURE if self.typed.stood_fuzzy else "")
        return digest(self.rendering.target) + (UNSURE if self.rendering.fuzzy else "")

    @property
    def source(self) -> str:
        """The same of the source text."""
        return self.typed.source if self.typed is not None else self.rendering.message.text

    @property
    def state(self) -> str:
        """`done`, `inherited`, `changed`, `unsure` or `blank`."""
        one = self.rendering
        if one.done:
            return "inherited" if one.inherited else "done"
        if not one.target:
            return "blank"
        return "unsure" if one.previous_source is None else "changed"


@dataclass(frozen=True)
class Section:
    """All texts of a section, and what is found in them. Frozen."""

    now: Standing
    terms: tuple[Term, ...]
    found: Mapping[str, tuple[Finding, ...]]
    offered: Mapping[str, tuple[Suggestion, ...]]

    def shown_as(self, show: str) -> list[Rendering]:
        """Those that are asked for: see sayings.SHOWS."""
        return [one for one in self.now.renderings if self._is(show, one)]

    def counts(self) -> dict[str, int]:
        """How many there are to show, by the same words."""
        return {
            show: len(self.shown_as(show))
            for show in ("all", "todo", "unsure", "changed", "findings")
        }

    def _is(self, show: str, one: Rendering) -> bool:
        unit = one.message.unit
        return {
            "all": True,
            "todo": not one.done or unit in self.offered,
            "unsure": one.fuzzy and one.previous_source is None,
            "changed": one.fuzzy and one.previous_source is not None,
            "findings": unit in self.found,
        }[show]


def section_of(session: Session, now: Standing) -> Section:
    """What the checks and the glossary say of it, and what waits to be taken."""
    terms = glossary.agreed(session, now.locale, now.source.locale)
    offered: dict[str, tuple[Suggestion, ...]] = {}
    stands = {one.message.unit: one.shown for one in now.renderings}
    for one in suggestion.opened(session, [now.section], now.locale):
        # Words that stand there by now are no news.
        if one.unit in stands and stands[one.unit] != one.target:
            offered[one.unit] = (*offered.get(one.unit, ()), one)
    found = findings.of_renderings(now.renderings, now.locale, now.source.locale, terms)
    return Section(now, terms, found, offered)


def show(session: Session, section: Section, chosen: Sequence[Rendering]) -> list[Shown]:
    """These texts with all that stands beside them."""
    now = section.now
    asked = [one.message.text for one in chosen if not one.done]
    hits = recall.search_all(session, asked, now.locale)
    return [
        _shown(section, one, tuple(hits.get(one.message.text, ()))[:HITS_MAX]) for one in chosen
    ]


def with_typed(one: Shown, typed: Typed, taken: Taken | None) -> Shown:
    """The same after it was sent and not saved as it was.

    What its writer can decide about stands in the field, beside what it differs from. Without word
    of it (`taken`), all that was sent failed, and it goes on from what its writer had before them.
    """
    if taken is None:
        return replace(one, words=typed.target, unsure=typed.fuzzy, typed=typed)
    if taken.fate not in TO_DECIDE:
        return replace(one, taken=taken)
    stands = one.rendering.shown
    differs = taken.fate == "conflict" and stands
    against = runs(stands, typed.target) if differs else ()
    return replace(one, words=typed.target, unsure=typed.fuzzy, taken=taken, against=against)


def _shown(section: Section, one: Rendering, hits: tuple[Hit, ...]) -> Shown:
    now, message = section.now, one.message
    here = applied(message.links, one.own_links)
    offered = sorted(section.offered.get(message.unit, ()), key=lambda told: -told.key)
    shown = Shown(
        rendering=one,
        words=one.target,
        unsure=one.fuzzy,
        links=tuple(
            (number, link, own)
            for number, (link, own) in enumerate(zip(message.links, here, strict=True), start=1)
        ),
        terms=tuple(terms_in(message.text, section.terms))[:TERMS_MAX],
        suggestions=tuple(offered[:SUGGESTIONS_MAX]),
        hits=tuple(hit for hit in hits if hit.pair.target != one.target),
        findings=_findings(section, one),
        proposal=_proposal(now, one),
    )
    return _with_changes(shown, now.source.locale)


def _findings(section: Section, one: Rendering) -> tuple[Finding, ...]:
    """Of what is done, all; of what is unsure, what the text alone says."""
    if one.done or not one.target:
        return section.found.get(one.message.unit, ())
    now = section.now
    return findings.of_text(one.message, one.target, now.locale, now.source.locale)


def _proposal(now: Standing, one: Rendering) -> Proposal | None:
    if not now.is_variant or one.target:
        return None
    return locale_rules.propose(one.message.text, now.source.locale, now.locale)


def _with_changes(one: Shown, source_locale: str) -> Shown:
    old, message = one.rendering.previous_source, one.rendering.message
    if old is None or not one.rendering.fuzzy:
        return one
    if BETWEEN_TEXTS in old:
        parts = tuple(old.split(BETWEEN_TEXTS))
        critical = is_critical(" ".join(parts), message.text, source_locale)
        return replace(one, merged_of=parts, is_critical=critical)
    critical = is_critical(bare(message.kind, old), message.plain, source_locale)
    return replace(one, changes=runs(old, message.text), is_critical=critical)
