"""A page's HTML as a tree, and the part of it that was chosen."""

import codecs
import time
import warnings
from typing import Any

from bs4 import BeautifulSoup, UnicodeDammit
from bs4.element import Tag
from soupsieve import SelectorSyntaxError

from content.records.existing_page.findings import Findings
from content.records.existing_page.refusal import DraftRefused

ELEMENTS_MAX = 40_000
#: html.parser needs quadratic time for some unfinished tags; real pages take a second.
PARSE_SECONDS_MAX = 4.0
UNFINISHED_TAGS_MAX = 1_000  # at the end of a file; each costs a look at all that follows
IMPLIED_END_LOOK_UP_MAX = 30

_TOO_LONG = "The HTML takes too long to read: open it in a browser and save it from there."

_TABLE_PARTS = ("thead", "tbody", "tfoot")
_CLOSES_PARAGRAPH = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "dd",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
        "li",
    ]
)
# HTML, 13.1.2.4 "Optional tags": which open elements a start tag ends, and how far up to look.
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    **{part: (frozenset(_TABLE_PARTS), frozenset({"table"})) for part in _TABLE_PARTS},
    "option": (frozenset({"option"}), frozenset({"select"})),
}
_PARAGRAPH_SCOPE = frozenset({"td", "th", "caption", "button", "table", "object", "template"})


class _Soup(BeautifulSoup):
    """Ends the elements whose end tags may be left out, and stops at sizes no page has."""

    def __init__(self, markup: str) -> None:
        self._elements = 0
        self._until = time.thread_time() + PARSE_SECONDS_MAX
        super().__init__(markup, "html.parser")

    def handle_starttag(self, name: str, *rest: Any, **more: Any) -> Tag | None:
        self._elements += 1
        if self._elements > ELEMENTS_MAX:
            raise DraftRefused(
                f"The page has more than {ELEMENTS_MAX:,} elements: save the part you need alone."
            )
        if name in _CLOSES_PARAGRAPH:
            self._end(frozenset({"p"}), _PARAGRAPH_SCOPE)
        if name in _ENDS:
            self._end(*_ENDS[name])
        return super().handle_starttag(name, *rest, **more)

    def handle_data(self, data: str) -> None:
        if time.thread_time() > self._until:
            raise DraftRefused(_TOO_LONG)
        super().handle_data(data)

    def _end(self, names: frozenset[str], scope: frozenset[str]) -> None:
        for tag in reversed(self.tagStack[-IMPLIED_END_LOOK_UP_MAX:]):
            if tag.name in names:
                self.handle_endtag(tag.name)
                return
            if tag.name in scope:
                return


def read_soup(markup: str) -> BeautifulSoup:
    """The tree of a page. Raises DraftRefused."""
    if markup.count("<", markup.rfind(">") + 1) > UNFINISHED_TAGS_MAX:
        raise DraftRefused(_TOO_LONG)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # guesses about files, addresses and XML
        return _Soup(markup)


def read_page(source: bytes, findings: Findings) -> BeautifulSoup:
    """The tree of an HTML file in the encoding it declares. Raises DraftRefused."""
    if b"\0" in source and not source.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise DraftRefused("The file is not text: save the web page as HTML and try again.")
    dammit = UnicodeDammit(source, is_html=True)
    if dammit.unicode_markup is None or dammit.contains_replacement_characters:
        raise DraftRefused("The encoding of the page is unknown: save it as UTF-8 and try again.")
    if dammit.declared_html_encoding is None or not _same(dammit):
        findings.note(f"Read as {dammit.original_encoding}: check accents and quotation marks")
    soup = read_soup(dammit.unicode_markup)
    if soup.find(True) is None:
        raise DraftRefused("There is no HTML in the file: for other texts use the form text.")
    return soup


def chosen(soup: BeautifulSoup, select: str | None, findings: Findings) -> Tag:
    """The element a CSS selector names; without one, main, article or body."""
    if select is not None:
        return _selected(soup, select)
    for name in ("main", "article", "body"):
        found = soup.find_all(name, limit=2)
        if len(found) == 1:
            findings.note(f"Nothing was selected: the draft is made from <{name}>")
            return found[0]
    findings.note("Nothing was selected: the draft is made from the whole file")
    return soup


def _selected(soup: BeautifulSoup, select: str) -> Tag:
    try:
        found = soup.select(select, limit=1_000)
    except (SelectorSyntaxError, NotImplementedError) as error:
        reason = str(error).splitlines()[0]
        raise DraftRefused(f"“{select}” is not a CSS selector: {reason}") from error
    if not found:
        raise DraftRefused(f"Nothing on the page matches “{select}”: look up the selector.")
    if len(found) > 1:
        raise DraftRefused(
            f"{len(found)} elements match “{select}”: choose one, as in “{select}:nth-of-type(1)”."
        )
    return found[0]


def _same(dammit: UnicodeDammit) -> bool:
    """Whether the page was read in the encoding it declares."""
    try:
        declared = codecs.lookup(dammit.declared_html_encoding or "").name
        return declared == codecs.lookup(dammit.original_encoding or "").name
    except LookupError:
        return False
