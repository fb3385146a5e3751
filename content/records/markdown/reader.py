"""An authored file read into values, or refused with every mistake in it.

1. The gate: size, UTF-8, characters, lines. 2. The front matter. 3. The blocks under their
headings. 4. What the parts say of each other: evidence, figures, facts of single sections.
"""

from collections import Counter
from collections.abc import Iterator

from content.records.markdown.blocks import Image
from content.records.markdown.front_matter import (
    FRONT_MATTER_LINE,
    FrontMatter,
    entry_lines,
    read_front_matter,
    section_facts,
)
from content.records.markdown.gate import Source, read_source, too_costly
from content.records.markdown.grammar import TooManyBlocks, block_tokens
from content.records.markdown.log import MistakeLog
from content.records.markdown.nodes import nodes_of
from content.records.markdown.page import AuthoredPage
from content.records.markdown.sections import Outline


def read_page(source: bytes) -> AuthoredPage:
    """The page a Markdown file holds. Raises PageRefused with all mistakes found."""
    log = MistakeLog()
    text = read_source(source, log)
    front = _front_matter(text, log) if text else None
    outline = _outline(text, log) if text else None
    if front and outline:
        _check_evidence(front, outline, log)
        _check_figures(front, outline, log)
        _check_overrides(front, outline, log)
    if log or not front or not outline:
        raise log.refusal()
    sections = outline.built(section_facts(front.facts), front.overrides)
    return AuthoredPage(front.locale, front.facts, front.evidence, front.figures, sections)


def _front_matter(text: Source, log: MistakeLog) -> FrontMatter | None:
    # Where the gate found none, it has said so.
    return None if log else read_front_matter(text.front_matter, FRONT_MATTER_LINE, log)


def _outline(text: Source, log: MistakeLog) -> Outline | None:
    if reason := too_costly(text.body):
        log.add(text.body_line, "too-large", f"{reason}: split the page")
        return None
    outline = Outline(text.body.split("\n"), text.body_line, log)
    try:
        outline.read(nodes_of(block_tokens(text.body), text.body_line))
    except TooManyBlocks:
        log.add(text.body_line, "too-large", "more blocks than a page may have: split the page")
    return outline


def _cited(outline: Outline) -> Iterator[tuple[str, int]]:
    """Each id cited, with the line of its block."""
    for draft in outline.drafts:
        for block, line in zip(draft.blocks, draft.lines, strict=True):
            yield from ((id_, line) for id_ in block.evidence)


def _check_evidence(front: FrontMatter, outline: Outline, log: MistakeLog) -> None:
    listed = entry_lines((entry.id for entry in front.evidence), "evidence", front.lines)
    cited = list(_cited(outline))
    for id_, line in cited:
        if id_ not in listed:
            message = f"`{id_}` is not in the evidence list of the front matter"
            log.add(line, "evidence-unknown", message)
    for (id_, line), times in Counter(cited).items():
        if times > 1:
            log.add(line, "evidence-duplicate", f"`{id_}` is cited twice here")
    for id_ in listed.keys() - {id_ for id_, _ in cited}:
        log.add(listed[id_], "evidence-unused", f"no block cites `{id_}`; take it out or cite it")


def _shown(outline: Outline) -> Iterator[tuple[str, int]]:
    """Each figure's file, with the line of its block."""
    for draft in outline.drafts:
        for block, line in zip(draft.blocks, draft.lines, strict=True):
            if isinstance(block.tree, Image):
                yield block.tree.src, line


def _check_figures(front: FrontMatter, outline: Outline, log: MistakeLog) -> None:
    listed = entry_lines((entry.file for entry in front.figures), "figure", front.lines)
    shown = list(_shown(outline))
    for file, line in shown:
        if file not in listed:
            message = f"`{file}` has no entry with its credit under `figures` in the front matter"
            log.add(line, "figure-without-credit", message)
    for file in listed.keys() - {file for file, _ in shown}:
        log.add(listed[file], "figure-unused", f"no block shows `{file}`; take it out or show it")


def _check_overrides(front: FrontMatter, outline: Outline, log: MistakeLog) -> None:
    slugs = {draft.slug for draft in outline.drafts}
    for slug in front.overrides:
        if slug not in slugs:
            line = front.lines[f"section {slug}"]
            log.add(line, "section-unknown", f"`sections` names `{slug}`; no heading has that slug")
