"""The blocks of a section as a tree of values. None of them may change.

A value that Markdown cannot say is refused when it is made (ValueError), so what exists can be
written and read back. Guarantee: `read_block(write_block(block)) == block`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from content.records.markdown.words import Words

LIST_DEPTH_MAX = 4
LIST_START_MAX = 999_999_999  # CommonMark 0.31, 5.2: at most nine digits

BlockType = Literal["paragraph", "list", "quote", "figure", "table", "note"]
Align = Literal["", "left", "center", "right"]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. Frozen."""

    words: Words


@dataclass(frozen=True)
class ListItem:
    """One item: its words, then at most one nested list. Frozen."""

    words: Words
    nested: "Listing | None" = None


@dataclass(frozen=True)
class Listing:
    """A bulleted or numbered list, at most 4 deep. Frozen.

    `start` is the first number, 1 for bullets. `tight` lists are shown without space between
    the items. Markdown cannot say: a loose list of one item with nothing nested, and a
    numbered list that starts elsewhere than at 1 inside a tight one.
    """

    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1
    tight: bool = True

    def __post_init__(self) -> None:
        if problem := _listing_problem(self):
            raise ValueError(problem)


@dataclass(frozen=True)
class Quote:
    """A quotation: one or more paragraphs. Frozen."""

    paragraphs: tuple[Paragraph, ...]

    def __post_init__(self) -> None:
        if not self.paragraphs:
            raise ValueError("a quote has at least one paragraph")


@dataclass(frozen=True)
class Table:
    """A table with a header row. Frozen. An empty cell is None."""

    aligns: tuple[Align, ...]
    header: tuple[Words | None, ...]
    rows: tuple[tuple[Words | None, ...], ...] = ()

    def __post_init__(self) -> None:
        width = len(self.aligns)
        if not width or any(len(row) != width for row in (self.header, *self.rows)):
            raise ValueError("every row of a table has one cell for each column")


@dataclass(frozen=True)
class Image:
    """A figure: where its picture is (a file name, or a path in the hub) and its texts. Frozen."""

    src: str
    alt: Words
    caption: Words | None = None

    def __post_init__(self) -> None:
        if not self.src:
            raise ValueError("a figure says where its picture is")


@dataclass(frozen=True)
class Note:
    """A box beside the main text: paragraphs and lists. Frozen."""

    content: tuple[Paragraph | Listing, ...]

    def __post_init__(self) -> None:
        if not self.content:
            raise ValueError("a note holds at least one paragraph or list")


Tree = Paragraph | Listing | Quote | Image | Table | Note

_TYPES: dict[type[Tree], BlockType] = {
    Paragraph: "paragraph",
    Listing: "list",
    Quote: "quote",
    Image: "figure",
    Table: "table",
    Note: "note",
}


@dataclass(frozen=True)
class Block:
    """One block of a section and the ids of the evidence it cites, in order. Frozen."""

    tree: Tree
    evidence: tuple[str, ...] = ()

    @property
    def type(self) -> BlockType:
        """The name of the block's type on the wire."""
        return _TYPES[type(self.tree)]


def list_depth(listing: Listing) -> int:
    """How many lists stand in one another, this one counted."""
    return 1 + max((list_depth(item.nested) for item in listing.items if item.nested), default=0)


def words_of(block: Block) -> tuple[Words, ...]:
    """All words of the block in reading order; a figure's text alternative, then its caption."""
    found: list[Words] = []

    def keep(words: Words) -> Words:
        found.append(words)
        return words

    _mapped(block.tree, keep)
    return tuple(found)


def with_words(block: Block, words: Sequence[Words]) -> Block:
    """The block with other words in the same places. ValueError: not as many as it has."""
    if len(words) != len(words_of(block)):
        raise ValueError(f"{len(words)} texts for the {len(words_of(block))} places of the block")
    following: Iterator[Words] = iter(words)
    return replace(block, tree=_mapped(block.tree, lambda _: next(following)))


def same_shape(one: Block, other: Block) -> bool:
    """Whether the two differ in their words alone."""
    return _bare(one) == _bare(other)


def _bare(block: Block) -> Block:
    return replace(block, tree=_mapped(block.tree, lambda words: Words(words.kind, "")))


_Change = Callable[[Words], Words]


def _mapped(tree: Tree, change: _Change) -> Tree:
    """The tree with `change` applied to all its words, in reading order."""
    match tree:
        case Paragraph() | Listing():
            return _flow(tree, change)
        case Quote(paragraphs):
            return Quote(tuple(Paragraph(change(paragraph.words)) for paragraph in paragraphs))
        case Table(aligns, header, rows):
            return Table(aligns, _row(header, change), tuple(_row(row, change) for row in rows))
        case Image(src, alt, caption):
            return Image(src, change(alt), change(caption) if caption else None)
    return Note(tuple(_flow(part, change) for part in tree.content))


def _flow(tree: Paragraph | Listing, change: _Change) -> Paragraph | Listing:
    return Paragraph(change(tree.words)) if isinstance(tree, Paragraph) else _listing(tree, change)


def _listing(listing: Listing, change: _Change) -> Listing:
    return replace(listing, items=tuple(_item(item, change) for item in listing.items))


def _item(item: ListItem, change: _Change) -> ListItem:
    return ListItem(change(item.words), _listing(item.nested, change) if item.nested else None)


def _row(row: tuple[Words | None, ...], change: _Change) -> tuple[Words | None, ...]:
    return tuple(change(words) if words else None for words in row)


def _listing_problem(listing: Listing) -> str:
    """Why Markdown cannot say this list, or nothing."""
    nested = [item.nested for item in listing.items if item.nested]
    if not listing.items:
        return "a list has at least one item"
    if list_depth(listing) > LIST_DEPTH_MAX:
        return f"lists nest at most {LIST_DEPTH_MAX} deep"
    if not 0 <= listing.start <= LIST_START_MAX or (listing.start != 1 and not listing.ordered):
        return "a numbered list starts between 0 and 999999999, a bulleted one at 1"
    if not listing.tight and len(listing.items) == 1 and not nested:
        return "a list of one item is tight"
    if listing.tight and any(inner.start != 1 for inner in nested):
        return "inside a tight list a numbered list starts at 1"
    return ""
