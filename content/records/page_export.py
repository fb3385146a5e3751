"""Export of a page: the authoring file that would import as what is there now.

The newest source version of every section of the page, drafts too. Guarantee: importing what this
wrote changes nothing. Where one file cannot say what the sections hold, because they disagree
about a fact that a file states once, the export is refused rather than lose something.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import TypeVar, cast

from sqlmodel import Session

from content.errors import BadInput, Conflict
from content.records import document as documents
from content.records import figure as figures
from content.records import section as sections
from content.records import tree
from content.records import version as versions
from content.records.document import Document, EvidenceRecord, FigureRecord
from content.records.markdown import (
    AuthoredPage,
    AuthoredSection,
    Block,
    Evidence,
    Figure,
    Image,
    PageFacts,
    SectionFacts,
    Words,
    read_block,
    write_page,
)
from content.records.markdown.page import EvidenceType
from content.records.version import Version

_T = TypeVar("_T")


@dataclass(frozen=True)
class ExportedPage:
    """A page as files. Frozen. `pictures` is by file name."""

    markdown: str
    pictures: dict[str, bytes]


def export_page(session: Session, slug: str) -> ExportedPage:
    """The page with this root. Raises SectionNotFound, BadInput for a section that is no page's
    root, Conflict where a file cannot say what the page holds.
    """
    listed = tree.page_sections(session, slug)
    _require_root(session, slug)
    newest = [_newest(session, one) for one in listed]
    texts = [documents.load(session, version.document or "") for version in newest]
    pictures = _figures(texts)
    page = AuthoredPage(
        locale=texts[0].locale,
        facts=_facts(texts, max(newest, key=lambda version: version.key)),
        evidence=_evidence(texts),
        figures=tuple(Figure(one.file, one.credit, one.license) for one in pictures),
        sections=tuple(authored_section(text) for text in texts),
    )
    bodies = {one.file: figures.load(session, one.sha256).body for one in pictures}
    return ExportedPage(write_page(page), bodies)


def _require_root(session: Session, slug: str) -> None:
    for parent, below in tree.working_children(session).items():
        if slug in below:
            raise BadInput(
                f"`{slug}` is no page: it stands below `{parent}`. Export the page it stands on.",
                section=slug,
                page=sections.find(session, slug).page,
            )


def _newest(session: Session, slug: str) -> Version:
    section = sections.find(session, slug)
    version = versions.newest(session, slug, section.source_locale)
    if version is None:
        raise Conflict(
            f"The page lists `{slug}`, which has no text: it was given up. "
            "Import the page with or without it first.",
            section=slug,
        )
    return version


def authored_section(text: Document) -> AuthoredSection:
    """A document as its author wrote it."""
    return AuthoredSection(
        slug=text.section,
        # A title and a summary have no markup, so their words are their text.
        title=Words("title", text.title),
        summary=Words("summary", text.summary) if text.summary is not None else None,
        blocks=_blocks(text),
        children=text.children,
        facts=_own_facts(text),
    )


def _blocks(text: Document) -> tuple[Block, ...]:
    files = iter(text.figures)
    blocks = []
    for record in text.blocks:
        block = replace(read_block(record.markdown), evidence=record.evidence)
        if isinstance(block.tree, Image):
            block = replace(block, tree=replace(block.tree, src=next(files).file))
        blocks.append(block)
    return tuple(blocks)


def _own_facts(text: Document) -> SectionFacts:
    return SectionFacts(text.audience, text.authors, text.last_reviewed, text.review_by)


def _facts(texts: Sequence[Document], latest: Version) -> PageFacts:
    """What holds for the page: what most sections say, and the words about its latest change."""
    common = Counter(map(_own_facts, texts)).most_common(1)[0][0]
    attribution = _agreed(texts, "attribution", lambda text: text.attribution)
    change = next(text.change for text in texts if text.section == latest.section)
    return PageFacts(
        audience=common.audience,
        authors=common.authors,
        license=_agreed(texts, "license", lambda text: text.license),
        attribution_text=attribution.text,
        attribution_url=attribution.url,
        disclaimer=_agreed(texts, "disclaimer", lambda text: text.disclaimer),
        last_reviewed=common.last_reviewed,
        review_by=common.review_by,
        change_kind=change.kind,
        change_summary=change.summary,
    )


def _agreed(texts: Sequence[Document], name: str, fact: Callable[[Document], _T]) -> _T:
    """The one value that all sections have. Raises Conflict."""
    return _once(((name, text.section, fact(text)) for text in texts), "fact")[name]


def _once(told: Iterable[tuple[str, str, _T]], what: str) -> dict[str, _T]:
    """Name to value, of (name, section, value). Raises Conflict where two sections disagree."""
    first: dict[str, tuple[str, _T]] = {}
    for name, section, value in told:
        before, known = first.setdefault(name, (section, value))
        if known != value:
            raise Conflict(
                f"The {what} `{name}` differs between `{before}` and `{section}`, and a file says "
                "it once. Bring the sections in line first.",
                sections=[before, section],
            )
    return {name: value for name, (_, value) in first.items()}


def _figures(texts: Sequence[Document]) -> list[FigureRecord]:
    """Each figure file once; its text alternative belongs to the place where it is shown."""
    told = ((one.file, text.section, _bare(one)) for text in texts for one in text.figures)
    return list(_once(told, "figure").values())


def _bare(figure: FigureRecord) -> FigureRecord:
    return figure.model_copy(update={"alt": ""})


def _evidence(texts: Sequence[Document]) -> tuple[Evidence, ...]:
    told = ((one.id, text.section, one) for text in texts for one in text.evidence)
    known = _once(told, "evidence entry")
    return tuple(authored_evidence(known[name]) for name in _in_order(texts, known))


def authored_evidence(record: EvidenceRecord) -> Evidence:
    """A work that a document rests on, as its author listed it."""
    kind = cast(EvidenceType, record.type)  # it was read from a file once
    return Evidence(record.id, kind, record.title, record.url, record.registry)


def _in_order(texts: Sequence[Document], known: Mapping[str, EvidenceRecord]) -> list[str]:
    """The ids so that each section's own stand in its order; else in the order of first mention."""
    place = {name: index for index, name in enumerate(known)}
    sorter = TopologicalSorter[str](dict.fromkeys(known, ()))
    for text in texts:
        names = [one.id for one in text.evidence]
        for before, after in pairwise(names):
            sorter.add(after, before)
    try:
        sorter.prepare()
    except CycleError:
        raise Conflict(
            "The sections list their evidence in orders that contradict each other, and a file has "
            "one list. Bring the sections in line first."
        ) from None
    return list(_drawn(sorter, place))


def _drawn(sorter: "TopologicalSorter[str]", place: Mapping[str, int]) -> Iterable[str]:
    """Whatever is free, the earliest first."""
    free = list(sorter.get_ready())
    while free:
        name = min(free, key=lambda one: place[one])
        free.remove(name)
        yield name
        sorter.done(name)
        free += sorter.get_ready()
