"""Blocks written in the authoring format."""

from content.records.existing_page.page import (
    Content,
    Figure,
    Item,
    Listing,
    Paragraph,
    Quote,
    Table,
)
from content.records.existing_page.wording import escaped, marked, marked_cell


def block_markdown(block: Content) -> str:
    """The block as Markdown, without a newline at its end."""
    match block:
        case Paragraph(runs):
            return marked(runs)
        case Quote(paragraphs):
            return "\n>\n".join(_prefixed(marked(runs), "> ", "> ") for runs in paragraphs)
        case Listing() as listing:
            return _listing(listing)
        case Table() as table:
            return _table(table)
        case figure:
            return _figure(figure)


def heading_markdown(level: int, title: str, slug: str) -> str:
    """The line of a heading with its slug."""
    return f"{'#' * level} {escaped(title).replace('#', chr(92) + '#')} {{#{slug}}}"


def _listing(listing: Listing) -> str:
    # A number other than 1 does not end a paragraph (CommonMark 0.31, 5.2), a blank line does.
    loose = any(item.nested and item.nested.start != 1 for item in listing.items)
    between = "\n\n" if loose else "\n"
    numbers = range(listing.start, listing.start + len(listing.items))
    markers = [f"{number}. " if listing.ordered else "- " for number in numbers]
    return between.join(
        _item(item, marker, between) for item, marker in zip(listing.items, markers, strict=True)
    )


def _item(item: Item, marker: str, between: str) -> str:
    text = marked(item.runs)
    if item.nested:
        text += between + _listing(item.nested)
    return _prefixed(text, marker, " " * len(marker))


def _table(table: Table) -> str:
    header, *rows = [" | ".join(map(marked_cell, row)) for row in table.rows]
    rule = " | ".join("---" for _ in table.rows[0])
    return "\n".join(f"| {row} |" for row in (header, rule, *rows))


def _figure(figure: Figure) -> str:
    caption = escaped(figure.caption).replace("\\", "\\\\").replace('"', '\\"')
    title = f' "{caption}"' if caption else ""
    return f"![{escaped(figure.alt)}]({figure.file}{title})"


def _prefixed(text: str, first: str, other: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        f"{first if number == 0 else other}{line}".rstrip(" ") for number, line in enumerate(lines)
    )
