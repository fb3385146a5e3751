"""Terms, and what was said before: glossaries and translation memories."""

from typing import Annotated

from pydantic import Field

from api.answers.translations import DryRun, Line
from api.answers.words import Person, Slug, Tag, Time, known
from api.models import AnswerModel
from content.translation.exchange.term import Status
from content.translation.glossary import Outcome as TermOutcome
from content.translation.memory_import import Outcome as PairOutcome


class GlossaryTerm(AnswerModel):
    """How a term is said in a language, and how it is not."""

    source: str = Field(description="The term in the source language")
    preferred: list[str] = Field(description="How it is said")
    forbidden: list[str] = Field(description="How it is not")
    note: str = Field(description="May be empty")
    status: Annotated[str, Field(json_schema_extra=known(Status))] = Field(
        description="How far it has come"
    )
    who: Person = Field(description="Who changed it last")
    at: Time


class Glossary(AnswerModel):
    """The terms of a language."""

    locale: Tag
    source_locale: Tag
    terms: list[GlossaryTerm] = Field(description="By the source term")


class TermTaken(AnswerModel):
    """What became of one row of a glossary."""

    line: Line
    source: str = Field(description="The term in the source language")
    outcome: TermOutcome = Field(description="What was done")
    why: str = Field(description="Why; may be empty")


class GlossaryReport(AnswerModel):
    """What became of a glossary that was sent."""

    dry_run: DryRun
    locale: Tag
    counts: dict[str, int] = Field(description="How many rows, by what was done")
    terms: list[TermTaken] = Field(description="In the order of the file")


class MemoryHit(AnswerModel):
    """What was said before for words like these."""

    source: str = Field(description="The words that were translated")
    text: str = Field(description="What was said for them")
    score: float = Field(ge=0, le=100, description="How like they are; 100 for the same")
    section: Slug | None = Field(description="Where that stands; null if it was imported")
    version: int | None = Field(description="In which version")
    locale: Tag
    approvers: list[Person] = Field(description="Who signed it")
    origin: str = Field(description="`approved`, `import` or `machine`")


class MemoryHits(AnswerModel):
    """What a language's memory has for some words."""

    locale: Tag
    hits: list[MemoryHit] = Field(description="The likest first")


class PairTaken(AnswerModel):
    """A unit of a memory that was not taken."""

    line: Line
    outcome: PairOutcome = Field(description="What was done")
    why: str = Field(description="Why")


class MemoryReport(AnswerModel):
    """What became of a memory that was sent."""

    dry_run: DryRun
    locale: Tag
    counts: dict[str, int] = Field(description="How many units, by what was done")
    refused: list[PairTaken] = Field(description="Those that were not taken")
