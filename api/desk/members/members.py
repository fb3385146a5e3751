"""Members: who shows what, and how far behind; entering one."""

from collections import Counter
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from api.dependencies import CurrentHub, ReadingNow
from api.desk import cut
from api.desk.doors import CurrentVisitor, DecidingRoute, SignedInRoute
from api.desk.members import member_words, picture
from api.desk.members.member_forms import Filled, in_words
from api.desk.pages import Visitor, go_to, show
from api.problems import status_of
from content.errors import ContentError
from content.people.role import Permission
from content.syndication import member, overview
from content.syndication.member import ID_MAX
from content.syndication.standing import State

router = APIRouter(prefix="/members", route_class=SignedInRoute)
deciding = APIRouter(prefix="/members", route_class=DecidingRoute)

LIST = "/desk/members"


@router.get("")
def list_members(
    request: Request, visitor: CurrentVisitor, session: ReadingNow, page: cut.Page = 1
) -> Response:
    """See which member shows what, the most urgent first."""
    actor = visitor.actor
    if not actor.may(Permission.MANAGE_MEMBERS):
        actor.must(Permission.READ_SHOWING)
    sees = actor.may(Permission.READ_SHOWING)
    found = overview.glances(session) if sees else overview.unjudged(session)
    rows, pages = cut.cut(found, page, LIST)
    pulling = [one for one in found if one.heard.member.closed_at is None]
    return show(
        request,
        "members.html",
        visitor=visitor,
        rows=[(one, picture.bar(one.counts)) for one in rows],
        pages=pages,
        sees=sees,
        may_add=actor.may(Permission.MANAGE_MEMBERS),
        states=member_words.STATES,
        **_in_all(pulling),
        **in_words(request),
    )


def _in_all(pulling: list[overview.Glance]) -> dict[str, Any]:
    """Of those that pull: how many there are, and how many of which sort."""
    worst = Counter(one.worst for one in pulling)
    return {
        "pulling": len(pulling),
        "withdrawn": worst[State.WITHDRAWN],
        "behind": worst[State.BEHIND],
        "silent": sum(one.heard.is_stale for one in pulling),
    }


@router.get("/new")
def show_new_member(request: Request, visitor: CurrentVisitor) -> Response:
    """Open the form by which a member is entered."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    return _new(request, visitor, Filled())


@deciding.post("/new")
def add_member(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    filled: Annotated[Filled, Form()],
) -> Response:
    """Enter a member."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    try:
        with hub.writing() as session:
            row = member.add(session, filled.id, filled.particulars(), by=visitor.actor.id)
            found = row.id
    except member_words.KEPT as error:
        return _new(request, visitor, filled, error)
    return go_to(f"{LIST}/{found}?done=member-added")


def _new(
    request: Request, visitor: Visitor, filled: Filled, error: ContentError | None = None
) -> Response:
    return show(
        request,
        "member-new.html",
        visitor=visitor,
        status=status_of(error) if error else 200,
        filled=filled,
        wrong=member_words.wrong(error) if error else ("", ""),
        id_max=ID_MAX,
    )
