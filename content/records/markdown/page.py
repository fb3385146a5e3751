"""One authored page as values: what a Markdown file says, and nothing else. None may change."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from content.records.markdown.blocks import Block, Image
from content.records.markdown.words import Words

ChangeKind = Literal["wording", "clinical", "safety"]
EvidenceType = Literal["trial", "review", "guideline", "position", "study", "page"]


@dataclass(frozen=True)
class Evidence:
    """One source that blocks cite by its `id`. Frozen."""

    id: str
    type: EvidenceType
    title: str
    url: str
    registry: str | None = None


@dataclass(frozen=True)
class Figure:
    """Whose picture a file is and under which licence it is shown. Frozen.

    `sha256` is unknown to the file itself; whoever stores the picture fills it in.
    """

    file: str
    credit: str
    license: str
    sha256: str | None = None


@dataclass(frozen=True)
class PageFacts:
    """What holds for the whole page. Frozen. `review_by` is later than `last_reviewed`."""

    audience: str
    authors: tuple[str, ...]
    license: str
    attribution_text: str
    attribution_url: str
    disclaimer: str
    last_reviewed: date
    review_by: date
    change_kind: ChangeKind
    change_summary: str


@dataclass(frozen=True)
class SectionFacts:
    """What holds for one section: the page's facts, or its own where the file says so. Frozen."""

    audience: str
    authors: tuple[str, ...]
    last_reviewed: date
    review_by: date


@dataclass(frozen=True)
class AuthoredSection:
    """One heading and the text below it. Frozen.

    `children` are the slugs of the headings one level below, in order. `line` is where the
    heading stands in the file, from 1; it does not count when sections are compared.
    """

    slug: str
    title: Words
    summary: Words | None
    blocks: tuple[Block, ...]
    children: tuple[str, ...]
    facts: SectionFacts
    line: int = field(default=0, compare=False)

    @property
    def evidence(self) -> tuple[str, ...]:
        """The ids of the evidence its blocks cite, each once, in order."""
        return _each_once(id_ for block in self.blocks for id_ in block.evidence)

    @property
    def figures(self) -> tuple[str, ...]:
        """The `src` of its figures, each once, in order."""
        trees = (block.tree for block in self.blocks)
        return _each_once(tree.src for tree in trees if isinstance(tree, Image))


@dataclass(frozen=True)
class AuthoredPage:
    """All a file says. Frozen. `sections` stand in the file's order, the page's root first."""

    locale: str
    facts: PageFacts
    evidence: tuple[Evidence, ...]
    figures: tuple[Figure, ...]
    sections: tuple[AuthoredSection, ...]


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
