"""Headings and what follows them, made the sections of one page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from content.records.existing_page.findings import Findings
from content.records.existing_page.front_matter import TODO
from content.records.existing_page.page import Block, Content, Heading, Paragraph, Run, plain, units
from content.records.existing_page.refusal import DraftRefused
from content.records.existing_page.slug import unique_slug

SECTIONS_MAX = 5_000
BLOCKS_MAX = 500
TITLE_CHARACTERS_MAX = 300
UNIT_CHARACTERS_MAX = 10_000
LEVEL_MAX = 6


@dataclass
class Section:
    """One section; its blocks are added while the page is gone through."""

    level: int
    title: str
    slug: str
    place: str
    blocks: list[Content] = field(default_factory=list)


@dataclass
class _Outline:
    findings: Findings
    sections: list[Section] = field(default_factory=list)
    _slugs: dict[str, int] = field(default_factory=dict)
    _open: list[tuple[int, int]] = field(default_factory=list)

    def begin(self, heading: Heading, *, root: bool = False) -> None:
        """A section one level below the nearest heading above it that is higher."""
        if len(self.sections) >= SECTIONS_MAX:
            raise DraftRefused(f"The page has more than {SECTIONS_MAX:,} headings: select a part.")
        level = self._level(0 if root else heading.level)
        title = self._title(heading)
        slug = unique_slug(heading.slug or heading.text, self._slugs)
        self.sections.append(Section(level, title, slug, heading.place))
        if not root and level != heading.level:
            self.findings.note("Levels of headings are put in order", heading.place)
        if title != heading.text:
            self.add(Paragraph((Run(heading.text),)))

    def add(self, block: Content) -> None:
        """A block of the section that was begun last."""
        section = self.sections[-1]
        texts = units(block)
        if any(sum(len(run.text) for run in runs) > UNIT_CHARACTERS_MAX for runs in texts):
            what = f"text of more than {UNIT_CHARACTERS_MAX:,} characters"
        elif len(section.blocks) >= BLOCKS_MAX:
            what = f"text after the first {BLOCKS_MAX} blocks of a section"
        else:
            section.blocks.append(block)
            return
        self.findings.leave_out(f"under “{section.title}”", what, " ".join(map(plain, texts)))

    def _level(self, level: int) -> int:
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        own = min(self._open[-1][1] + 1, LEVEL_MAX) if self._open else 1
        self._open.append((level, own))
        return own

    def _title(self, heading: Heading) -> str:
        if len(heading.text) <= TITLE_CHARACTERS_MAX:
            return heading.text
        self.findings.note("A title was too long: it is cut, and whole below it", heading.place)
        return heading.text[: TITLE_CHARACTERS_MAX - 1].rsplit(" ", 1)[0] + "…"


def sections_of(blocks: Sequence[Block], title: str | None, findings: Findings) -> list[Section]:
    """The sections, the root first; `title` is its title when no heading of level 1 is there."""
    root, before, after = _root(blocks, title, findings)
    outline = _Outline(findings)
    outline.begin(root, root=True)
    for block in (*before, *after):
        if isinstance(block, Heading):
            outline.begin(block)
        else:
            outline.add(block)
    return outline.sections


def _root(
    blocks: Sequence[Block], title: str | None, findings: Findings
) -> tuple[Heading, Sequence[Block], Sequence[Block]]:
    """The root's heading, its own text, and the rest."""
    tops = ((n, block) for n, block in enumerate(blocks) if isinstance(block, Heading))
    position, top = next(((n, block) for n, block in tops if block.level == 1), (-1, None))
    if top is None:
        findings.note(_about_title(title))
        return Heading(1, title or TODO, "the title"), (), blocks
    before, after = blocks[:position], blocks[position + 1 :]
    if not any(isinstance(block, Heading) for block in before):
        return top, before, after
    findings.note("Headings stood above the title: the title and its text are first", top.place)
    end = next((n for n, block in enumerate(after) if isinstance(block, Heading)), len(after))
    return top, after[:end], (*before, *after[end:])


def _about_title(title: str | None) -> str:
    if title:
        return "No heading of level 1 was found: the title is that of the page, check it"
    return f"No title was found: write one in place of {TODO}"
