"""Translations on their way: catalogues, what becomes of them, and regional variants."""

from typing import Annotated

from pydantic import Field

from api.answers.versions import CheckFinding, VersionSummary
from api.answers.words import (
    Count,
    Fate,
    PageSlug,
    Path,
    Person,
    Sha256,
    Slug,
    Tag,
    Time,
    known,
)
from api.models import AnswerModel
from content.review.acceptance import Outcome as Accepting
from content.translation.overlay import Fate as VariantFate
from content.translation.suggestion import SuggestionState

Unit = Annotated[str, Field(description="The id of the unit")]
DryRun = Annotated[bool, Field(description="Whether nothing was changed")]
Line = Annotated[int, Field(ge=0, description="Where it stands in the file")]


class MessageCounts(AnswerModel):
    """How much of a page a language has."""

    messages: Count = Field(description="All there is to translate")
    done: Count = Field(description="Translated, and somebody stands behind it")
    stale: Count = Field(description="Made for words that the source had before")
    suggested: Count = Field(description="A guess that nobody confirmed yet")
    blank: Count = Field(description="Nothing there")


class BeforeAndAfter(AnswerModel):
    """What an upload did for a page."""

    before: MessageCounts
    after: MessageCounts


class UploadEntry(AnswerModel):
    """What became of one entry of a catalogue."""

    fate: Fate = Field(alias="class", description="What became of it")
    line: Line
    unit: Unit
    section: Slug
    why: str = Field(description="Why, where that is not plain; may be empty")
    target: str = Field(description="The words of the file, as they were taken")
    stands: str = Field(description="The words that stand now")
    fixes: list[str] = Field(description="What was put right in the words on the way in")
    findings: list[CheckFinding] = Field(description="What the checks say of it")


class UploadReport(AnswerModel):
    """What became of a catalogue, entry by entry."""

    upload: Sha256 = Field(description="The file's SHA-256, which is the upload's name")
    page: PageSlug
    locale: Tag
    snapshot: str | None = Field(description="What the file was made from; null if it did not say")
    again: bool = Field(description="Whether this very file was taken before")
    counts: dict[str, int] = Field(description="How many entries, by what became of them")
    coverage: BeforeAndAfter
    remarks: list[str] = Field(description="What is to be said of the file as a whole")
    entries: list[UploadEntry] = Field(description="In the order of the file")


class UploadTaken(UploadReport):
    """The report, at once."""

    dry_run: DryRun


class Upload(AnswerModel):
    """A catalogue that was sent."""

    upload: Sha256 = Field(description="The file's SHA-256, which is the upload's name")
    turn: int = Field(ge=1, description="How often this file was taken")
    page: PageSlug
    locale: Tag
    snapshot: str | None = Field(description="What the file was made from; null if it did not say")
    person: Person = Field(description="Who sent it")
    at: Time
    undone_by: Person | None = Field(description="Who took it back; null if nobody did")
    undone_at: Time | None = Field(description="When that was")
    url: Path


class UploadList(AnswerModel):
    """The uploads of a page in a language."""

    uploads: list[Upload] = Field(description="The newest first")


class UploadInFull(Upload):
    """An upload, and the report of it."""

    report: UploadReport


class UploadUndone(Upload):
    """An upload that was taken back."""

    abandoned: list[VersionSummary] = Field(description="Drafts that it had begun, given up now")


class SuggestionAnswer(AnswerModel):
    """Words that wait for a translator to take or dismiss them."""

    suggestion: int = Field(ge=1, description="Its number")
    section: Slug
    locale: Tag
    unit: Unit
    source: str = Field(description="The words of the source that they were made for")
    target: str = Field(description="The words")
    origin: str = Field(description="Where they come from")
    reason: str = Field(description="Why they were not taken at once")
    upload: Sha256 | None = Field(description="The upload that they came with")
    person: Person
    at: Time
    state: Annotated[str, Field(json_schema_extra=known(SuggestionState))] = Field(
        description="What has become of them"
    )


class SuggestionList(AnswerModel):
    """What waits in a page and a language."""

    suggestions: list[SuggestionAnswer] = Field(description="The oldest first")


class SectionCoverage(AnswerModel):
    """What is in force of a section against its source."""

    section: Slug
    version: int | None = Field(description="The version in force; null where none is")
    translates: int | None = Field(description="The version of the source that it translates")
    source_version: int | None = Field(description="The version of the source in force")


class PageCoverage(MessageCounts):
    """One page in one language."""

    page: PageSlug
    locale: Tag
    with_errors: Count = Field(description="Messages with a finding that holds them up")
    with_warnings: Count = Field(description="Messages with one that has to be acknowledged")
    suggestions: Count = Field(description="Suggestions that wait")
    sections: list[SectionCoverage] = Field(description="In the order of the page")
    sections_behind: Count = Field(description="Sections whose newest source is not in force here")
    working: list[str] = Field(description="Names of those who are at work on it")


class Coverage(AnswerModel):
    """How far each page is in each language."""

    coverage: list[PageCoverage] = Field(description="Of what the person may read")


class TranslatedLink(AnswerModel):
    """A link of a text, and where it leads here."""

    unit: Unit
    source: str = Field(description="Where it leads in the source")
    target: str | None = Field(description="Where it leads here; null for the same")
    present: bool = Field(description="Whether the words of the translation have it")


class LinksOfText(AnswerModel):
    """Where the links of a translation lead."""

    section: Slug
    locale: Tag
    version: VersionSummary | None = Field(description="The translation; null before the first")
    links: list[TranslatedLink] = Field(description="In reading order")


class VariantProposal(AnswerModel):
    """A message as the region would have it."""

    what: list[str] = Field(description="The rules that say so")
    text: str = Field(description="The whole message")


class VariantMessage(AnswerModel):
    """One message of a regional variant."""

    section: Slug
    unit: Unit
    kind: str = Field(description="What it is in the text: title, paragraph, list-item ...")
    base: str = Field(description="The base text")
    state: VariantFate = Field(description="What stands for it here")
    target: str = Field(description="The variant's own words; empty where it has none")
    proposal: VariantProposal | None = Field(description="What the region demands; null: nothing")


class Inherited(AnswerModel):
    """What a page inherits in a regional variant."""

    page: PageSlug
    locale: Tag
    base: Tag = Field(description="The language that it inherits from")
    messages: list[VariantMessage] = Field(description="In the order of the page")


class AcceptedSection(AnswerModel):
    """What accepting did for one section."""

    section: Slug
    outcome: Accepting = Field(description="What was done")
    stale: list[str] = Field(description="Units whose own words were made for other ones: look")
    version: VersionSummary | None = Field(description="The newest version of the variant")


class Acceptance(AnswerModel):
    """What accepting a page did."""

    page: PageSlug
    locale: Tag
    base: Tag = Field(description="The language that it inherits from")
    sections: list[AcceptedSection] = Field(description="In the order of the page")
