"""An existing page in, a draft in the authoring format out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bs4 import BeautifulSoup
from bs4.element import Tag

from content.records.existing_page.address import is_web_address
from content.records.existing_page.block_readers import READERS
from content.records.existing_page.decoded import decoded
from content.records.existing_page.elements import no_place
from content.records.existing_page.findings import Findings, Unplaced
from content.records.existing_page.front_matter import front_matter
from content.records.existing_page.known import base_address, known_of
from content.records.existing_page.markdown_page import markdown_html
from content.records.existing_page.outline import Section, sections_of
from content.records.existing_page.page import Block, Figure
from content.records.existing_page.pictures import Pictures
from content.records.existing_page.refusal import DraftRefused
from content.records.existing_page.soup import chosen, read_page, read_soup
from content.records.existing_page.text_page import text_html
from content.records.existing_page.walk import Style, Walk
from content.records.existing_page.writing import block_markdown, heading_markdown

SOURCE_BYTES_MAX = 8_000_000
DRAFT_BYTES_MAX = 8_000_000
FRONT_MATTER_BYTES_MAX = 500_000

Form = Literal["html", "markdown", "text"]


@dataclass(frozen=True)
class Draft:
    """A proposal for an authored file, and what its author must know. Frozen.

    `markdown` is in the authoring format; where it says TODO the author must decide, and it is not
    imported before. `unplaced` lists what it does not hold, `notes` what was changed.
    """

    markdown: str
    unplaced: tuple[Unplaced, ...]
    notes: tuple[str, ...]


def draft_from(
    source: bytes, *, form: Form, select: str | None = None, address: str | None = None
) -> Draft:
    """A draft of an existing page.

    `source` is the file as it is, at most 8,000,000 bytes. `select` is a CSS selector (HTML only)
    that names one element; without it the page's main, article or body is read. `address` is where
    the page is on the web, so that relative links can be kept. Raises DraftRefused.
    """
    _require_sound_request(source, form, select, address)
    findings = Findings()
    soup = _tree(source, form, findings)
    selected = chosen(soup, select, findings) if form == "html" else soup.body or soup
    known = known_of(soup, selected, findings)
    blocks = _blocks(selected, base_address(soup, address), findings)
    sections = sections_of(blocks, known.title, findings)
    figures = _figures(sections, findings)
    markdown = _written(front_matter(known, address, figures), sections)
    return Draft(markdown, tuple(findings.unplaced), findings.notes)


def _require_sound_request(
    source: bytes, form: Form, select: str | None, address: str | None
) -> None:
    if len(source) > SOURCE_BYTES_MAX:
        raise DraftRefused(f"The file has more than {SOURCE_BYTES_MAX:,} bytes: save a part of it.")
    if not source.strip():
        raise DraftRefused("The file is empty.")
    if select is not None and form != "html":
        raise DraftRefused("A selector names an element of HTML: leave it out for other texts.")
    if address is not None and not is_web_address(address):
        raise DraftRefused(f"“{address}” is not a whole http: or https: address.")


def _tree(source: bytes, form: Form, findings: Findings) -> BeautifulSoup:
    if form == "html":
        return read_page(source, findings)
    text = decoded(source)
    return read_soup(markdown_html(text) if form == "markdown" else text_html(text))


def _blocks(selected: Tag, base: str | None, findings: Findings) -> list[Block]:
    walk = Walk(findings, base, Pictures(findings, base), READERS)
    walk.survey(selected)
    # An element chosen by its author is read, also one that would be left out inside a page.
    nodes = selected.children if no_place(selected) else [selected]
    return walk.blocks_of(nodes, Style())


def _figures(sections: Sequence[Section], findings: Findings) -> list[Figure]:
    """The figures of the draft; those without a credit are listed."""
    figures = [
        block for section in sections for block in section.blocks if isinstance(block, Figure)
    ]
    for figure in figures:
        if figure.credit is None:
            findings.leave_out(figure.place, "credit of a picture, not found", figure.file)
    return figures


def _written(facts: str, sections: Sequence[Section]) -> str:
    parts = [facts]
    for section in sections:
        parts.append(heading_markdown(section.level, section.title, section.slug))
        parts += map(block_markdown, section.blocks)
    written = "\n\n".join(part.rstrip("\n") for part in parts) + "\n"
    if len(facts.encode()) > FRONT_MATTER_BYTES_MAX or len(written.encode()) > DRAFT_BYTES_MAX:
        raise DraftRefused("The draft is larger than a file may be: select a part of the page.")
    return written
