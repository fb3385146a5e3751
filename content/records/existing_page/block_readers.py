"""How headings, lists, quotations and pictures are read."""

from collections.abc import Iterator
from dataclasses import replace

from bs4.element import PageElement, Tag

from content.records.existing_page.elements import (
    HEADINGS,
    SLUG,
    attribute,
    heading_level,
    place_of,
)
from content.records.existing_page.flow import Flow
from content.records.existing_page.inline_readers import INLINE_READERS
from content.records.existing_page.lists import START_MAX, OpenList, flattened
from content.records.existing_page.page import Block, Heading, Paragraph, Quote, Runs, plain
from content.records.existing_page.pictures import is_caption, named_credit
from content.records.existing_page.runs import joined
from content.records.existing_page.slug import is_slug
from content.records.existing_page.table_reader import read_table
from content.records.existing_page.walk import Reader, Style, Walk


def read_heading(walk: Walk, tag: Tag, flow: Flow, style: Style) -> None:
    """A heading: plain text; a picture in it follows it."""
    text, following = _plain_text(walk, tag, tag.children, style, "heading")
    flow.close()
    if text:
        slug = attribute(tag, SLUG) or ""
        level = heading_level(tag) or 2
        flow.add(Heading(level, text, place_of(tag), slug if is_slug(slug) else None))
    for block in following:
        flow.add(block)


def read_list(walk: Walk, tag: Tag, flow: Flow, style: Style) -> None:
    """A list; one whose items have headings is no list but a row of sections."""
    if walk.holds(tag, "heading"):
        walk.findings.note("A list with headings in it is read as sections", place_of(tag))
        walk.read_block(tag, flow, style)
        return
    items = OpenList(walk.findings, place_of(tag))
    for node in tag.children:
        items.add(walk.blocks_of([node], style))
        if isinstance(node, Tag) and node.has_attr("value"):
            walk.findings.note("A list item had a number of its own", place_of(node))
    if tag.has_attr("reversed") or tag.has_attr("type"):
        walk.findings.note("A list counted in letters or backwards", place_of(tag))
    _add_list(items, flow, tag)


def read_definitions(walk: Walk, tag: Tag, flow: Flow, style: Style) -> None:
    """A definition list: a list whose items begin with the term."""
    if walk.holds(tag, "heading"):
        walk.read_block(tag, flow, style)
        return
    walk.findings.note("A definition list is a list, its terms in bold", place_of(tag))
    items = OpenList(walk.findings, place_of(tag))
    entry: list[Block] = []
    terms_only = True
    for node in _definition_nodes(tag):
        is_term = isinstance(node, Tag) and node.name == "dt"
        if is_term and not terms_only:
            items.add(entry)
            entry, terms_only = [], True
        blocks = walk.blocks_of([node], replace(style, strong=True) if is_term else style)
        entry += blocks
        terms_only = terms_only and (is_term or not blocks)
    items.add(entry)
    _add_list(items, flow, tag)


def read_quote(walk: Walk, tag: Tag, flow: Flow, style: Style) -> None:
    """A quotation: paragraphs alone."""
    blocks = walk.blocks_of(tag.children, style)
    texts, following = flattened(blocks)
    if any(not isinstance(block, Paragraph) for block in blocks):
        walk.findings.note("Inside a quotation only paragraphs stay what they were", place_of(tag))
    if source := attribute(tag, "cite"):
        walk.findings.leave_out(place_of(tag), "address of a quotation", source)
    flow.close()
    for block in (*([Quote(tuple(texts))] if texts else []), *following):
        flow.add(block)


def read_image(walk: Walk, tag: Tag, flow: Flow, style: Style) -> None:
    """A picture without a caption."""
    if title := (attribute(tag, "title") or "").strip():
        walk.findings.leave_out(place_of(tag), "title of a picture", title)
    if figure := walk.pictures.figure(tag, "", named_credit(tag, tag, walk.findings)):
        flow.place_figure(figure)


def read_figure(walk: Walk, tag: Tag, flow: Flow, style: Style) -> None:
    """A picture with its caption and credit; any other <figure> is read as what it holds."""
    image = None if walk.holds(tag, "figure") or walk.holds(tag, "table") else _only_image(tag)
    if image is None:
        walk.read_block(tag, flow, style)
        return
    captions = _captions(tag, image)
    credit = named_credit(tag, image, walk.findings)
    caption, following = _plain_text(walk, tag, captions, style, "caption")
    if caption and credit:
        walk.findings.note("A credit stands in the caption too: take it out of one", place_of(tag))
    figure = walk.pictures.figure(image, caption, credit)
    walk.set_apart(image, *captions)
    flow.close()
    for block in (*([figure] if figure else []), *following):
        flow.add(block)
    walk.read_block(tag, flow, style)


def _only_image(figure: Tag) -> Tag | None:
    """The picture, when there is one; pages that load late repeat it in <noscript>."""
    images = [image for image in figure.find_all("img") if image.find_parent("noscript") is None]
    return images[0] if len(images) == 1 else None


def _captions(figure: Tag, image: Tag) -> list[PageElement]:
    """The outermost elements with a caption or a credit."""
    found: list[PageElement] = []
    around_image = {id(parent) for parent in image.parents}
    inside: set[int] = set()
    for tag in figure.find_all(is_caption):
        if id(tag) not in around_image and id(tag) not in inside:
            found.append(tag)
            inside.update(id(other) for other in tag.find_all(is_caption))
    return found


def _plain_text(
    walk: Walk, tag: Tag, nodes: Iterator[PageElement] | list[PageElement], style: Style, where: str
) -> tuple[str, list[Block]]:
    """The text of a heading or caption, which cannot hold links, and what must follow it."""
    texts, following = flattened(walk.blocks_of(nodes, style))
    runs: Runs = joined(texts, " ")
    for run in runs:
        if run.href:
            text = f"{run.text} → {run.href}"
            walk.findings.leave_out(place_of(tag), f"address of a link in a {where}", text)
    return plain(runs), following


def _definition_nodes(tag: Tag) -> Iterator[PageElement]:
    """What a <dl> holds, its groups in <div> opened."""
    for node in tag.children:
        if isinstance(node, Tag) and node.name == "div":
            yield from node.children
        else:
            yield node


def _add_list(items: OpenList, flow: Flow, tag: Tag) -> None:
    start = (attribute(tag, "start") or "1").strip()
    number = int(start) if start.isascii() and start.isdigit() and len(start) < 10 else 1
    flow.close()
    if listing := items.listing(tag.name == "ol", min(number, START_MAX)):
        flow.add(listing)
    for block in items.following:
        flow.add(block)


READERS: dict[str, Reader] = {
    **INLINE_READERS,
    **dict.fromkeys(HEADINGS, read_heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), read_list),
    "blockquote": read_quote,
    "dl": read_definitions,
    "figure": read_figure,
    "img": read_image,
    "table": read_table,
}
