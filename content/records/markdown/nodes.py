"""The flat row of block tokens as a tree."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from markdown_it.token import Token


@dataclass
class Node:
    """One block of the parser with the blocks in it. Built once, then only read.

    `line` and `end` count from 1 in the parsed text; `end` is the line after the last.
    """

    type: str
    token: Token
    line: int
    end: int
    children: list["Node"] = field(default_factory=list)

    @property
    def source(self) -> str:
        """The inline Markdown of a paragraph, heading or cell; they hold one inline token."""
        return self.children[0].token.content

    @property
    def text_line(self) -> int:
        """The line on which that text begins."""
        return self.children[0].line


def nodes_of(tokens: Iterable[Token], first_line: int) -> list[Node]:
    """The outermost nodes; `first_line` is the line of the file on which the text begins."""
    top = Node("root", Token("root", "", 0), 0, 0)
    open_nodes = [top]
    for token in tokens:
        if token.nesting < 0:
            open_nodes.pop()
            continue
        above = open_nodes[-1]
        start, end = token.map or (above.line - first_line, above.end - first_line)
        name = token.type.removesuffix("_open")
        node = Node(name, token, start + first_line, end + first_line)
        above.children.append(node)
        if token.nesting > 0:
            open_nodes.append(node)
    return top.children
