"""Remarks: what people at work say to each other about a unit of a text, in threads."""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import Path, Query, Response
from pydantic import Field
from sqlmodel import Session

from api.answers.remarks import Thread as ThreadAnswer
from api.answers.remarks import ThreadList
from api.dependencies import CurrentActor, Reading, Writing
from api.editing import routes
from api.editing.answers import private
from api.editing.named import Slug, Tag
from api.models import RequestModel
from content import clock
from content.records.version import Version
from content.review import discussion, remark, wording
from content.review.discussion import Said, Thread
from content.review.remark import TEXT_MAX
from content.review.wording import Wording
from content.translation import locale as locales

router = routes.below("/sections/{slug}/{locale}/remarks")

#: Threads in one answer.
LIMIT_MAX = 100
#: Characters that are read: a line may end in two, and there may be blanks around.
READ_MAX = 2 * TEXT_MAX
ThreadNumber = Annotated[
    int, Path(ge=1, le=2**31 - 1, description="The number of a thread of this text")
]
Text = Annotated[
    str, Field(min_length=1, max_length=READ_MAX, description="Plain text, 5,000 characters")
]


class Stands(StrEnum):
    """Which threads are asked for."""

    OPEN = "open"
    RESOLVED = "resolved"
    ALL = "all"


class RemarkRequest(RequestModel):
    """What is said, and about which unit."""

    unit: str = Field(max_length=80, description="The id of a unit of the newest version")
    text: Text


class AnswerRequest(RequestModel):
    """What is answered."""

    text: Text


@router.get("", response_model=ThreadList)
def list_remarks(
    actor: CurrentActor,
    session: Reading,
    slug: Slug,
    locale: Tag,
    state: Annotated[Stands, Query(description="Which threads")] = Stands.OPEN,
    unit: Annotated[str, Query(max_length=80, description="About this unit only")] = "",
    after: Annotated[int, Query(ge=0, le=2**31 - 1, description="Where the list before ended")] = 0,
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX, description="How many at most")] = 50,
) -> Response:
    """List what is said about a text.

    Thread by thread, whatever the number of the version was.
    """
    version = discussion.text(session, actor, slug, locales.read_tag(locale))
    listed = discussion.entries(session, version)
    chosen = [
        one.thread
        for one in listed
        if one.thread > after
        and unit in ("", one.unit)
        and state in (Stands.ALL, Stands.RESOLVED if one.is_resolved else Stands.OPEN)
    ]
    units = wording.units(session, version)
    resolved = sum(one.is_resolved for one in listed)
    return private(
        {
            "section": version.section,
            "locale": version.locale,
            "version": version.number,
            "open": len(listed) - resolved,
            "resolved": resolved,
            "threads": [_thread(one, units) for one in discussion.load(session, chosen[:limit])],
            "next": chosen[limit - 1] if len(chosen) > limit else None,
        }
    )


@router.post("", status_code=201, response_model=ThreadAnswer)
def make_remark(
    actor: CurrentActor, session: Writing, slug: Slug, locale: Tag, body: RemarkRequest
) -> Response:
    """Say something about a unit of a text.

    It begins a thread, and holds nothing up. It is not changed and not taken back.
    """
    version = discussion.text(session, actor, slug, locales.read_tag(locale))
    made = remark.make(session, actor, version, body.unit, body.text)
    return _told(session, version, made.key, status=201)


@router.post("/{thread}/answers", status_code=201, response_model=ThreadAnswer)
def answer_remark(
    actor: CurrentActor,
    session: Writing,
    slug: Slug,
    locale: Tag,
    thread: ThreadNumber,
    body: AnswerRequest,
) -> Response:
    """Answer in a thread that is open."""
    version = discussion.text(session, actor, slug, locales.read_tag(locale))
    remark.answer(session, actor, version, thread, body.text)
    return _told(session, version, thread, status=201)


@router.put("/{thread}/resolution", response_model=ThreadAnswer)
def resolve_thread(
    actor: CurrentActor, session: Writing, slug: Slug, locale: Tag, thread: ThreadNumber
) -> Response:
    """Say that a thread is done with.

    Again, it changes nothing.
    """
    version = discussion.text(session, actor, slug, locales.read_tag(locale))
    remark.resolve(session, actor, version, thread)
    return _told(session, version, thread)


@router.delete("/{thread}/resolution", response_model=ThreadAnswer)
def reopen_thread(
    actor: CurrentActor, session: Writing, slug: Slug, locale: Tag, thread: ThreadNumber
) -> Response:
    """Say that a thread is not done with after all."""
    version = discussion.text(session, actor, slug, locales.read_tag(locale))
    remark.reopen(session, actor, version, thread)
    return _told(session, version, thread)


def _told(session: Session, version: Version, thread: int, *, status: int = 200) -> Response:
    (found,) = discussion.load(session, [thread])
    return private(_thread(found, wording.units(session, version)), status=status)


def _thread(one: Thread, units: dict[str, Wording]) -> dict[str, Any]:
    now = units.get(one.unit)
    return {
        "thread": one.key,
        "unit": one.unit,
        "unit_present": now is not None,
        "resolved": one.is_resolved,
        "turn": one.turn
        and {"person": one.turn.person, "name": one.turn.name, "at": clock.stamp(one.turn.at)},
        "remarks": [_remark(said, now) for said in one.remarks],
    }


def _remark(said: Said, now: Wording | None) -> dict[str, Any]:
    made = said.remark
    return {
        "remark": made.key,
        "person": made.person,
        "name": said.name,
        "organisation": said.organisation,
        "text": made.text,
        "version": made.version,
        "document": made.document,
        "words_changed": now is None or made.words != now.digest,
        "at": clock.stamp(made.at),
    }
