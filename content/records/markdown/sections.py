"""A page's headings and what stands below each, gathered from the parser's nodes."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from content.records.markdown.block_reader import BlockReader
from content.records.markdown.blocks import Block
from content.records.markdown.form import is_identifier
from content.records.markdown.inline import file_pieces, words_of_pieces
from content.records.markdown.log import MistakeLog
from content.records.markdown.mistakes import WordsRefused
from content.records.markdown.nodes import Node
from content.records.markdown.page import AuthoredSection, SectionFacts
from content.records.markdown.words import Words

SECTIONS_MAX = 5_000
BLOCKS_MAX = 500

_SLUG = re.compile(r"[ \t]*\{#([^{}]*)\}\Z")


@dataclass
class Draft:
    """One section while its blocks are read. `lines` has the line of each block."""

    slug: str
    level: int
    title: Words | None
    line: int
    summary: Words | None = None
    blocks: list[Block] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    children: list[str] = field(default_factory=list)
    begun: bool = False


class Outline:
    """The sections of a file in order, one heading after the other. Grows while it is read."""

    def __init__(self, lines: Sequence[str], first_line: int, log: MistakeLog) -> None:
        self.drafts: list[Draft] = []
        self._lines = lines
        self._first_line = first_line
        self._log = log
        self._reader = BlockReader(lines, first_line, log)
        self._slugs: set[str] = set()
        self._path: list[Draft] = []

    def read(self, nodes: Sequence[Node]) -> None:
        """Take all nodes of a page."""
        for node in nodes:
            if node.type == "heading":
                self._heading(node)
            elif self.drafts:
                self._below(self.drafts[-1], node)
            else:
                message = "text stands before the first heading; begin with `# Title {#slug}`"
                self._log.add(node.line, "root-missing", message)
        if not self.drafts:
            self._log.add(self._first_line, "root-missing", "begin with `# Title {#slug}`")

    def built(
        self, facts: SectionFacts, overrides: Mapping[str, SectionFacts]
    ) -> tuple[AuthoredSection, ...]:
        """The sections; call it when no mistake was noted."""
        return tuple(
            AuthoredSection(
                draft.slug,
                draft.title,
                draft.summary,
                tuple(draft.blocks),
                tuple(draft.children),
                overrides.get(draft.slug, facts),
                draft.line,
            )
            for draft in self.drafts
            if draft.title
        )

    def _heading(self, node: Node) -> None:
        level = int(node.token.tag[1:])
        found = _SLUG.search(node.source)
        source = node.source[: found.start()] if found else node.source
        title = self._title(source, node.line)
        if not self._lines[node.line - self._first_line].startswith("#"):
            message = "a heading is `# Title {#slug}` at the left margin, not underlined"
            self._log.add(node.line, "block-not-supported", message)
        self._check_level(level, node.line)
        slug = self._slug(found[1] if found else None, title, node.line)
        if len(self.drafts) == SECTIONS_MAX:
            self._log.add(node.line, "too-large", f"a file has at most {SECTIONS_MAX:,} sections")
        self._put(Draft(slug, level, title, node.line))

    def _put(self, draft: Draft) -> None:
        while self._path and self._path[-1].level >= draft.level:
            self._path.pop()
        if self._path:
            self._path[-1].children.append(draft.slug)
        self._path.append(draft)
        self.drafts.append(draft)

    def _title(self, source: str, line: int) -> Words | None:
        try:
            return words_of_pieces("title", file_pieces("title", source))
        except WordsRefused as refused:
            self._log.add_problems(line, refused.problems)
            return None

    def _check_level(self, level: int, line: int) -> None:
        if not self.drafts and level != 1:
            self._log.add(line, "root-missing", "the first heading is of level 1: `# Title`")
        elif self.drafts and level == 1:
            self._log.add(line, "root-second", "a file has one heading of level 1; write `##`")
        elif self.drafts and level > self.drafts[-1].level + 1:
            most = self.drafts[-1].level + 1
            message = f"level {level} follows level {most - 1}; write `{'#' * most}`"
            self._log.add(line, "heading-jump", message)

    def _slug(self, slug: str | None, title: Words | None, line: int) -> str:
        if slug is None:
            proposal = proposed_slug(title.text if title else "")
            message = f"the heading needs a slug; for example {{#{proposal}}} at its end"
            self._log.add(line, "slug-missing", message)
            return ""
        if not is_identifier(slug):
            message = "a slug is lowercase letters, digits and single hyphens, at most 80"
            self._log.add(
                line, "slug-invalid", f"{message}; for example {{#{proposed_slug(slug)}}}"
            )
        elif slug in self._slugs:
            self._log.add(line, "slug-duplicate", f"the slug {slug} is there twice; choose another")
        self._slugs.add(slug)
        return slug

    def _below(self, draft: Draft, node: Node) -> None:
        if node.type == "container_summary":
            self._summary(draft, node)
        elif cited := self._reader.lone_citation(node):
            self._cite(draft, cited, node.line)
        elif block := self._reader.block(node):
            draft.blocks.append(block)
            draft.lines.append(node.line)
            if len(draft.blocks) == BLOCKS_MAX + 1:
                message = f"a section has at most {BLOCKS_MAX} blocks"
                self._log.add(node.line, "too-large", message)
        draft.begun = True

    def _summary(self, draft: Draft, node: Node) -> None:
        if draft.begun:
            message = "a summary stands first under its heading, and only once"
            self._log.add(node.line, "summary-misplaced", message)
        if not self._reader.closed(node):
            return
        if [child.type for child in node.children] != ["paragraph"]:
            self._log.add(node.line, "block-not-supported", "a summary is one paragraph")
            return
        draft.summary = self._reader.words("summary", node.children[0])

    def _cite(self, draft: Draft, cited: tuple[str, ...], line: int) -> None:
        if not draft.blocks or draft.blocks[-1].evidence:
            message = "a citation closes one block; there is none before it that has none yet"
            self._log.add(line, "citation-misplaced", message)
        else:
            draft.blocks[-1] = Block(draft.blocks[-1].tree, cited)


def proposed_slug(text: str) -> str:
    """A slug made of a title, for a person to take or to better."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    words = "-".join(re.findall(r"[a-z0-9]+", plain))
    return words[:60].rstrip("-") or "section"
