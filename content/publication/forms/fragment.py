"""A text as a fragment of HTML, to be put under the first heading of a page.

No script, no style, no handler; the blocks' HTML is that of the document, which has none either.
"""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from content.publication.forms import surroundings
from content.publication.forms.surroundings import Envelope, Fact, Notice, Outside, Title, Voice
from content.translation import locale as locales
from content.translation import phrases

#: Levels of headings: of the title, and of the deepest there is.
LEVEL, LEVEL_MAX = 2, 6


def render(told: Envelope, outside: Outside) -> str:
    """The text of a section or a whole page as one `article`."""
    voice = Voice.beside(told)
    inner = "\n".join(
        (
            *(_notice(one, told, voice) for one in surroundings.notices(told, voice)),
            *_text(told, LEVEL, voice, surroundings.facts(told, voice)),
            *_footer(told, voice, outside),
        )
    )
    title = _heading(told["title"], LEVEL, f"msif-{told['section']}")
    return f'<article class="msif"{_identity(told)}>\n{title}\n{inner}\n</article>\n'


def _text(told: Envelope, level: int, voice: Voice, page: list[Fact]) -> Iterator[str]:
    """The words of a section, and of all below it."""
    if told["summary"]:
        yield f'<p class="msif-summary">{_lines(told["summary"])}</p>'
    if told["html"]:
        yield told["html"]
    for below in told.get("sections", ()):
        yield from _section(below, level + 1, voice, page)


def _section(told: Envelope, level: int, voice: Voice, page: list[Fact]) -> Iterator[str]:
    yield f'<section class="msif-section"{_identity(told)}>'
    yield _heading(told["title"], level, f"msif-{told['section']}")
    for notice in surroundings.label(told, voice):
        yield _notice(notice, told, voice)
    yield from _text(told, level, voice, page)
    own = surroundings.own_facts(told, voice, page)
    if own:
        yield _list_of(own, told, voice, "msif-differs")
    yield "</section>"


def _footer(told: Envelope, voice: Voice, outside: Outside) -> Iterator[str]:
    yield '<footer class="msif-about">'
    if lacking := surroundings.missing(told, outside):
        yield _heading(voice.say(phrases.NOT_IN_THIS_LANGUAGE), LEVEL + 1, "", _spoken(told, voice))
        yield _items(map(_title, lacking), "ul", "msif-missing")
    if cited := surroundings.references(told):
        yield _heading(voice.say(phrases.REFERENCES), LEVEL + 1, "", _spoken(told, voice))
        yield _items(map(_reference, cited), "ol", "msif-references")
    yield _list_of(surroundings.facts(told, voice), told, voice, "msif-facts")
    link = surroundings.proof(told, voice)
    yield (
        f'<p class="msif-proof"{_spoken(told, voice)}>'
        f'<a href="{escape(link.url)}">{escape(link.name)}</a></p>'
    )
    yield "</footer>"


def _identity(told: Envelope) -> str:
    """Language and direction, and which text this is to whoever wants to verify it."""
    values = {
        "lang": told["locale"],
        "dir": told["dir"],
        "data-msif-section": told["section"],
        "data-msif-version": str(told["version"]),
        "data-msif-status": told["status"],
        "data-msif-sha256": told["sha256"],
    }
    return "".join(f' {name}="{escape(value)}"' for name, value in values.items())


def _spoken(told: Envelope, voice: Voice) -> str:
    """The language of the hub's own words, where it is not that of the text."""
    return "" if voice.locale == told["locale"] else _language(voice.locale)


def _language(locale: str) -> str:
    return f' lang="{escape(locale)}" dir="{locales.describe(locale).dir}"'


def _heading(text: str, level: int, name: str, more: str = "") -> str:
    tag = f"h{min(level, LEVEL_MAX)}"
    identifier = f' id="{escape(name)}"' if name else ""
    return f"<{tag}{identifier}{more}>{escape(text)}</{tag}>"


def _notice(notice: Notice, told: Envelope, voice: Voice) -> str:
    text = f"<strong>{escape(notice.word or notice.sentence)}</strong>"
    if notice.word:
        text += f" {escape(notice.sentence)}"
    return f'<p class="msif-notice" role="note"{_spoken(told, voice)}>{text}</p>'


def _items(items: Iterable[str], tag: str, name: str) -> str:
    return f'<{tag} class="{name}">\n' + "\n".join(items) + f"\n</{tag}>"


def _title(title: Title) -> str:
    link = (
        f'<a href="{escape(title.url)}" hreflang="{escape(title.locale)}">{escape(title.text)}</a>'
    )
    return f"<li{_language(title.locale)}>{link}</li>"


def _reference(cited: dict[str, Any]) -> str:
    """Titles stay in the language of the work, which nobody has noted."""
    link = f'<a href="{escape(cited["url"])}">{escape(cited["title"])}</a>'
    return f'<li dir="auto">{link}{escape(surroundings.registry(cited))}</li>'


def _list_of(facts: list[Fact], told: Envelope, voice: Voice, name: str) -> str:
    rows = (f"<div><dt>{escape(one.name)}</dt>{_value(one, told, voice)}</div>" for one in facts)
    return f'<dl class="{name}"{_spoken(told, voice)}>\n' + "\n".join(rows) + "\n</dl>"


def _value(fact: Fact, told: Envelope, voice: Voice) -> str:
    text = _lines(fact.text)
    if fact.day:
        text = f'<time datetime="{fact.day}">{text}</time>'
    if fact.url:
        text = f'<a href="{escape(fact.url)}">{text}</a>'
    own = fact.locale and voice.locale != told["locale"]
    return f"<dd{_language(fact.locale) if own else ''}>{text}</dd>"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
