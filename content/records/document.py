"""The document: the canonical bytes of one version, named by their SHA-256.

Bytes are RFC 8785 JSON, made once, here. Whoever checks a document hashes what they received;
nobody serialises it again. Kind `msif.section/1`; further fields may come, a reader ignores them.
"""

from datetime import date
from hashlib import sha256
from typing import Literal, Self

import rfc8785
from pydantic import BaseModel, ConfigDict
from sqlalchemy import text
from sqlmodel import Field, Session, SQLModel

from content.errors import DocumentNotFound, NotSignedOff
from content.records.kept import Kept

BlockType = Literal["paragraph", "list", "quote", "figure", "table", "note"]
ChangeKind = Literal["wording", "clinical", "safety"]


#: Parsed documents at hand, by digest.
KEPT_MAX = 8_192
_kept: "Kept[Document]" = Kept(KEPT_MAX)


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class BlockRecord(_Value):
    """One block: its Markdown with links in place, the HTML made from it, and its unit ids."""

    type: BlockType
    units: tuple[str, ...]
    markdown: str
    html: str
    evidence: tuple[str, ...] = ()


class EvidenceRecord(_Value):
    """A work that the text rests on. Its title stays in the language of the work."""

    id: str
    type: str
    title: str
    url: str
    registry: str | None = None


class FigureRecord(_Value):
    """A figure that the text shows; `url` is a path on the hub, `file` its name for authors."""

    sha256: str
    url: str
    alt: str
    credit: str
    license: str
    file: str


class Attribution(_Value):
    """What a member site names as the source of the text."""

    text: str
    url: str


class Change(_Value):
    """What this version changed, in one sentence, and how much it matters."""

    kind: ChangeKind
    summary: str


class SourceReference(_Value):
    """The exact document that a translation translates."""

    locale: str
    version: int
    sha256: str


class FactUnits(_Value):
    """Unit ids of the texts that stand outside the blocks."""

    title: str
    summary: str | None
    audience: str
    disclaimer: str


class Document(_Value):
    """One text of a section in one locale, as it is signed and served. Never changed."""

    kind: Literal["msif.section/1"] = "msif.section/1"
    section: str
    locale: str
    version: int
    title: str
    summary: str | None
    blocks: tuple[BlockRecord, ...]
    children: tuple[str, ...]
    evidence: tuple[EvidenceRecord, ...]
    figures: tuple[FigureRecord, ...]
    authors: tuple[str, ...]
    audience: str
    attribution: Attribution
    license: str
    disclaimer: str
    translation_of: SourceReference | None
    change: Change
    last_reviewed: date
    review_by: date
    units: FactUnits

    def canonical(self) -> bytes:
        """The bytes that are signed: RFC 8785."""
        return rfc8785.dumps(self.model_dump(mode="json"))

    def same_text(self, other: Self) -> bool:
        """Whether nothing differs but the number of the version and the words about the change."""
        return self.model_copy(update={"version": 0, "change": other.change}) == other.model_copy(
            update={"version": 0}
        )


class StoredDocument(SQLModel, table=True):
    """Bytes under their digest. Never changed and never deleted: a trigger refuses both."""

    __tablename__ = "document"

    sha256: str = Field(primary_key=True)
    body: bytes


#: The same words in SQLite and PostgreSQL.
KEEP = text("INSERT INTO document (sha256, body) VALUES (:sha256, :body) ON CONFLICT DO NOTHING")


def store(session: Session, document: Document) -> str:
    """Keep the document and return its digest; one that is kept already is not kept twice."""
    body = document.canonical()
    digest = sha256(body).hexdigest()
    session.connection().execute(KEEP, {"sha256": digest, "body": body})
    _kept.keep(digest, document)
    return digest


def load_bytes(session: Session, digest: str) -> bytes:
    """The bytes of a document. Raises DocumentNotFound."""
    stored = session.get(StoredDocument, digest)
    if stored is None:
        raise DocumentNotFound(sha256=digest)
    return stored.body


def load_whole(session: Session, digest: str) -> bytes:
    """The same, hashed. Raises DocumentNotFound; NotSignedOff for bytes that nobody signed."""
    body = load_bytes(session, digest)
    if sha256(body).hexdigest() != digest:
        raise NotSignedOff(sha256=digest)
    return body


def load(session: Session, digest: str) -> Document:
    """A document by its digest, parsed once. Raises DocumentNotFound."""
    return _kept.found_or_made(
        digest, lambda: Document.model_validate_json(load_bytes(session, digest))
    )
