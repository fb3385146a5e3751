"""What people at work say to each other about a text."""

from typing import Annotated

from pydantic import Field

from api.answers.words import Count, Digest, Number, Person, Slug, Tag, Time
from api.models import AnswerModel

ThreadNumber = Annotated[int, Field(ge=1, description="The number of the thread")]


class Remark(AnswerModel):
    """What one person said about one unit."""

    remark: int = Field(ge=1, description="Its number; of the first remark also the thread's")
    person: Person
    name: str = Field(description="Who that is")
    organisation: str = Field(description="Where they belong")
    text: str = Field(description="Plain text; a line may end within it")
    version: Number = Field(description="The number of the version at which it was made")
    document: Digest | None = Field(
        description="The document at which it was made; null for a translation not yet complete"
    )
    words_changed: bool = Field(description="Whether the unit has other words now, or is gone")
    at: Time


class ThreadTurn(AnswerModel):
    """That somebody resolved a thread, or opened it again."""

    person: Person
    name: str = Field(description="Who that is")
    at: Time


class Thread(AnswerModel):
    """A first remark and its answers."""

    thread: ThreadNumber
    unit: str = Field(description="The id of the unit that it is about")
    unit_present: bool = Field(description="Whether the newest version still has that unit")
    resolved: bool = Field(description="Whether it is done with")
    turn: ThreadTurn | None = Field(
        description="Who resolved it or opened it again last; null where nobody ever did"
    )
    remarks: list[Remark] = Field(description="The first remark, then the answers, in order")


class ThreadList(AnswerModel):
    """Threads of one text."""

    section: Slug
    locale: Tag
    version: Number = Field(description="The number of its newest version")
    open: Count = Field(description="How many threads of the text are open")
    resolved: Count = Field(description="How many are resolved")
    threads: list[Thread] = Field(description="In the order in which they were begun")
    next: int | None = Field(description="For `after`: where the list goes on; null at its end")
