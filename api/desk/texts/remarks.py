"""The discussion of a text: what people at work say about each unit of it, and answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response
from sqlmodel import Session

from api.dependencies import CurrentHub, Hub, Reading
from api.desk import told
from api.desk.doors import CurrentVisitor, SignedInRoute
from api.desk.pages import Visitor, go_to, show
from api.desk.texts import around, talk
from api.desk.texts.chosen import Slug, Tag, choose
from api.desk.texts.sent import Sent, Words
from api.desk.texts.talk import SPOTS, Cut, Spot, Talk
from api.desk.translating.sayings import KINDS
from api.problems import status_of
from content.database import reading
from content.errors import ContentError
from content.people.actor import Actor
from content.records.version import Version
from content.review import discussion, remark
from content.translation import locale as locales

router = APIRouter(prefix="/sections/{slug}/{locale}", route_class=SignedInRoute)

#: Characters of a unit's id.
UNIT_MAX = 80
PARTS_MAX = 10_000
#: What a unit is, where its words do not say so themselves.
NAMED = {kind: name for kind, name in KINDS.items() if kind not in ("paragraph", "list-item")}

ThreadNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]
Unit = Annotated[str, Form(max_length=UNIT_MAX)]
#: Where the form stood: `text` where it was the page of the text itself.
From = Annotated[str, Form(alias="from", max_length=20)]
#: What is done; it gives the unit that it was about.
Verb = Callable[[Session, Version], str]


@router.get("/discussion")
def show_discussion(
    request: Request,
    visitor: CurrentVisitor,
    session: Reading,
    slug: Slug,
    locale: Tag,
    unit: Annotated[str, Query(max_length=UNIT_MAX)] = "",
    part: Annotated[int, Query(ge=1, le=PARTS_MAX)] = 1,
) -> Response:
    """See what is said about a text."""
    version = choose(session, visitor.actor, slug, locale).version
    return _page(request, visitor, session, version, unit=unit, part=part)


@dataclass(frozen=True)
class Place:
    """Whose form it is, and the discussion that it belongs to. Frozen."""

    request: Request
    visitor: Visitor
    hub: Hub
    slug: str
    locale: str

    def version(self, session: Session) -> Version:
        """The text as it is now. Raises VersionNotFound."""
        return choose(session, self.visitor.actor, self.slug, self.locale).version

    def again(self, sent: Sent) -> Response:
        """The discussion, with what was sent and not taken."""
        with reading(self.hub.engine) as session:
            version = self.version(session)
            return _page(self.request, self.visitor, session, version, sent=sent)


def _place(
    request: Request, visitor: CurrentVisitor, hub: CurrentHub, slug: Slug, locale: Tag
) -> Place:
    return Place(request, visitor, hub, slug, locale)


Where = Annotated[Place, Depends(_place)]


@router.post("/remarks")
def make_remark(where: Where, unit: Unit, text: Words = "", came_from: From = "") -> Response:
    """Say something about a unit."""
    actor = where.visitor.actor

    def said(session: Session, version: Version) -> str:
        return remark.make(session, actor, version, unit, text).unit

    sent = Sent(f"unit {unit}", {"text": text, "unit": unit, "from": came_from})
    return _carry_out(where, sent, said, "remark-made")


@router.post("/remarks/{thread}/answer")
def answer_remark(
    where: Where, thread: ThreadNumber, text: Words = "", came_from: From = ""
) -> Response:
    """Answer in a thread."""
    actor = where.visitor.actor

    def answered(session: Session, version: Version) -> str:
        return remark.answer(session, actor, version, thread, text).unit

    sent = Sent(f"thread {thread}", {"text": text, "thread": str(thread), "from": came_from})
    return _carry_out(where, sent, answered, "remark-answered")


@router.post("/remarks/{thread}/resolve")
def resolve_thread(where: Where, thread: ThreadNumber, came_from: From = "") -> Response:
    """Say that a thread is done with."""
    return _turn(where, thread, came_from, remark.resolve, "thread-resolved")


@router.post("/remarks/{thread}/reopen")
def reopen_thread(where: Where, thread: ThreadNumber, came_from: From = "") -> Response:
    """Say that it is not, after all."""
    return _turn(where, thread, came_from, remark.reopen, "thread-reopened")


def _turn(
    where: Place,
    thread: int,
    came_from: str,
    verb: Callable[[Session, Actor, Version, int], None],
    done: str,
) -> Response:
    def turned(session: Session, version: Version) -> str:
        verb(session, where.visitor.actor, version, thread)
        return remark.find(session, version, thread).unit

    sent = Sent(f"turn {thread}", {"thread": str(thread), "from": came_from})
    return _carry_out(where, sent, turned, done)


def _carry_out(where: Place, sent: Sent, verb: Verb, done: str) -> Response:
    """Do it and lead back to the unit; where it is refused, show everything that was typed."""
    try:
        with where.hub.writing() as session:
            version = where.version(session)
            unit = verb(session, version)
            place = talk.place(version)
            part = talk.part_of(unit, _spots(session, version))
    except ContentError as error:
        return where.again(replace(sent, told=told.refused(error), status=status_of(error)))
    if sent.values["from"] == "text":
        return go_to(f"{_at(place, done=done)}#unit-{unit}")
    return go_to(f"{_at(f'{place}/discussion', part=part, done=done)}#unit-{unit}")


def _page(
    request: Request,
    visitor: Visitor,
    session: Session,
    version: Version,
    *,
    unit: str = "",
    part: int = 1,
    sent: Sent | None = None,
) -> Response:
    sent = sent or Sent()
    entries = discussion.entries(session, version)
    every = talk.spots(session, version, entries)
    about = sent.values.get("unit") or _unit_of(sent, entries)
    cut = talk.cut(every, unit, talk.part_of(about, every) if about else part)
    said = talk.shown_at(session, visitor.actor, version, entries, cut)
    return show(
        request,
        "discussion.html",
        visitor=visitor,
        status=sent.status,
        version=version,
        title=around.title(session, version),
        direction_of_text=locales.describe(version.locale).dir,
        cut=cut,
        talk=said,
        open_spots=[(one, talk.part_of(one.unit, every)) for one in every if one.open][:SPOTS],
        kinds=NAMED,
        is_offered=_is_offered(sent, cut, said),
        at=lambda number: _at(said.address, unit=unit if cut.alone else "", part=number),
        all_of=lambda one: _at(said.address, unit=one.unit),
        at_spot=lambda one, number: f"{_at(said.address, part=number)}#unit-{one.unit}",
        sent=sent,
    )


def _spots(session: Session, version: Version) -> list[Spot]:
    return talk.spots(session, version, discussion.entries(session, version))


def _unit_of(sent: Sent, entries: Sequence[discussion.Entry]) -> str:
    """The unit of the thread that a form was about."""
    thread = sent.values.get("thread")
    return next((one.unit for one in entries if str(one.thread) == thread), "")


def _is_offered(sent: Sent, cut: Cut, said: Talk) -> bool:
    """Whether the form that was sent stands on the page, with what was in it."""
    forms = {f"unit {one.unit}" for one in cut.spots if not one.is_gone}
    forms |= {f"thread {one.key}" for one in said.threads if not one.is_resolved}
    return said.may_speak and sent.form in forms


def _at(address: str, **told: str | int) -> str:
    """The address, with what it is asked for; that it is the first part goes without saying."""
    query = {name: one for name, one in told.items() if one and (name, one) != ("part", 1)}
    return f"{address}?{urlencode(query)}" if query else address
