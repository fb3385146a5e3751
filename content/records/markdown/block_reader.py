"""Blocks read from the parser's nodes; what no block can say is a mistake, never dropped."""

import re
from collections.abc import Callable, Sequence
from typing import cast
from urllib.parse import unquote

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block.table import escapedSplit

from content.records.markdown.blocks import (
    LIST_DEPTH_MAX,
    Align,
    Block,
    Image,
    Listing,
    ListItem,
    Note,
    Paragraph,
    Quote,
    Table,
    Tree,
)
from content.records.markdown.citations import taken_off
from content.records.markdown.grammar import TooManyBlocks, block_tokens
from content.records.markdown.inline import file_pieces, words_of_pieces
from content.records.markdown.log import MistakeLog
from content.records.markdown.mistakes import WordsRefused
from content.records.markdown.nodes import Node, nodes_of
from content.records.markdown.pieces import Break, Picture, Piece
from content.records.markdown.words import Kind, Words

_UNSUPPORTED = {
    "blockquote": "a quote does not stand here",
    "bullet_list": "a list does not stand here",
    "code_block": "there are no code blocks; take the four spaces at the start of the line out",
    "container_note": "a note does not stand here",
    "container_summary": "a summary stands first under its heading",
    "fence": "there are no code blocks",
    "heading": "a heading stands at the left margin, outside all other blocks",
    "hr": "there are no horizontal rules; write \\--- if it is text",
    "ordered_list": "a list does not stand here",
    "paragraph": "a paragraph does not stand here",
    "table": "a table stands at the left margin, outside all other blocks",
}
_CONTAINER = re.compile(r"(?m)^[ \t]*:::")
_LONE_CITATION = re.compile(r"\[@[a-z0-9@; \n-]{1,50000}\]")
_DEFINITION = re.compile(r"\[(?!@)(?:[^\[\]\\]|\\.)+\]:")


def read_block(markdown: str) -> Block:
    """The one block of a text as `write_block` makes it. Raises PageRefused."""
    log = MistakeLog()
    reader = BlockReader(markdown.split("\n"), 1, log)
    try:
        nodes = nodes_of(block_tokens(markdown), 1)
    except TooManyBlocks:
        nodes = []
    blocks = [block for node in nodes if (block := reader.block(node))]
    if len(nodes) != 1:
        log.add(1, "block-not-supported", f"there are {len(nodes)} blocks where one is expected")
    if log:
        raise log.refusal()
    return blocks[0]


