"""Authored Markdown to values and back. Pure: no database, no files on disk, no network.

| file | what it holds |
|---|---|
| `words.py` | Words: the text of one unit with numbered placeholders for its links |
| `inline.py` | words read from a person or a file, and shown as Markdown, HTML or plain text |
| `blocks.py` | the blocks of a section as a tree of values |
| `block_writer.py`, `block_reader.py` | one block to Markdown and back |
| `html.py` | one block to HTML, straight from the tree |
| `page.py` | an authored page as values |
| `reader.py`, `writer.py` | a whole file to a page and back |
| `sections.py`, `front_matter.py`, `citations.py`, `nodes.py` | the parts of a file |
| `form.py`, `yaml_tree.py` | the facts read field by field, out of YAML that cannot hurt |
| `gate.py`, `characters.py` | what is refused before any parser sees it |
| `grammar.py`, `pieces.py`, `canonical.py` | inline Markdown parsed, and put in one form |
| `refusals.py`, `targets.py` | why a text or a link is not taken |
| `mistakes.py`, `log.py` | mistakes as values, and the two refusals that carry them |
"""

from content.records.markdown.block_reader import read_block
from content.records.markdown.block_writer import write_block, write_blocks
from content.records.markdown.blocks import (
    Block,
    Image,
    Listing,
    ListItem,
    Note,
    Paragraph,
    Quote,
    Table,
    same_shape,
    with_words,
    words_of,
)
from content.records.markdown.html import block_html
from content.records.markdown.inline import (
    in_reading_order,
    links_shown,
    plain_text,
    read_words,
    shown_text,
    words_html,
    words_markdown,
)
from content.records.markdown.mistakes import Mistake, PageRefused, Problem, WordsRefused
from content.records.markdown.page import (
    AuthoredPage,
    AuthoredSection,
    Evidence,
    Figure,
    PageFacts,
    SectionFacts,
)
from content.records.markdown.reader import read_page
from content.records.markdown.words import Kind, Words
from content.records.markdown.writer import write_page

__all__ = [
    "AuthoredPage",
    "AuthoredSection",
    "Block",
    "Evidence",
    "Figure",
    "Image",
    "Kind",
    "ListItem",
    "Listing",
    "Mistake",
    "Note",
    "PageFacts",
    "PageRefused",
    "Paragraph",
    "Problem",
    "Quote",
    "SectionFacts",
    "Table",
    "Words",
    "WordsRefused",
    "block_html",
    "in_reading_order",
    "links_shown",
    "plain_text",
    "read_block",
    "read_page",
    "read_words",
    "same_shape",
    "shown_text",
    "with_words",
    "words_html",
    "words_markdown",
    "words_of",
    "write_block",
    "write_blocks",
    "write_page",
]
