"""A text as plain text: a paragraph is one line, links are numbered and listed at the end.

Nothing is wrapped: whoever shows it knows how wide it is. No marks of direction are put in: each
line takes its own from its letters (Unicode UAX #9, P2), in whichever script.
"""

from collections.abc import Iterator
from typing import Any

from content.publication.forms import surroundings
from content.publication.forms.surroundings import Envelope, Fact, Notice, Outside, Title, Voice
from content.records.markdown import (
    Image,
    Listing,
    ListItem,
    Paragraph,
    Quote,
    Table,
    Words,
    plain_text,
)
from content.records.markdown.blocks import Tree
from content.records.markdown.inline import text_with_targets
from content.records.message import tree_of
from content.translation import phrases

BULLET = "•"
INDENT = "  "
#: Between the title of a section and what stood before it.
GAP = ""


class Targets:
    """Where links lead, numbered as they are met; the same address has one number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def mark(self, target: str) -> str:
        """What stands behind the text of a link."""
        return f" [{self._numbers.setdefault(target, len(self._numbers) + 1)}]"

    def lines(self) -> list[str]:
        return [f"[{number}] {target}" for target, number in self._numbers.items()]


def render(told: Envelope, outside: Outside) -> str:
    """The text of a section or a whole page, what stands around it, and the links."""
    voice, targets = Voice.beside(told), Targets()
    page = surroundings.facts(told, voice)
    parts = [
        told["title"],
        *map(_notice, surroundings.notices(told, voice)),
        *_text(told, targets, voice, page),
        GAP,
        *_about(told, voice, outside, targets, page),
    ]
    if lines := targets.lines():
        parts.append(
            "\n".join([voice.named(voice.say(phrases.LINK_ADDRESSES), "").rstrip(), *lines])
        )
    return "\n\n".join(parts) + "\n"


def blocks_text(blocks: list[dict[str, Any]], targets: Targets) -> Iterator[str]:
    """Each block of a section."""
    for block in blocks:
        yield _block(tree_of(block["markdown"]).tree, targets)


def _text(told: Envelope, targets: Targets, voice: Voice, page: list[Fact]) -> Iterator[str]:
    if told["summary"]:
        yield told["summary"]
    yield from blocks_text(told["blocks"], targets)
    for below in told.get("sections", ()):
        yield GAP
        yield below["title"]
        yield from map(_notice, surroundings.label(below, voice))
        yield from _text(below, targets, voice, page)
        own = surroundings.own_facts(below, voice, page)
        if own:
            yield "\n".join(voice.named(one.name, one.text) for one in own)


def _about(
    told: Envelope, voice: Voice, outside: Outside, targets: Targets, page: list[Fact]
) -> Iterator[str]:
    if lacking := surroundings.missing(told, outside):
        yield _listed(
            voice, phrases.NOT_IN_THIS_LANGUAGE, (_title(one, targets) for one in lacking)
        )
    if cited := surroundings.references(told):
        yield _listed(voice, phrases.REFERENCES, (_reference(one, targets) for one in cited))
    facts = [*page, surroundings.proof(told, voice)]
    yield "\n".join(
        voice.named(one.name, f"{one.text}{targets.mark(one.url) if _leads_on(one) else ''}")
        for one in facts
    )


def _leads_on(fact: Fact) -> bool:
    return bool(fact.url) and fact.url != fact.text


def _listed(voice: Voice, phrase: str, lines: Iterator[str]) -> str:
    name = voice.named(voice.say(phrase), "").rstrip()
    return "\n".join([name, *(f"{BULLET} {line}" for line in lines)])


def _notice(notice: Notice) -> str:
    return f"{notice.word} {notice.sentence}".strip()


def _title(title: Title, targets: Targets) -> str:
    return f"{title.text}{targets.mark(title.url)}"


def _reference(cited: dict[str, Any], targets: Targets) -> str:
    return f"{cited['title']}{surroundings.registry(cited)}{targets.mark(cited['url'])}"


def _block(tree: Tree, targets: Targets) -> str:
    match tree:
        case Paragraph(words):
            return _words(words, targets)
        case Listing():
            return "\n".join(_listing(tree, targets, ""))
        case Quote(paragraphs):
            return "\n\n".join(_indented(_words(one.words, targets)) for one in paragraphs)
        case Table():
            return "\n".join(_table(tree, targets))
        case Image():
            return "\n".join(_image(tree, targets))
    return "\n\n".join(_indented(_block(part, targets)) for part in tree.content)


def _words(words: Words, targets: Targets) -> str:
    return text_with_targets(words, targets.mark)


def _indented(text: str) -> str:
    return "\n".join(f"{INDENT}{line}" for line in text.split("\n"))


def _listing(listing: Listing, targets: Targets, indent: str) -> Iterator[str]:
    for number, item in enumerate(listing.items, start=listing.start):
        mark = f"{number}." if listing.ordered else BULLET
        yield from _item(item, mark, targets, indent)


def _item(item: ListItem, mark: str, targets: Targets, indent: str) -> Iterator[str]:
    hanging = f"\n{indent}{INDENT}"
    yield f"{indent}{mark} {_words(item.words, targets)}".replace("\n", hanging)
    if item.nested:
        yield from _listing(item.nested, targets, indent + INDENT)


def _table(table: Table, targets: Targets) -> Iterator[str]:
    """Each row on a line, every cell behind the name of its column, as it would be read out."""
    names = [plain_text(words) if words else "" for words in table.header]
    if not table.rows:
        yield "; ".join(_words(words, targets) for words in table.header if words)
    for row in table.rows:
        cells = zip(names, row, strict=True)
        told = (_cell(name, words, targets) for name, words in cells if words)
        yield f"{BULLET} {'; '.join(told)}"


def _cell(name: str, words: Words, targets: Targets) -> str:
    text = _words(words, targets)
    return f"{name} – {text}" if name else text


def _image(image: Image, targets: Targets) -> Iterator[str]:
    """What the picture shows, where it is, and what is said of it."""
    yield f"[{plain_text(image.alt)}]{targets.mark(image.src)}"
    if image.caption:
        yield _words(image.caption, targets)