class BlockReader:
    """Turns nodes into blocks and notes mistakes. Holds the lines of the text it reads."""

    def __init__(self, lines: Sequence[str], first_line: int, log: MistakeLog) -> None:
        self._lines = lines
        self._first_line = first_line
        self._log = log
        self._trees: dict[str, Callable[[Node], Tree | None]] = {
            "bullet_list": self._listing,
            "ordered_list": self._listing,
            "blockquote": self._quote,
            "table": self._table,
            "container_note": self._note,
        }

    def block(self, node: Node) -> Block | None:
        """The block, or None: it is a mistake, or a citation alone (see `lone_citation`)."""
        if node.type == "paragraph":
            return self._paragraph_or_figure(node)
        read = self._trees.get(node.type)
        if not read:
            self.unsupported(node)
            return None
        tree = read(node)
        return Block(tree) if tree else None

    def lone_citation(self, node: Node) -> tuple[str, ...]:
        """The ids of a paragraph that is nothing but a citation; none for any other node."""
        if node.type != "paragraph" or not _LONE_CITATION.fullmatch(node.source):
            return ()
        rest, cited = taken_off(self._pieces("paragraph", node))
        return () if rest else cited

    def words(self, kind: Kind, node: Node, pieces: Sequence[Piece] | None = None) -> Words | None:
        """The words of a paragraph, heading or cell, or None: they are a mistake."""
        try:
            read = self._pieces(kind, node) if pieces is None else pieces
            return words_of_pieces(kind, read)
        except WordsRefused as refused:
            self._log.add_problems(node.text_line, refused.problems)
            return None

    def unsupported(self, node: Node) -> None:
        """Note a block that no section has, or not here."""
        if node.type == "html_block":
            self._log.add(node.line, "html", "there is no HTML; write \\< if it is text")
        else:
            self._log.add(node.line, "block-not-supported", _UNSUPPORTED[node.type])

    def closed(self, node: Node) -> bool:
        """Whether a `:::` block has its closing line; if not, that is noted."""
        index = node.end - self._first_line
        line = self._lines[index] if index < len(self._lines) else ""
        if not line.strip().startswith(":::"):
            self._log.add(node.line, "block-not-supported", "this ::: block has no closing :::")
            return False
        return True

    def _pieces(self, kind: Kind, node: Node) -> tuple[Piece, ...]:
        return file_pieces(kind, node.source)

    def _paragraph_or_figure(self, node: Node) -> Block | None:
        if not self._is_text(node):
            return None
        try:
            pieces, cited = taken_off(self._pieces("paragraph", node))
        except WordsRefused as refused:
            self._log.add_problems(node.line, refused.problems)
            return None
        if len(pieces) == 1 and isinstance(pieces[0], Picture):
            image = self._image(pieces[0], node)
            return Block(image, cited) if image else None
        if cited and pieces and isinstance(pieces[-1], Break):
            self._log.add(node.end - 1, "citation-misplaced", "no line break before a citation")
            return None
        words = self.words("paragraph", node, pieces)
        return Block(Paragraph(words), cited) if words else None

    def _is_text(self, node: Node) -> bool:
        """Whether a paragraph is not something else that the parser did not know."""
        found = _CONTAINER.search(node.source)
        if found:
            line = node.text_line + node.source.count("\n", 0, found.start())
            message = "::: begins a note or a summary, and ends it; write \\::: if it is text"
            self._log.add(line, "block-not-supported", message)
        elif _DEFINITION.match(node.source):
            message = "there are no definitions of links; write the address beside its text"
            self._log.add(node.text_line, "block-not-supported", message)
        return not (found or _DEFINITION.match(node.source))

    def _paragraph(self, node: Node) -> Paragraph | None:
        if node.type != "paragraph":
            self.unsupported(node)
            return None
        words = self.words("paragraph", node) if self._is_text(node) else None
        return Paragraph(words) if words else None

    def _image(self, picture: Picture, node: Node) -> Image | None:
        alt = self._alt(picture, node)
        caption = None
        if picture.title:
            try:
                caption = words_of_pieces("caption", file_pieces("caption", picture.title))
            except WordsRefused as refused:
                self._log.add_problems(node.line, refused.problems)
                return None
        if not picture.target:
            self._log.add(node.line, "figure-unknown", "an image names its file")
            return None
        return Image(unquote(picture.target), alt, caption) if alt else None

    def _alt(self, picture: Picture, node: Node) -> Words | None:
        try:
            return words_of_pieces("alt", picture.alt)
        except WordsRefused as refused:
            for problem in refused.problems:
                code = "figure-without-alt" if problem.code == "blank" else problem.code
                self._log.add(node.line, code, f"text alternative: {problem.message}")
            return None

    def _quote(self, node: Node) -> Quote | None:
        paragraphs = [self._paragraph(child) for child in node.children]
        if not paragraphs:
            self._log.add(node.line, "blank", "there is no text in this quote")
        found = tuple(paragraph for paragraph in paragraphs if paragraph)
        return Quote(found) if found and len(found) == len(paragraphs) else None

    def _note(self, node: Node) -> Note | None:
        parts = [self._part(child) for child in node.children]
        if not parts:
            self._log.add(node.line, "blank", "there is no text in this note")
        found = tuple(part for part in parts if part)
        return Note(found) if self.closed(node) and found and len(found) == len(parts) else None

    def _part(self, node: Node) -> Paragraph | Listing | None:
        lists = node.type in ("bullet_list", "ordered_list")
        return self._listing(node) if lists else self._paragraph(node)

    def _listing(self, node: Node, depth: int = 1) -> Listing | None:
        items = [self._item(child, depth) for child in node.children]
        if depth > LIST_DEPTH_MAX:
            message = f"lists nest at most {LIST_DEPTH_MAX} deep"
            self._log.add(node.line, "block-not-supported", message)
            return None
        found = tuple(item for item in items if item)
        if len(found) < len(items):
            return None
        start = int(node.token.attrs.get("start", 1))
        tight = all(part.token.hidden for item in node.children for part in item.children[:1])
        return Listing(found, node.type == "ordered_list", start, tight)

    def _item(self, node: Node, depth: int) -> ListItem | None:
        if node.children and node.children[0].type == "html_block":
            self.unsupported(node.children[0])
            return None
        if not node.children or node.children[0].type != "paragraph":
            self._log.add(node.line, "block-not-supported", "an item begins with its own text")
            return None
        first, *rest = node.children
        paragraph = self._paragraph_of_item(first)
        nested = self._nested(rest, depth) if rest else None
        return ListItem(paragraph, nested) if paragraph and (nested or not rest) else None

    def _paragraph_of_item(self, node: Node) -> Words | None:
        return self.words("list-item", node) if self._is_text(node) else None

    def _nested(self, nodes: Sequence[Node], depth: int) -> Listing | None:
        lists = nodes[0].type in ("bullet_list", "ordered_list")
        for node in nodes[1:] if lists else nodes:
            message = "an item is one paragraph, then at most one list"
            self._log.add(node.line, "block-not-supported", message)
        return self._listing(nodes[0], depth + 1) if lists and len(nodes) == 1 else None

    def _table(self, node: Node) -> Table | None:
        rows = [row for part in node.children for row in part.children]
        aligns = tuple(_align(cell) for cell in rows[0].children)
        fits = [self._fits(row, len(aligns)) for row in rows]
        cells = [tuple(self._cell(cell) for cell in row.children) for row in rows]
        return Table(aligns, cells[0], tuple(cells[1:])) if all(fits) else None

    def _fits(self, row: Node, columns: int) -> bool:
        """Whether a row has no more cells than columns; the parser would drop them."""
        line = mdTrim(self._lines[row.line - self._first_line])
        if len(escapedSplit(line.removeprefix("|"))) - line.endswith("|") <= columns:
            return True
        message = f"this row has more cells than the table has columns ({columns})"
        self._log.add(row.line, "block-not-supported", message)
        return False

    def _cell(self, node: Node) -> Words | None:
        return self.words("cell", node) if node.source else None


def _align(cell: Node) -> Align:
    return cast(Align, str(cell.token.attrGet("style") or "").removeprefix("text-align:"))
