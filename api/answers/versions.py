"""Versions as the people see them who work on them, and what is said of each."""

from typing import Annotated, Any

from pydantic import Field

from api.answers.words import (
    Count,
    Day,
    Digest,
    Number,
    Path,
    Person,
    Seq,
    Sha256,
    Slug,
    Tag,
    Time,
    known,
)
from api.models import AnswerModel
from content.publication.waiting import What
from content.records.document import Change, Document
from content.records.version import State
from content.records.word_diff import What as RunKind
from content.review.review import Kind, Verdict
from content.translation.checks.finding import Severity

ReviewKind = Annotated[str, Field(json_schema_extra=known(Kind), description="What is judged")]
ReviewVerdict = Annotated[
    str, Field(json_schema_extra=known(Verdict), description="What the reviewer says")
]


class VersionSummary(AnswerModel):
    """One version, wherever it stands."""

    section: Slug
    locale: Tag
    version: Number
    state: Annotated[str, Field(json_schema_extra=known(State))] = Field(
        description="Where it stands, from draft to archive"
    )
    sha256: Digest | None = Field(description="Its document; null for a draft that has none yet")
    source: Digest | None = Field(description="The document that it translates; null for a source")
    change: Change
    review_by: Day = Field(description="When it has to be looked at again")
    effective_at: Time | None = Field(description="When it comes into force; null for at once")
    url: Path


class VersionList(AnswerModel):
    """Versions in any state."""

    versions: list[VersionSummary] = Field(description="In the order they were begun")
    next: int | None = Field(description="For `after`: where the list goes on; null at its end")


class Requirement(AnswerModel):
    """One thing that is counted before a version may go on."""

    code: str = Field(description="What it is; docs/workflow.md has a heading for each")
    needed: Count = Field(description="How much is needed")
    have: Count = Field(description="How much there is")
    met: bool = Field(description="Whether that is enough")


class Review(AnswerModel):
    """One person's verdict on one document."""

    kind: ReviewKind
    verdict: ReviewVerdict
    person: Person
    name: str = Field(description="Who that is")
    organisation: str = Field(description="Where they belonged then")
    interests: str = Field(description="What they declared")
    comment: str = Field(description="May be empty")
    document: Digest = Field(description="The document that was judged")
    at: Time


class Acknowledgement(AnswerModel):
    """That a language reviewer found a warning to be no fault."""

    person: Person
    reason: str = Field(description="Why it is none")
    at: Time


class CheckFinding(AnswerModel):
    """What a check says of a text."""

    code: str = Field(description="Which check; docs/checks.md has a heading for each")
    severity: Annotated[str, Field(json_schema_extra=known(Severity))] = Field(
        description="An error holds the text up; a warning is acknowledged with a reason"
    )
    span: list[int] | None = Field(
        description="From which character to which; null where something is missing"
    )
    message: str = Field(description="What is wrong, and what to do")


class Finding(CheckFinding):
    """What a check says of one unit of a translation."""

    unit: str = Field(description="The id of the unit")
    acknowledged: Acknowledgement | None = Field(description="Null where nobody has")


class FindingList(AnswerModel):
    """What the checks say of a translation."""

    findings: list[Finding] = Field(description="Unit by unit")


class FindingAcknowledged(AnswerModel):
    """That a warning is acknowledged."""

    unit: str = Field(description="The id of the unit")
    code: str = Field(description="Which check")
    reason: str = Field(description="Why it is no fault")


class TranslationUnit(AnswerModel):
    """One message of a translation."""

    unit: str = Field(description="Its id")
    kind: str = Field(description="What it is in the text: title, paragraph, list-item ...")
    source: str = Field(description="The words of the source")
    target: str = Field(description="The words of the translation; may be empty")
    fuzzy: bool = Field(description="Whether nobody stands behind them yet")


