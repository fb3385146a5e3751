"""Blocks written as canonical Markdown, so that they read back as the same blocks.

Text that would begin another block where it stands (`1. March`, `- x`, `# x`, `:::`) is escaped.
"""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from content.records.markdown.blocks import (
    LIST_START_MAX,
    Block,
    Image,
    Listing,
    ListItem,
    Paragraph,
    Quote,
    Table,
    Tree,
)
from content.records.markdown.inline import words_markdown
from content.records.markdown.words import Words

#: Lines that begin a block, or make the line above a heading or a table. CommonMark 0.31, 4 and 5.
_BEGINS_BLOCK = re.compile(
    r"""
      \#{1,6}(?=\s|$)          # heading
    | >                        # quote
    | [-+*](?=\s|$)            # list item
    | :::                      # note
    | ~~~                      # code block
    | [-:|][-:|\ ]*$           # rule, heading underlined, second row of a table
    | =+\ *$                   # heading underlined
    """,
    re.VERBOSE,
)
_RULE = re.compile(r"\*[* ]*|_[_ ]*")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)", re.ASCII)

#: Two lists in a row need another mark, or they would be one.
_MARKS = {False: ("-", "*"), True: (".", ")")}
_RULES = {"": "---", "left": ":--", "center": ":-:", "right": "--:"}


def write_block(block: Block) -> str:
    """The block as canonical Markdown, without its citation and without a last newline."""
    return tree_markdown(block.tree)


def citation(evidence: Sequence[str]) -> str:
    """`[@mist; @beat-ms]`, or nothing."""
    return f"[{'; '.join(f'@{id_}' for id_ in evidence)}]" if evidence else ""


def write_blocks(blocks: Iterable[Block]) -> str:
    """Blocks with their citations, an empty line between any two."""
    parts: list[str] = []
    before, marks = None, 0
    for block in blocks:
        marks = 1 - marks if _would_join(before, block.tree) else 0
        parts.append(tree_markdown(block.tree, marks))
        before = block.tree
        if cited := citation(block.evidence):
            if isinstance(block.tree, Paragraph):
                parts[-1] += f" {cited}"
            else:
                parts.append(cited)
                before = None
    return "\n\n".join(parts)


def tree_markdown(tree: Tree, marks: int = 0) -> str:
    """One tree; `marks` 1 takes the other of the two marks of a list."""
    match tree:
        case Paragraph(words):
            return text_lines(words)
        case Listing():
            return _listing(tree, marks)
        case Quote(paragraphs):
            return _quote(paragraphs)
        case Table():
            return _table(tree)
        case Image():
            return _image(tree)
    return f"::: note\n{write_blocks(Block(part) for part in tree.content)}\n:::"


def _would_join(before: Tree | None, tree: Tree) -> bool:
    lists = isinstance(before, Listing) and isinstance(tree, Listing)
    return lists and before.ordered == tree.ordered  # type: ignore[union-attr]


def text_lines(words: Words) -> str:
    return "\n".join(_as_text(line) for line in words_markdown(words).split("\n"))


def _as_text(line: str) -> str:
    """The line, escaped if it would begin a block."""
    if _RULE.fullmatch(line):
        return re.sub(r"[*_]", r"\\\g<0>", line)  # one left over could end an emphasis
    if _BEGINS_BLOCK.match(line):
        return f"\\{line}"
    return _NUMBERED.sub(r"\1\\\2", line, count=1) if _NUMBERED.match(line) else line


def _indented(text: str, indent: str) -> str:
    return text.replace("\n", f"\n{indent}")


def _quote(paragraphs: tuple[Paragraph, ...]) -> str:
    text = "\n\n".join(text_lines(paragraph.words) for paragraph in paragraphs)
    return "\n".join(
        f"> {line}".rstrip(" ") if not line else f"> {line}" for line in text.split("\n")
    )


def _listing(listing: Listing, marks: int) -> str:
    mark = _MARKS[listing.ordered][marks]
    between = "\n" if listing.tight else "\n\n"
    items = []
    for number, item in enumerate(listing.items, start=listing.start):
        begin = f"{min(number, LIST_START_MAX)}{mark} " if listing.ordered else f"{mark} "
        items.append(begin + _lines_of_item(item, between, " " * len(begin)))
    return _without_indented_gaps(between.join(items))


def _lines_of_item(item: ListItem, between: str, indent: str) -> str:
    text = text_lines(item.words)
    if item.nested:
        text += between + _listing(item.nested, 0)
    return _indented(text, indent)


def _without_indented_gaps(text: str) -> str:
    """Empty lines between items hold no spaces. Lines of words are never white space alone."""
    return re.sub(r"(?m)^ +$", "", text)


def _table(table: Table) -> str:
    rules = [_RULES[align] for align in table.aligns]
    rows = [[_cell(words) for words in row] for row in (table.header, *table.rows)]
    rows.insert(1, rules)
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(words: Words | None) -> str:
    return words_markdown(words).replace("|", r"\|") if words else ""


def _image(image: Image) -> str:
    caption = ""
    if image.caption:
        title = re.sub(r'[\\"]|&(?=#?[A-Za-z0-9]+;)', r"\\\g<0>", words_markdown(image.caption))
        # A title may not hold what begins a block on its next line, so its breaks are entities.
        caption = ' "' + title.replace("\n", "&#10;") + '"'
    return f"![{words_markdown(image.alt)}]({quote(image.src)}{caption})"
