"""Markdown of any kind as HTML, so that it is read by the same rules as a web page.

What HTML would hide is written into it as something to list: HTML blocks, code blocks, definitions
of footnotes, and definitions of links that no link uses.
"""

import re
import time
from collections.abc import Iterator, MutableMapping, Sequence
from html import escape
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from content.records.existing_page.elements import LINE, SLUG, WHAT
from content.records.existing_page.refusal import DraftRefused

NESTING_MAX = 60
LINES_MAX = 100_000
#: Rows of brackets cost the parser 0.1 milliseconds each; real files take a second.
PARSE_SECONDS_MAX = 4.0

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FACT = re.compile(r"""^(title|lang|language|locale):[ \t]*(["']?)(\S.*?)\2[ \t]*$""", re.M)
_FOOTNOTE = re.compile(r"^ {0,3}\[\^[^\]\n]+\]:.*(?:\n[ \t]+\S.*)*", re.M)
_SLUG = re.compile(r"[ \t]*\{#([a-z0-9-]+)\}[ \t]*$")
_LISTED = {"fence": "code block", "code_block": "code block", "html_block": "HTML"}


def markdown_html(text: str) -> str:
    """An HTML page with the text of a Markdown file; elements name their lines.

    Raises DraftRefused.
    """
    if text.count("\n") > LINES_MAX:
        raise DraftRefused(f"The Markdown has more than {LINES_MAX:,} lines: take a part of it.")
    opening, matter = "<html>", ""
    if match := _FRONT_MATTER.match(text):
        opening = _page_opening(match[0])
        matter = _listed("front matter", match[0], 1)
        text = _blank(match[0]) + text[match.end() :]
    footnotes = list(_footnotes(text))
    body = _rendered(_FOOTNOTE.sub(lambda match: _blank(match[0]), text))
    return f"{opening}<body>{matter}{body}{''.join(footnotes)}</body></html>"


def _page_opening(matter: str) -> str:
    """The language and title that front matter gives, where HTML has them."""
    facts = {match[1]: match[3] for match in _FACT.finditer(matter)}
    language = facts.get("locale") or facts.get("lang") or facts.get("language") or ""
    title = facts.get("title", "")
    return f'<html lang="{escape(language)}"><head><title>{escape(title)}</title></head>'


def _footnotes(text: str) -> Iterator[str]:
    line, counted = 1, 0
    for match in _FOOTNOTE.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        yield _listed("footnote", match[0], line)


def _rendered(text: str) -> str:
    parser = _parser()
    env: dict[str, Any] = {}
    tokens = parser.parse(text, env)
    if any(token.level >= NESTING_MAX - 1 for token in tokens):
        raise DraftRefused(f"Lists or quotations stand more than {NESTING_MAX // 2} deep.")
    for token in tokens:
        if token.map and token.nesting >= 0:
            token.attrSet(LINE, str(token.map[0] + 1))
    _take_slugs(tokens)
    html = str(parser.renderer.render(tokens, parser.options, env))
    return html + "".join(_unused(env, html))


def _take_slugs(tokens: Sequence[Token]) -> None:
    """`## Title {#slug}`: the slug is a proposal for the section's."""
    for opening, inline in pairwise(tokens):
        last = inline.children[-1] if inline.children else None
        if opening.type != "heading_open" or last is None or last.type != "text":
            continue
        if match := _SLUG.search(last.content):
            opening.attrSet(SLUG, match[1])
            last.content = last.content[: match.start()]


def _unused(env: MutableMapping[str, Any], html: str) -> Iterator[str]:
    """Definitions of links that no link uses, and those that came second."""
    definitions = [(label, found) for label, found in env.get("references", {}).items()]
    unused = [(label, found) for label, found in definitions if escape(found["href"]) not in html]
    doubled = [(found["label"], found) for found in env.get("duplicate_refs", [])]
    for label, found in unused + doubled:
        text = f"{label}: {found['href']} {found.get('title', '')}"
        yield _listed("definition of a link, not used", text, found["map"][0] + 1)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": NESTING_MAX})
    parser.enable(["table", "strikethrough"])
    # Addresses that may not stand in a draft are read as links too, so that they are listed.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    for name, what in _LISTED.items():
        parser.add_render_rule(name, _rule_that_lists(what))
    until = time.thread_time() + PARSE_SECONDS_MAX

    def watch(state: Any, *_: Any) -> bool:
        if time.thread_time() > until:
            raise DraftRefused("The Markdown takes too long to read: look for rows of brackets.")
        return False

    parser.inline.ruler.before("text", "watch", watch)
    parser.block.ruler.before("table", "watch", watch)
    return parser


def _rule_that_lists(what: str) -> Any:
    def rule(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
        token = tokens[index]
        return _listed(what, token.content, (token.map or [0])[0] + 1)

    return rule


def _listed(what: str, text: str, line: int) -> str:
    """An element that the reader lists and does not place."""
    return f'<pre {WHAT}="{what}" {LINE}="{line}">{escape(text)}</pre>\n'


def _blank(text: str) -> str:
    """As many empty lines, so that the lines below keep their numbers."""
    return "\n" * text.count("\n")