class VersionInFull(VersionSummary):
    """A version with its text, what still stands before it, and who said what."""

    document: Document | None = Field(description="Null for a translation that is not complete")
    requirements: list[Requirement] = Field(description="What it takes to go on")
    reviews: list[Review] = Field(description="The oldest first")
    findings: list[Finding] = Field(description="Of a translation: what the checks say")
    units: list[TranslationUnit] = Field(description="Of a translation: its messages")


class ReviewGiven(AnswerModel):
    """A verdict, and where the version stands now."""

    verdict: ReviewVerdict
    kind: ReviewKind
    version: VersionSummary


class Run(AnswerModel):
    """A stretch of words that stayed, came or went."""

    what: RunKind = Field(description="What became of it")
    text: str = Field(description="The words")


class UnitChange(AnswerModel):
    """One unit whose words changed."""

    unit: str = Field(description="Its id, or the name of a fact")
    kind: str = Field(description="What it is in the text")
    runs: list[Run] = Field(description="Its words, old and new")
    critical: bool = Field(description="Whether a number or a negation changed")


class BlockChange(AnswerModel):
    """One block, or one fact beside the text, that is not what it was."""

    what: Annotated[
        str, Field(json_schema_extra=known(("changed", "moved", "added", "removed")))
    ] = Field(description="What became of it")
    place: str = Field(description="The type of the block, or the name of the fact")
    units: list[UnitChange] = Field(description="Where words changed")
    moved: bool = Field(description="Whether it stands elsewhere, whatever else changed")
    form: bool = Field(description="Whether its shape or markup changed, and no word")
    uncited: list[str] = Field(description="Evidence that it no longer cites")
    cited: list[str] = Field(description="Evidence that it cites now")
    unlinked: list[str] = Field(description="Addresses that it no longer links to")
    linked: list[str] = Field(description="Addresses that it links to now")
    critical: bool = Field(description="Whether a number or a negation changed in it")


class Diff(AnswerModel):
    """What changed from one version to another."""

    old: VersionSummary
    new: VersionSummary
    changes: list[BlockChange] = Field(description="In reading order")


class ImportedSection(AnswerModel):
    """What an import did with one section."""

    section: Slug
    what: Annotated[
        str, Field(json_schema_extra=known(("created", "updated", "unchanged", "left out")))
    ] = Field(description="What was done")
    version: Number = Field(description="The number of the version that has the text now")


class ImportReport(AnswerModel):
    """What an import did, section by section."""

    dry_run: bool = Field(description="Whether nothing was changed")
    sections: list[ImportedSection] = Field(description="In the order of the page")


class Task(AnswerModel):
    """One thing that waits for somebody."""

    what: Annotated[str, Field(json_schema_extra=known(What))] = Field(description="What to do")
    subject: str = Field(description="With what: a version, a page, or a statement")
    due: Day | None = Field(description="Until when; null where no time is set")


class TaskList(AnswerModel):
    """What waits for the person who asks."""

    person: Person
    tasks: list[Task] = Field(description="The most urgent first")


class WithdrawnVersions(AnswerModel):
    """What a withdrawal took out of force."""

    withdrawn: list[VersionSummary] = Field(description="In every language that it was in")


class WithdrawalConfirmed(AnswerModel):
    """That a second person stands behind a withdrawal."""

    by: Person = Field(description="Who withdrew the text")
    at: Time
    confirmed_by: Person = Field(description="Who confirmed it")
    confirmed_at: Time


class LedgerEntry(AnswerModel):
    """One row of the record of everything that happened."""

    seq: Seq = Field(description="Its number in the ledger, which is not the feed's")
    at: Time
    actor: str = Field(description="Who did it: a person, a member, `operator`, `hub`")
    event: str = Field(description="What happened")
    subject: str = Field(description="To what")
    detail: dict[str, Any] = Field(description="What else is known of it; differs by event")
    previous: Sha256 = Field(description="The hash of the row before")
    hash: Sha256 = Field(description="Over this row and the hash before")


class LedgerPart(AnswerModel):
    """A part of the ledger."""

    rows: list[LedgerEntry] = Field(description="In order")
    next: Seq = Field(description="For `after`: where to go on")
