"""What is read from an existing page, before it is written as Markdown. None of it may change."""

from dataclasses import dataclass, replace

BREAK = "\n"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look. Frozen. A text of one newline is a line break."""

    text: str
    strong: bool = False
    em: bool = False
    code: bool = False
    href: str | None = None


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as the page has it: `level` 1 to 6, before levels are put in order. Frozen."""

    level: int
    text: str
    place: str
    slug: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. Frozen."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: its text, then at most one nested list. Frozen."""

    runs: Runs
    nested: "Listing | None" = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A bulleted or numbered list. Frozen. `start` is the first number."""

    items: tuple[Item, ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation of one or more paragraphs. Frozen."""

    paragraphs: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first row is its header, all rows are of one length. Frozen."""

    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture alone: file name, texts, and whose it is (None: not found). Frozen."""

    file: str
    alt: str
    caption: str
    credit: str | None
    place: str


Content = Paragraph | Listing | Quote | Table | Figure
Block = Heading | Content


def plain(runs: Runs) -> str:
    """The text without its look; a line break becomes a space."""
    return "".join(run.text for run in runs).replace(BREAK, " ").strip()


def on_one_line(runs: Runs) -> Runs:
    """The runs with spaces for line breaks."""
    return tuple(replace(run, text=run.text.replace(BREAK, " ")) for run in runs)


def units(block: Content) -> tuple[Runs, ...]:
    """All texts of a block in reading order."""
    match block:
        case Paragraph(runs):
            return (runs,)
        case Listing(items):
            return tuple(runs for item in items for runs in _item_units(item))
        case Quote(paragraphs):
            return paragraphs
        case Table(rows):
            return tuple(cell for row in rows for cell in row)
        case figure:
            return tuple((Run(text),) for text in (figure.alt, figure.caption) if text)


def _item_units(item: Item) -> tuple[Runs, ...]:
    return (item.runs, *(units(item.nested) if item.nested else ()))
