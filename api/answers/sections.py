"""Sections and pages in force: the envelope, and lists of what there is."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from api.answers.words import (
    Cursor,
    Day,
    Digest,
    Direction,
    Label,
    More,
    Number,
    PageSlug,
    Path,
    Seq,
    Sha256,
    Slug,
    Tag,
    Time,
    absent,
    known,
)
from api.models import AnswerModel
from content.records.document import (
    Attribution,
    BlockRecord,
    Change,
    ChangeKind,
    EvidenceRecord,
    FigureRecord,
)
from content.records.version import PUBLISHED_STATES
from content.review.review import Kind


class Marked(AnswerModel):
    """What every answer of a demonstration says besides."""

    demo: Literal[True] = absent("There where the hub is a demonstration: nobody approved this")
    demo_notice: str = absent("The same in words, to show to readers")


class SectionLink(AnswerModel):
    """A section below this one that is in force in the same language."""

    section: Slug
    title: str = Field(description="Its title in this language")
    url: Path


class TextLink(AnswerModel):
    """A link in the words of a text."""

    text: str = Field(description="The words that lead there")
    url: str = Field(description="Where they lead")


class SourceChange(AnswerModel):
    """What the source changed that a translation does not say yet."""

    kind: ChangeKind = Field(description="How much it matters")
    summary: str = Field(description="What changed, in a sentence")


class TranslationOf(AnswerModel):
    """The source document that a translation translates, and how far the source is now."""

    locale: Tag
    version: Number
    sha256: Digest
    current_version: int = Field(description="The number of the source text in force now")
    outdated_since: Time | None = Field(description="When the source moved on; null if it did not")
    change: SourceChange | None = Field(description="The weightiest change since; null if none")


class SignedBy(AnswerModel):
    """One signature that counted."""

    name: str = Field(description="The name that was signed under")
    role: str = Field(description="The role that it was signed in: `board`, or of a language")
    organisation: str = Field(description="Where they belonged when they signed")
    at: Time


class ReviewedBy(AnswerModel):
    """One review that counted."""

    name: str = Field(description="Who reviewed")
    kind: Annotated[str, Field(json_schema_extra=known(Kind))] = Field(
        description="What was reviewed"
    )
    organisation: str = Field(description="Where they belonged when they reviewed")


class Approval(AnswerModel):
    """Who stands behind a text."""

    sign_off: Sha256 = Field(description="The statement that was signed: `/v1/sign-offs/{sha256}`")
    signed_by: list[SignedBy] = Field(description="Everybody whose signature counted")
    reviewed_by: list[ReviewedBy] = Field(description="Everybody whose review counted")


class SectionUrls(AnswerModel):
    """Where the rest about a text is."""

    self: Path
    content: Path = Field(description="The document: the bytes that were approved")
    sign_off: Path = Field(description="The statement and its signatures")
    history: Path = Field(description="Every version that was ever in force")
    proof: Path = Field(description="For people: a page that shows who stands behind it")
    page: Path = Field(description="The whole page, in this language")
    alternates: dict[str, str] = Field(description="The same in other languages, by their tags")


class SectionEnvelope(Marked):
    """One section in force in one language, with all that a site needs to show it."""

    section: Slug
    locale: Tag
    requested_locale: str = absent("What was asked for, where the answer is in another locale")
    version: Number
    status: Label
    title: str = Field(description="The heading")
    summary: str | None = Field(description="The text in a sentence or two; null if it has none")
    html: str = Field(description="The blocks as safe HTML: no scripts, styles or classes")
    markdown: str = Field(description="The blocks as Markdown")
    blocks: list[BlockRecord] = Field(description="The text in pieces, in order")
    children: list[SectionLink] = Field(description="The sections right below it, in order")
    page: PageSlug
    evidence: list[EvidenceRecord] = Field(description="The works that the text rests on")
    figures: list[FigureRecord] = Field(description="The pictures that the text shows")
    links: list[TextLink] = Field(description="Every link in the words")
    dir: Direction
    audience: str = Field(description="For whom it is written")
    authors: list[str] = Field(description="Who wrote the source text")
    translation_of: TranslationOf | None = Field(description="Null for a source text")
    last_reviewed: Day = Field(description="When the evidence was last looked at")
    review_by: Day = Field(description="When it has to be looked at again")
    change: Change
    approval: Approval
    attribution: Attribution
    license: str = Field(description="Under what terms the text may be shown")
    disclaimer: str = Field(description="To be shown with the text")
    notice: str | None = Field(description="Something that readers are told besides, if any")
    sha256: Digest
    seq: Seq
    urls: SectionUrls


class PageSection(SectionEnvelope):
    """A section of a page, with those below it."""

    sections: list["PageSection"] = Field(description="Those below it, in order, each whole")


class PageEnvelope(PageSection):
    """A whole page in one language: its root, with all below it."""

    missing: list[Slug] = Field(description="Sections that are not in force in this language")


class LinkedText(AnswerModel):
    """A text as JSON-LD, in the vocabulary of schema.org: `MedicalWebPage`, `WebPageElement`."""

    model_config = ConfigDict(extra="allow")

    context: Literal["https://schema.org"] = Field(alias="@context", description="The vocabulary")
    type: Literal["MedicalWebPage", "WebPageElement"] = Field(
        alias="@type", description="A whole page, or a section of one"
    )
    id: str = Field(alias="@id", description="Its address on this hub")


class InLocale(AnswerModel):
    """A section in one language that it is in force in."""

    locale: Tag
    version: Number
    sha256: Digest
    status: Label
    title: str = Field(description="The heading in this language")
    url: Path


class SectionOverview(Marked):
    """A section without language."""

    section: Slug
    source_locale: str = Field(description="The language that it was written in")
    page: PageSlug
    parent: Slug | None = Field(description="The section right above; null for a page")
    children: list[Slug] = Field(description="The sections right below, in order")
    locales: list[InLocale] = Field(description="Every language that it is in force in")
    withdrawn: list[Tag] = Field(description="Languages in which it was withdrawn")


class SectionSummary(AnswerModel):
    """One text in a list."""

    section: Slug
    locale: Tag
    version: Number
    status: Label
    title: str = Field(description="The heading")
    summary: str | None = Field(description="The text in a sentence or two; null if it has none")
    page: PageSlug
    last_reviewed: Day = Field(description="When the evidence was last looked at")
    review_by: Day = Field(description="When it has to be looked at again")
    sha256: Digest
    seq: Seq
    changed_at: Time = Field(description="When its answer last changed")
    url: Path


class SectionList(Marked):
    """What is in force, a page of the list at a time."""

    sections: list[SectionSummary] = Field(description="By section and locale")
    more: More
    cursor: Cursor = absent("For `cursor`: where the list goes on; not there at its end")


class PastVersion(AnswerModel):
    """One version that was ever in force."""

    version: Number
    state: Annotated[str, Field(json_schema_extra=known(sorted(PUBLISHED_STATES)))] = Field(
        description="What has become of it"
    )
    in_force_since: Time | None = Field(description="When it came into force")
    in_force_until: Time | None = Field(description="When it left force; null while it is")
    change: Change
    sha256: Digest
    sign_off: Sha256 | None = Field(description="The statement that was signed")
    url: Path


class SectionHistory(Marked):
    """What was ever in force of one text."""

    section: Slug
    locale: Tag
    versions: list[PastVersion] = Field(description="The newest first")
