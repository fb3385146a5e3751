"""The Markdown parsers. One knows blocks; three know inline text: of files, of units, for showing.

Files have links with targets; units have numbered placeholders, `[the register]{1}`. Both read
HTML as HTML, so that it can be refused; what is shown is parsed with HTML off.
"""

import re
from functools import partial
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline, newline
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

TOKENS_MAX = 500_000  # a few hundred megabytes of memory at the most

#: The only characters that begin inline markup here. CommonMark's longer list would make the
#: parser stop at every full stop and hyphen.
_ACTIVE = re.compile(r"[\n\\`*_\[\]<&!]")
_NUMBER = re.compile(r"\{([1-9][0-9]{0,3})\}")


class TooManyBlocks(Exception):
    """The text falls into more blocks than a page may have."""


def inline_tokens_of_file(source: str) -> list[Token]:
    """Inline text as an author writes it, links with their targets."""
    return _FILE.inline.parse(source, _FILE, {}, [])


def inline_tokens_of_unit(text: str) -> list[Token]:
    """Inline text with placeholders; any other link, image or HTML is a token of its own."""
    return _UNIT.inline.parse(text, _UNIT, {}, [])


def inline_html(text: str, targets: tuple[str, ...]) -> str:
    """The HTML of inline text with placeholders; HTML in it is shown as text."""
    return str(_SHOWN.renderInline(text, {"targets": targets}))


def block_tokens(source: str) -> list[Token]:
    """The blocks of a text, their inline text not yet read. Raises TooManyBlocks."""
    return _BLOCKS.parse(source)


def html_text(text: str) -> str:
    """Text as the HTML standard serializes it (13.3), the form in which nh3 writes it too."""
    text = text.replace("&", "&amp;").replace("\xa0", "&nbsp;")
    return text.replace("<", "&lt;").replace(">", "&gt;")


def html_attribute(value: str) -> str:
    """An attribute's value for double quotes, serialized likewise."""
    return html_text(value).replace('"', "&quot;")


class _Html(RendererHTML):
    """Renders inline tokens in the form of the HTML standard. Holds no state of its own."""

    def text(self, tokens: Any, idx: int, options: Any, env: Any) -> str:
        return html_text(tokens[idx].content)

    def code_inline(self, tokens: Any, idx: int, options: Any, env: Any) -> str:
        return f"<code>{html_text(tokens[idx].content)}</code>"

    @staticmethod
    def renderAttrs(token: Token) -> str:
        pairs = token.attrItems()
        return "".join(f' {name}="{html_attribute(str(value))}"' for name, value in pairs)


def _newline(state: StateInline, silent: bool) -> bool:
    """Inline rule: a line's end, as in CommonMark; a break made by spaces is marked as one."""
    found = newline(state, silent)
    if found and not silent and state.tokens[-1].type == "hardbreak":
        state.tokens[-1].markup = "  "
    return found


def _placeholder(state: StateInline, silent: bool) -> bool:
    """Inline rule: `[text]{1}` is a link; its target is number 1 of `env["targets"]`."""
    if state.src[state.pos] != "[":
        return False
    label_end = state.md.helpers.parseLinkLabel(state, state.pos, True)
    number = _NUMBER.match(state.src, label_end + 1, state.posMax) if label_end >= 0 else None
    targets = state.env.get("targets")
    if number is None or (targets is not None and int(number[1]) > len(targets)):
        return False
    if not silent:
        _push_link(state, label_end, number, targets)
    state.pos = number.end()
    return True


def _push_link(
    state: StateInline, label_end: int, number: re.Match[str], targets: tuple[str, ...] | None
) -> None:
    end = state.posMax
    token = state.push("link_open", "a", 1)
    token.attrs = {"href": targets[int(number[1]) - 1]} if targets else {}
    token.meta = {"number": int(number[1]), "span": number.span()}
    state.pos, state.posMax = state.pos + 1, label_end
    state.linkLevel += 1
    state.md.inline.tokenize(state)
    state.linkLevel -= 1
    state.push("link_close", "a", -1)
    state.posMax = end


def _budget(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Block rule that matches nothing: it ends a parse that would fill the memory."""
    if len(state.tokens) > TOKENS_MAX:
        raise TooManyBlocks
    return False


def _is_named(name: str, said: str, markup: str) -> bool:
    """Whether `::: said` opens a container of this name; more words beside it would be lost."""
    return said.strip() == name


def _inline_parser(*, html: bool) -> MarkdownIt:
    options = {"html": html, "xhtmlOut": False}
    parser = MarkdownIt("commonmark", options, renderer_cls=_Html)
    parser.inline.terminator_re = _ACTIVE
    parser.inline.ruler.at("newline", _newline)
    return parser


def _file_parser() -> MarkdownIt:
    parser = _inline_parser(html=True)
    # Every address is read as a link, so that a forbidden one is named and does not become text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def _unit_parser() -> MarkdownIt:
    parser = _file_parser()
    parser.inline.ruler.before("link", "placeholder", _placeholder)
    return parser


def _shown_parser() -> MarkdownIt:
    parser = _inline_parser(html=False)
    parser.inline.ruler.before("link", "placeholder", _placeholder)
    return parser.disable(["link", "image", "autolink", "html_inline"])


def _block_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").disable("reference")
    for name in ("note", "summary"):
        container_plugin(parser, name, validate=partial(_is_named, name))
    parser.block.ruler.before("table", "budget", _budget)
    parser.core.ruler.disable(["inline", "text_join"])
    return parser


_FILE = _file_parser()
_UNIT = _unit_parser()
_SHOWN = _shown_parser()
_BLOCKS = _block_parser()
