"""Messages: what a document asks a translator to translate, one for each unit."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from sqlmodel import Session

from content.records import document as documents
from content.records.document import Document
from content.records.kept import Kept
from content.records.markdown import Block, Words, links_shown, read_block, shown_text, words_of

#: Parsed documents kept at hand; a document never changes, so neither does what is kept.
KEPT_MAX = 8_192
#: Parsed blocks kept at hand: those of the largest page in two languages.
TREES_MAX = 32_768
#: Kinds whose text has no markup.
PLAIN_KINDS = frozenset({"title", "summary", "alt", "audience", "disclaimer"})


@dataclass(frozen=True)
class Message:
    """One unit's text. Link targets are taken out of it as `{1}`, `{2}` and stand in `links`."""

    unit: str
    kind: str
    text: str
    links: tuple[str, ...] = ()

    def __hash__(self) -> int:
        # What is kept at hand of a text is looked up by its message, several times on its way.
        return hash(self.text)

    @property
    def words(self) -> str:
        """The words alone: without emphasis or code marks, with the number of links.

        What a translation's freshness is judged by; formatting never makes one outdated.
        """
        if self.kind in PLAIN_KINDS:
            return self.text
        return f"{self.plain}\0{len(self.links)}"

    @cached_property
    def plain(self) -> str:
        """The text without markup and without placeholders."""
        return bare(self.kind, self.text)

    def same_words(self, other: Self) -> bool:
        """Whether the words are the same, whatever became of addresses and formatting."""
        if self.text == other.text:
            return True
        if self.kind in PLAIN_KINDS or other.kind in PLAIN_KINDS:
            return self.words == other.words
        return len(self.links) == len(other.links) and self.plain == other.plain


def bare(kind: str, text: str) -> str:
    """A unit's text without markup and without placeholders."""
    if kind in PLAIN_KINDS:
        return text
    return shown_text(text)


_kept: Kept[tuple[Message, ...]] = Kept(KEPT_MAX)
_trees: Kept[Block] = Kept(TREES_MAX)


def messages(document: Document) -> tuple[Message, ...]:
    """Every message of a document, in reading order, the facts of the page last."""
    units = document.units
    found = [Message(units.title, "title", document.title)]
    if document.summary is not None and units.summary is not None:
        found.append(Message(units.summary, "summary", document.summary))
    for block in document.blocks:
        texts = words_of(tree_of(block.markdown))
        found += [
            Message(unit, words.kind, words.text, words.links)
            for unit, words in zip(block.units, texts, strict=True)
        ]
    found.append(Message(units.audience, "audience", document.audience))
    found.append(Message(units.disclaimer, "disclaimer", document.disclaimer))
    return tuple(found)


def links_of(document: Document) -> list[tuple[str, str]]:
    """(text, address) of every link, in reading order."""
    return [
        link
        for message in messages(document)
        if message.links
        for link in links_shown(Words("paragraph", message.text, message.links))
    ]


def tree_of(markdown: str) -> Block:
    """A block out of a document, read once."""
    return _trees.found_or_made(markdown, lambda: read_block(markdown))


def keep_tree(markdown: str, tree: Block) -> None:
    """Remember the tree that was just written as this Markdown."""
    _trees.keep(markdown, replace(tree, evidence=()))


def of_document(session: Session, digest: str) -> tuple[Message, ...]:
    """The messages of a stored document."""
    return _kept.found_or_made(digest, lambda: messages(documents.load(session, digest)))


def read_ahead(session: Session, digests: Collection[str]) -> None:
    """Have the documents at hand of which nobody read the messages yet."""
    known = _kept.found(digests)
    documents.read_ahead(session, [one for one in digests if one not in known])


def words_differ(session: Session, one: str, other: str) -> bool:
    """Whether two documents differ in any message's words; order, formatting and links do not
    count: a reader of the one was told what a reader of the other is.
    """
    return {(message.unit, message.plain) for message in of_document(session, one)} != {
        (message.unit, message.plain) for message in of_document(session, other)
    }
