"""Blocks as HTML, made from the tree: what a text says can never become another element."""

from urllib.parse import quote

import nh3

from content.records.markdown.blocks import (
    Align,
    Block,
    Image,
    Listing,
    ListItem,
    Paragraph,
    Quote,
    Table,
    Tree,
)
from content.records.markdown.grammar import html_attribute
from content.records.markdown.inline import words_html
from content.records.markdown.words import Words

#: Second fence: nothing else ever leaves, whatever the code above it does.
_TAGS = {
    *("a", "br", "code", "em", "strong"),
    *("aside", "blockquote", "figcaption", "figure", "img", "li", "ol", "p", "ul"),
    *("table", "tbody", "td", "th", "thead", "tr"),
}
_ATTRIBUTES = {
    "a": {"href"},
    "aside": {"class", "role"},
    "img": {"alt", "src"},
    "ol": {"start"},
    "td": {"class"},
    "th": {"class", "scope"},
}
_SCHEMES = {"http", "https", "mailto"}


def block_html(block: Block) -> str:
    """The block as HTML for a member site: no inline style, no script, alignment as a class."""
    return fenced(unfenced(block))


def unfenced(block: Block) -> str:
    """The HTML before the second fence, which has nothing to change in it."""
    return _tree(block.tree)


def fenced(html: str) -> str:
    """The HTML with everything taken out that no block is made of."""
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)


def _tree(tree: Tree) -> str:
    match tree:
        case Paragraph(words):
            return f"<p>{words_html(words)}</p>"
        case Listing():
            return _listing(tree)
        case Quote(paragraphs):
            return f"<blockquote>{''.join(map(_tree, paragraphs))}</blockquote>"
        case Table():
            return _table(tree)
        case Image():
            return _image(tree)
    return f'<aside class="note" role="note">{"".join(map(_tree, tree.content))}</aside>'


def _listing(listing: Listing) -> str:
    tag = "ol" if listing.ordered else "ul"
    start = f' start="{listing.start}"' if listing.start != 1 else ""
    items = "".join(_item(item, tight=listing.tight) for item in listing.items)
    return f"<{tag}{start}>{items}</{tag}>"


def _item(item: ListItem, *, tight: bool) -> str:
    text = words_html(item.words) if tight else f"<p>{words_html(item.words)}</p>"
    return f"<li>{text}{_listing(item.nested) if item.nested else ''}</li>"


def _table(table: Table) -> str:
    head = _row(table.header, table.aligns, "th", ' scope="col"')
    rows = "".join(_row(row, table.aligns, "td", "") for row in table.rows)
    return f"<table><thead>{head}</thead>{f'<tbody>{rows}</tbody>' if rows else ''}</table>"


def _row(row: tuple[Words | None, ...], aligns: tuple[Align, ...], tag: str, more: str) -> str:
    cells = zip(row, aligns, strict=True)
    return f"<tr>{''.join(_cell(words, align, tag, more) for words, align in cells)}</tr>"


def _cell(words: Words | None, align: Align, tag: str, more: str) -> str:
    aligned = f' class="align-{align}"' if align else ""
    return f"<{tag}{more}{aligned}>{words_html(words) if words else ''}</{tag}>"


def _image(image: Image) -> str:
    src = html_attribute(quote(image.src, safe="/:"))
    caption = f"<figcaption>{words_html(image.caption)}</figcaption>" if image.caption else ""
    return f'<figure><img src="{src}" alt="{words_html(image.alt)}">{caption}</figure>'
