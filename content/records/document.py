"""The document: the canonical bytes of one version, named by their SHA-256.

Bytes are RFC 8785 JSON, made once, here. Whoever checks a document hashes what they received;
nobody serialises it again. Kind `msif.section/1`; further fields may come, a reader ignores them.
"""

from collections.abc import Collection
from datetime import date
from hashlib import sha256
from typing import Literal, Self

import rfc8785
from pydantic import BaseModel, ConfigDict
from pydantic import Field as Told
from sqlalchemy import text
from sqlmodel import Field, Session, SQLModel, col, select

from content.errors import DocumentNotFound, NotSignedOff
from content.records.kept import Kept

BlockType = Literal["paragraph", "list", "quote", "figure", "table", "note"]
ChangeKind = Literal["wording", "clinical", "safety"]


#: Parsed documents at hand, by digest.
KEPT_MAX = 8_192
_kept: "Kept[Document]" = Kept(KEPT_MAX)


class _Value(BaseModel):
    # What is made has every field; what was made before a field came is read without it.
    model_config = ConfigDict(
        frozen=True, extra="ignore", json_schema_serialization_defaults_required=True
    )


class BlockRecord(_Value):
    """One block: its Markdown with links in place, the HTML made from it, and its unit ids."""

    type: BlockType = Told(description="What it is")
    units: tuple[str, ...] = Told(description="Ids of its texts, in order")
    markdown: str = Told(description="The block as Markdown, links in place")
    html: str = Told(description="The same as safe HTML")
    evidence: tuple[str, ...] = Told(default=(), description="Ids of the works that it cites")


class EvidenceRecord(_Value):
    """A work that the text rests on. Its title stays in the language of the work."""

    id: str = Told(description="What blocks cite it by")
    type: str = Told(description="What kind of work it is: trial, review, guideline ...")
    title: str = Told(description="Its title, in its own language")
    url: str = Told(description="Where it can be read")
    registry: str | None = Told(default=None, description="Its number in a register, if any")


class FigureRecord(_Value):
    """A figure that the text shows; `url` is a path on the hub, `file` its name for authors."""

    sha256: str = Told(description="SHA-256 of the picture")
    url: str = Told(description="Where it is on this hub")
    alt: str = Told(description="What it shows, for whoever does not see it")
    credit: str = Told(description="Whom to name for it")
    license: str = Told(description="Under what terms it may be shown")
    file: str = Told(description="Its name for authors")


class Attribution(_Value):
    """What a member site names as the source of the text."""

    text: str = Told(description="Whom to name")
    url: str = Told(description="Where that leads")


class Change(_Value):
    """What this version changed, in one sentence, and how much it matters."""

    kind: ChangeKind = Told(description="How much it matters")
    summary: str = Told(description="What changed, in a sentence")


class SourceReference(_Value):
    """The exact document that a translation translates."""

    locale: str = Told(description="The language that it is translated from")
    version: int = Told(description="The number of that version")
    sha256: str = Told(description="SHA-256 of its document")


class FactUnits(_Value):
    """Unit ids of the texts that stand outside the blocks."""

    title: str = Told(description="Of the title")
    summary: str | None = Told(description="Of the summary, if there is one")
    audience: str = Told(description="Of the audience")
    disclaimer: str = Told(description="Of the disclaimer")


class Document(_Value):
    """One text of a section in one locale, as it is signed and served. Never changed."""

    kind: Literal["msif.section/1"] = Told(
        default="msif.section/1", description="What kind of document this is"
    )
    section: str = Told(description="The name of the section in addresses")
    locale: str = Told(description="The language, as a tag of BCP 47")
    version: int = Told(description="The number of the version")
    title: str = Told(description="The heading")
    summary: str | None = Told(description="The text in a sentence or two; null if it has none")
    blocks: tuple[BlockRecord, ...] = Told(description="The text in pieces, in order")
    children: tuple[str, ...] = Told(description="The sections right below it, in order")
    evidence: tuple[EvidenceRecord, ...] = Told(description="The works that the text rests on")
    figures: tuple[FigureRecord, ...] = Told(description="The pictures that the text shows")
    authors: tuple[str, ...] = Told(description="Who wrote the source text")
    audience: str = Told(description="For whom it is written")
    attribution: Attribution
    license: str = Told(description="Under what terms the text may be shown")
    disclaimer: str = Told(description="To be shown with the text")
    translation_of: SourceReference | None = Told(description="Null for a source text")
    change: Change
    last_reviewed: date = Told(description="When the evidence was last looked at")
    review_by: date = Told(description="When it has to be looked at again")
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


def read_ahead(session: Session, digests: Collection[str]) -> None:
    """Have these at hand, asked for at once, where they would be loaded one by one."""
    known = _kept.found(digests)
    missing = sorted(set(digests) - set(known))
    if missing:
        wanted = col(StoredDocument.sha256).in_(missing)
        for one in session.exec(select(StoredDocument).where(wanted)):
            _kept.keep(one.sha256, Document.model_validate_json(one.body))
