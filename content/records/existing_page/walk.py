"""The reading of one page: from element to element, each to the reader of its kind."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from bs4.element import Comment, PageElement, Tag

from content.records.existing_page.characters import readable
from content.records.existing_page.elements import (
    BLOCKS,
    HEADINGS,
    WITHOUT_TEXT,
    classes,
    heading_level,
    is_text,
    no_place,
    place_of,
    text_of,
)
from content.records.existing_page.findings import Findings
from content.records.existing_page.flow import Flow
from content.records.existing_page.page import Block, Run
from content.records.existing_page.pictures import Pictures

DEPTH_MAX = 100


@dataclass(frozen=True, slots=True)
class Style:
    """The look of text where the reading stands. Frozen."""

    strong: bool = False
    em: bool = False
    code: bool = False
    href: str | None = None
    depth: int = 0

    def run(self, text: str) -> Run:
        """A text of this look."""
        return Run(text, self.strong, self.em, self.code, self.href)


Reader = Callable[["Walk", Tag, Flow, Style], None]


@dataclass
class Walk:
    """Reads one page. `readers` are by element name; other elements are read as plain text."""

    findings: Findings
    base: str | None
    pictures: Pictures
    readers: dict[str, Reader]
    linked: int = 0
    _read: set[int] = field(default_factory=set)
    _holding: dict[str, set[int]] = field(default_factory=dict)

    def survey(self, root: Tag) -> None:
        """Notes once which elements hold a heading, a table or a figure, however deep inside."""
        for tag in root.find_all(True):
            kind = "heading" if heading_level(tag) else tag.name
            if kind in ("heading", "table", "figure"):
                self._mark_parents(tag, self._holding.setdefault(kind, set()))

    def holds(self, tag: Tag, kind: str) -> bool:
        """Whether the element holds another of that kind."""
        return id(tag) in self._holding.get(kind, ())

    def blocks_of(self, nodes: Iterable[PageElement], style: Style) -> list[Block]:
        """The blocks that some nodes alone come to."""
        flow = Flow(self.findings)
        self.read_all(nodes, flow, style)
        flow.close()
        return flow.blocks

    def read_all(self, nodes: Iterable[PageElement], flow: Flow, style: Style) -> None:
        """Reads nodes in order."""
        for node in nodes:
            if isinstance(node, Tag):
                self._read_element(node, flow, style)
            elif is_text(node):
                self._read_text(node, flow, style)
            elif isinstance(node, Comment):
                self.findings.note("Comments in the source are left out")

    def read_children(self, tag: Tag, flow: Flow, style: Style) -> None:
        """Reads what an element holds."""
        self.read_all(tag.children, flow, style)

    def read_block(self, tag: Tag, flow: Flow, style: Style) -> None:
        """Reads an element that begins and ends paragraphs."""
        flow.close()
        self.read_children(tag, flow, style)
        flow.close()

    def write(self, text: str, flow: Flow, style: Style, place: str) -> None:
        """Writes text of one look, and counts it when it is the text of a link."""
        self.linked += bool(style.href and text.strip())
        flow.write(style.run(text), place)

    def set_apart(self, *tags: PageElement) -> None:
        """Marks elements that were read before their turn."""
        self._read.update(map(id, tags))

    def leave_out(self, tag: Tag, what: str) -> None:
        """Lists an element with the text it shows."""
        text = "" if tag.name in WITHOUT_TEXT else text_of(tag)
        self.findings.leave_out(place_of(tag), what, text)

    def _read_element(self, tag: Tag, flow: Flow, style: Style) -> None:
        if id(tag) in self._read:
            return
        if style.depth >= DEPTH_MAX:
            self.leave_out(tag, f"text inside more than {DEPTH_MAX} elements")
            return
        if what := no_place(tag):
            self.leave_out(tag, what)
            return
        self._reader(tag)(self, tag, flow, replace(style, depth=style.depth + 1))

    def _reader(self, tag: Tag) -> Reader:
        if heading_level(tag):
            return self.readers[HEADINGS[0]]
        if "wp-caption" in classes(tag):
            return self.readers["figure"]
        usual = Walk.read_block if tag.name in BLOCKS else Walk.read_children
        return self.readers.get(tag.name, usual)

    def _read_text(self, node: PageElement, flow: Flow, style: Style) -> None:
        place = place_of(node.parent) if node.parent is not None else ""
        self.write(readable(str(node), place, self.findings), flow, style, place)

    def _mark_parents(self, tag: Tag, marked: set[int]) -> None:
        for parent in tag.parents:
            if id(parent) in marked:
                return
            marked.add(id(parent))
