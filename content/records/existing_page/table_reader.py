"""How tables are read: the cells of real ones, the plain content of those made for layout."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bs4.element import PageElement, Tag

from content.records.existing_page.elements import attribute, no_place, place_of
from content.records.existing_page.flow import Flow
from content.records.existing_page.lists import flattened
from content.records.existing_page.page import BREAK, Block, on_one_line, plain
from content.records.existing_page.runs import joined
from content.records.existing_page.tables import (
    COLUMNS_MAX,
    SPAN_ROWS_MAX,
    Cell,
    Row,
    remarks,
    span,
    table_of,
)
from content.records.existing_page.walk import Style, Walk

_PARTS = ("thead", "tbody", "tfoot")


@dataclass
class _OpenTable:
    """The rows read so far, what stands between them, and what cannot stand in a cell."""

    walk: Walk
    style: Style
    rows: list[Row] = field(default_factory=list)
    around: list[PageElement] = field(default_factory=list)
    following: list[Block] = field(default_factory=list)

    def read(self, nodes: Iterable[PageElement], *, in_head: bool = False) -> None:
        """Reads the rows among the nodes."""
        for node in nodes:
            if not isinstance(node, Tag) or no_place(node):
                self.around.append(node)
            elif node.name in _PARTS:
                self.read(node.children, in_head=node.name == "thead")
            elif node.name == "tr":
                self._read_row(node, in_head)
            else:
                self.around.append(node)

    def _read_row(self, tag: Tag, in_head: bool) -> None:
        cells: list[Cell] = []
        for node in tag.children:
            if isinstance(node, Tag) and node.name in ("td", "th") and not no_place(node):
                cells.append(self._cell(node))
            else:
                self.around.append(node)
        if cells:
            self.rows.append(Row(tuple(cells), in_head))

    def _cell(self, tag: Tag) -> Cell:
        texts, following = flattened(self.walk.blocks_of(tag.children, self.style))
        self._say(tag, len(texts), following)
        runs = joined(texts, " ")
        if any(run.text == BREAK for run in runs):
            self.walk.findings.note("Lines of a table cell stand in one line", place_of(tag))
        columns = span(attribute(tag, "colspan"), COLUMNS_MAX + 1)
        rows = span(attribute(tag, "rowspan"), SPAN_ROWS_MAX)
        return Cell(joined([on_one_line(runs)], " "), tag.name == "th", columns, rows)

    def _say(self, tag: Tag, texts: int, following: list[Block]) -> None:
        self.following += following
        if texts > 1:
            sentence = "Several paragraphs or list items of a table cell stand in one line"
            self.walk.findings.note(sentence, place_of(tag))
        if following:
            self.walk.findings.note("A picture inside a table stands after it", place_of(tag))


def read_table(walk: Walk, tag: Tag, flow: Flow, style: Style) -> None:
    """A table; its caption and anything misplaced in it stand before it."""
    is_layout = attribute(tag, "role") in ("presentation", "none")
    if is_layout or walk.holds(tag, "heading") or walk.holds(tag, "table"):
        walk.findings.note("A table made for layout is read cell by cell as text", place_of(tag))
        walk.read_block(tag, flow, style)
        return
    table = _OpenTable(walk, style)
    table.read(tag.children)
    flow.close()
    for node in table.around:
        walk.read_all([node], flow, style)
        flow.close()
    _add(walk, tag, flow, table.rows)
    for block in table.following:
        flow.add(block)


def _add(walk: Walk, tag: Tag, flow: Flow, rows: list[Row]) -> None:
    if not any(cell.runs for row in rows for cell in row.cells):
        return
    grid = table_of(rows)
    if grid is None:
        text = " ".join(plain(cell.runs) for row in rows for cell in row.cells)
        walk.findings.leave_out(place_of(tag), "table too wide for a page", text)
        return
    for remark in remarks(rows):
        walk.findings.note(remark, place_of(tag))
    flow.add(grid)
