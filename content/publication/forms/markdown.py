"""A text as CommonMark; tables as in GitHub's Markdown, notes as `::: note`.

The blocks read back as the blocks of the document.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from content.publication.forms import surroundings
from content.publication.forms.surroundings import Envelope, Fact, Notice, Outside, Title, Voice
from content.records.markdown import Words
from content.records.markdown.block_writer import text_lines, write_blocks
from content.records.markdown.canonical import escaped
from content.records.markdown.targets import written_target
from content.records.message import tree_of
from content.translation import phrases

#: CommonMark 0.31, 4.2: the deepest heading.
LEVEL_MAX = 6
RULE = "---"
LINE_BREAKS = re.compile(r"\s*\n\s*")
#: What would end a heading and not be part of it.
CLOSES = re.compile(r"(?<!\S)#+$")


def render(told: Envelope, outside: Outside) -> str:
    """The text of a section or a whole page, and a list of what stands around it at the end."""
    voice = Voice.beside(told)
    page = surroundings.facts(told, voice)
    parts = (
        _heading(told["title"], 1),
        *map(_notice, surroundings.notices(told, voice)),
        *_text(told, 1, voice, page),
        *_end(told, voice, outside, page),
    )
    return "\n\n".join(parts) + "\n"


def blocks_markdown(blocks: Sequence[dict[str, Any]]) -> str:
    """Blocks as they stand in the document, so that they read back as these."""
    if any(one["type"] == other["type"] == "list" for one, other in pairwise(blocks)):
        # Each for itself has the same mark, and two with one mark would be one list.
        return write_blocks(tree_of(one["markdown"]) for one in blocks)
    return "\n\n".join(one["markdown"] for one in blocks)


def _text(told: Envelope, level: int, voice: Voice, page: list[Fact]) -> Iterator[str]:
    if told["summary"]:
        yield text_lines(Words("alt", _one_line(told["summary"])))
    if told["blocks"]:
        yield blocks_markdown(told["blocks"])
    for below in told.get("sections", ()):
        yield _heading(below["title"], level + 1)
        yield from map(_notice, surroundings.label(below, voice))
        yield from _text(below, level + 1, voice, page)
        own = surroundings.own_facts(below, voice, page)
        if own:
            yield "\n".join(f"- {_fact(one, voice)}" for one in own)


def _end(told: Envelope, voice: Voice, outside: Outside, page: list[Fact]) -> Iterator[str]:
    yield RULE
    lines = [
        *_listed(
            voice.say(phrases.NOT_IN_THIS_LANGUAGE),
            map(_title, surroundings.missing(told, outside)),
        ),
        *_listed(voice.say(phrases.REFERENCES), map(_reference, surroundings.references(told))),
        *(f"- {_fact(one, voice)}" for one in page),
        f"- {_link(surroundings.proof(told, voice).name, told['urls']['proof'])}",
    ]
    yield "\n".join(lines)


def _listed(name: str, lines: Iterator[str]) -> Iterator[str]:
    for place, line in enumerate(lines):
        if not place:
            yield f"- {_plain(name)}"
        yield f"  - {line}"


def _heading(text: str, level: int) -> str:
    told = CLOSES.sub(r"\\\g<0>", _plain(text))
    return f"{'#' * min(level, LEVEL_MAX)} {told}"


def _notice(notice: Notice) -> str:
    text = f"**{_plain(notice.word or notice.sentence)}**"
    return f"{text} {_plain(notice.sentence)}" if notice.word else text


def _fact(fact: Fact, voice: Voice) -> str:
    return voice.named(
        _plain(fact.name), _link(fact.text, fact.url) if fact.url else _plain(fact.text)
    )


def _title(title: Title) -> str:
    return _link(title.text, title.url)


def _reference(cited: dict[str, Any]) -> str:
    return f"{_link(cited['title'], cited['url'])}{escaped(surroundings.registry(cited))}"


def _link(text: str, url: str) -> str:
    return f"[{_plain(text)}]({written_target(url)})"


def _plain(text: str) -> str:
    """Text that is no Markdown, on one line."""
    return escaped(_one_line(text))


def _one_line(text: str) -> str:
    """No-break spaces stay: they belong into French."""
    return LINE_BREAKS.sub(" ", text.strip())
