"""Messages: what a document asks a translator to translate, one for each unit."""

import re
from dataclasses import dataclass
from functools import lru_cache

from sqlmodel import Session

from content.records import document as documents
from content.records.document import Document
from content.records.markdown import Words, plain_text, read_block, words_of

#: Parsed documents kept at hand; a document never changes, so neither does what is kept.
KEPT_MAX = 4_096
#: Kinds whose text has no markup.
PLAIN_KINDS = frozenset({"title", "summary", "alt", "audience", "disclaimer"})

#: A link as a message has it: its text, and the number of its target.
LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\{(\d+)\}")


@dataclass(frozen=True)
class Message:
    """One unit's text. Link targets are taken out of it as `{1}`, `{2}` and stand in `links`."""

    unit: str
    kind: str
    text: str
    links: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The words alone: without emphasis or code marks, with the number of links.

        What a translation's freshness is judged by; formatting never makes one outdated.
        """
        if self.kind in PLAIN_KINDS:
            return self.text
        bare = plain_text(Words(kind="paragraph", text=self.text, links=self.links))
        return f"{bare}\0{len(self.links)}"


def messages(document: Document) -> tuple[Message, ...]:
    """Every message of a document, in reading order, the facts of the page last."""
    units = document.units
    found = [Message(units.title, "title", document.title)]
    if document.summary is not None and units.summary is not None:
        found.append(Message(units.summary, "summary", document.summary))
    for block in document.blocks:
        texts = words_of(read_block(block.markdown))
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
        (
            plain_text(Words(kind="paragraph", text=found.group(1))),
            message.links[int(found.group(2)) - 1],
        )
        for message in messages(document)
        for found in LINK.finditer(message.text if message.links else "")
    ]


@lru_cache(maxsize=KEPT_MAX)
def _parsed(body: bytes) -> tuple[Document, tuple[Message, ...]]:
    parsed = Document.model_validate_json(body)
    return parsed, messages(parsed)


def of_document(session: Session, digest: str) -> tuple[Message, ...]:
    """The messages of a stored document."""
    return _parsed(documents.load_bytes(session, digest))[1]


def document_of(session: Session, digest: str) -> Document:
    """A stored document, parsed once."""
    return _parsed(documents.load_bytes(session, digest))[0]


def words_differ(session: Session, one: str, other: str) -> bool:
    """Whether two documents differ in any message's words; order and formatting do not count."""
    return {(message.unit, message.words) for message in of_document(session, one)} != {
        (message.unit, message.words) for message in of_document(session, other)
    }
