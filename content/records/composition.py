"""From an authored section to its document: units get their ids, blocks their HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from content.records import figure as figures
from content.records import identity
from content.records.document import (
    Attribution,
    BlockRecord,
    Change,
    Document,
    EvidenceRecord,
    FactUnits,
    FigureRecord,
)
from content.records.markdown import (
    AuthoredPage,
    AuthoredSection,
    Block,
    Image,
    block_html,
    plain_text,
    words_of,
    write_block,
)
from content.records.message import Message, keep_tree


def compose(
    page: AuthoredPage,
    section: AuthoredSection,
    *,
    number: int,
    before: Sequence[Message],
    digests: Mapping[str, str],
) -> Document:
    """The document of `section` as version `number`.

    `before` are the messages of the version it follows; `digests` has the SHA-256 of each figure
    file that the page names.
    """
    blocks = tuple(with_figure_address(block, digests) for block in section.blocks)
    title = plain_text(section.title)
    summary = plain_text(section.summary) if section.summary else None
    texts = _texts(title, summary, blocks)
    ids = iter(identity.assign(section.slug, number, before, texts))
    facts = section.facts
    return Document(
        section=section.slug,
        locale=page.locale,
        version=number,
        title=title,
        summary=summary,
        units=FactUnits(
            title=next(ids),
            summary=next(ids) if summary is not None else None,
            audience=identity.shared_unit("audience", facts.audience),
            disclaimer=identity.shared_unit("disclaimer", page.facts.disclaimer),
        ),
        blocks=tuple(record(block, tuple(next(ids) for _ in words_of(block))) for block in blocks),
        children=section.children,
        evidence=_evidence(page, section),
        figures=_figures(page, section, digests),
        authors=facts.authors,
        audience=facts.audience,
        attribution=Attribution(text=page.facts.attribution_text, url=page.facts.attribution_url),
        license=page.facts.license,
        disclaimer=page.facts.disclaimer,
        translation_of=None,
        change=Change(kind=page.facts.change_kind, summary=page.facts.change_summary),
        last_reviewed=facts.last_reviewed,
        review_by=facts.review_by,
    )


def record(block: Block, units: tuple[str, ...]) -> BlockRecord:
    """A block as the document holds it: Markdown with its links, and the HTML made from it."""
    markdown = write_block(block)
    keep_tree(markdown, block)
    return BlockRecord(
        type=block.type,
        units=units,
        markdown=markdown,
        html=block_html(block),
        evidence=block.evidence,
    )


def with_figure_address(block: Block, digests: Mapping[str, str]) -> Block:
    """The block, its picture named by where the hub serves it and no longer by its file."""
    if not isinstance(block.tree, Image):
        return block
    address = figures.path(digests[block.tree.src])
    return replace(block, tree=replace(block.tree, src=address))


def _texts(title: str, summary: str | None, blocks: Sequence[Block]) -> list[tuple[str, str]]:
    texts = [("title", title)]
    if summary is not None:
        texts.append(("summary", summary))
    return texts + [(words.kind, words.text) for block in blocks for words in words_of(block)]


def _evidence(page: AuthoredPage, section: AuthoredSection) -> tuple[EvidenceRecord, ...]:
    cited = {name for block in section.blocks for name in block.evidence}
    return tuple(
        EvidenceRecord(
            id=entry.id,
            type=entry.type,
            title=entry.title,
            url=entry.url,
            registry=entry.registry,
        )
        for entry in page.evidence
        if entry.id in cited
    )


def _figures(
    page: AuthoredPage, section: AuthoredSection, digests: Mapping[str, str]
) -> tuple[FigureRecord, ...]:
    known = {entry.file: entry for entry in page.figures}
    return tuple(
        FigureRecord(
            sha256=digests[tree.src],
            url=figures.path(digests[tree.src]),
            alt=tree.alt.text,
            credit=known[tree.src].credit,
            license=known[tree.src].license,
            file=tree.src,
        )
        for tree in (block.tree for block in section.blocks)
        if isinstance(tree, Image)
    )
