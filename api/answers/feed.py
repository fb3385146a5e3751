"""The feed, and search."""

from typing import Annotated

from pydantic import Field

from api.answers.sections import Marked
from api.answers.words import (
    Cursor,
    Digest,
    Label,
    More,
    PageSlug,
    Path,
    Seq,
    Slug,
    Tag,
    Time,
    absent,
    known,
)
from api.models import AnswerModel
from content.records.document import Change
from content.syndication.webhook import TYPES

EventType = Annotated[str, Field(json_schema_extra=known(TYPES))]


class Event(AnswerModel):
    """Something that happened to what readers are served."""

    seq: Seq
    type: EventType = Field(
        description="What happened: a text came into force, fell behind its source or caught up, "
        "its date of review passed, it was withdrawn; readers are told something; a trust file "
        "came to hold"
    )
    section: Slug | None = Field(description="Null, like all of a text, for a trust file")
    locale: Tag | None = Field(description="The language")
    version: int = Field(description="The number of the version, or of the trust file")
    sha256: Digest | None = Field(description="Of the document, or of the trust file")
    page: PageSlug | None = Field(description="The page that it stands on")
    at: Time
    change: Change | None = Field(description="What the version changed")
    reason: str | None = Field(description="Why a text was withdrawn")


class Changes(Marked):
    """A part of the feed."""

    events: list[Event] = Field(description="In order")
    next: Seq = Field(description="For `after`: where to go on")
    more: More


class SearchHit(AnswerModel):
    """One text in force that has the words."""

    section: Slug
    locale: Tag
    version: int = Field(description="The number of the version")
    status: Label
    title: str = Field(description="The heading")
    summary: str = Field(description="The text in a sentence or two; may be empty")
    snippet: str = Field(description="A part of the text as safe HTML, what was found in `<mark>`")
    url: Path
    page: PageSlug
    seq: Seq
    score: float = Field(description="How well it fits; comparable within one answer alone")


class SearchHits(Marked):
    """What was found, the best first."""

    hits: list[SearchHit] = Field(description="Texts in force that have all the words")
    more: More
    cursor: Cursor = absent("For `cursor`: where the list goes on; not there at its end")
