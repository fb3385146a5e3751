"""One member: what its site shows, what is said of it, and the end of it."""

from collections import Counter
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query, Request, Response
from sqlmodel import Session

from api.conditional import require_match
from api.dependencies import CurrentHub, Reading, ReadingNow, Writing
from api.desk import cut
from api.desk.doors import CurrentVisitor, DecidingRoute, SignedInRoute
from api.desk.members import member_words, picture
from api.desk.members.member_forms import Filled, filled_from, in_words
from api.desk.pages import Visitor, go_to, show
from api.desk.titles import texts_of
from api.editing.members import mark
from api.problems import status_of
from content.database import reading
from content.errors import ContentError
from content.people.role import Permission
from content.syndication import member, overview
from content.syndication.member import ID_MAX
from content.syndication.standing import State

router = APIRouter(prefix="/members/{member_id}", route_class=SignedInRoute)
deciding = APIRouter(prefix="/members/{member_id}", route_class=DecidingRoute)

MemberId = Annotated[str, Path(max_length=ID_MAX, pattern=r"^[a-z0-9-]+$")]


@router.get("")
def show_member(
    request: Request,
    visitor: CurrentVisitor,
    session: ReadingNow,
    member_id: MemberId,
    state: Annotated[State | None, Query()] = None,
    page: cut.Page = 1,
) -> Response:
    """See what a member shows, version by version."""
    actor = visitor.actor
    if not actor.may(Permission.MANAGE_MEMBERS):
        actor.must(Permission.READ_SHOWING)
    sees = actor.may(Permission.READ_SHOWING)
    told: dict[str, Any] = {"sees": sees}
    heard = overview.heard_of(session, member_id)
    if sees:
        told |= _texts(session, member_id, state, page)
    return show(
        request,
        "member.html",
        visitor=visitor,
        one=heard.member,
        heard=heard,
        manages=actor.may(Permission.MANAGE_MEMBERS),
        states=member_words.STATES,
        **told,
        **in_words(request),
    )


def _texts(session: Session, member_id: str, state: State | None, page: int) -> dict[str, Any]:
    found = overview.texts(session, member_id)
    counts = Counter(stands.state for _, stands in found)
    wanted = [one for one in found if state in (None, one[1].state)]
    path = f"/desk/members/{member_id}"
    rows, pages = cut.cut(wanted, page, path, {"state": state or ""})
    references = [f"{row.section}/{row.locale}/{row.version}" for row, _ in rows]
    return {
        "rows": list(zip(references, rows, strict=True)),
        "titles": texts_of(session, references),
        "pages": pages,
        "counts": counts,
        "bar_parts": picture.bar(counts),
        "chosen": state,
    }


@router.get("/particulars")
def show_particulars(
    request: Request, visitor: CurrentVisitor, session: Reading, member_id: MemberId
) -> Response:
    """Open the form by which what is said of a member is changed."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    row = member.find(session, member_id)
    return _particulars(request, visitor, row, filled_from(row, mark(row)))


@deciding.post("/particulars")
def change_particulars(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    member_id: MemberId,
    filled: Annotated[Filled, Form()],
) -> Response:
    """Change what is said of a member, where nobody has changed it meanwhile."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    try:
        with hub.writing() as session:
            require_match(filled.mark, mark(member.find(session, member_id)))
            member.change(session, member_id, filled.particulars(), by=visitor.actor.id)
    except member_words.KEPT as error:
        with reading(hub.engine) as session:
            return _particulars(request, visitor, member.find(session, member_id), filled, error)
    return go_to(f"/desk/members/{member_id}/particulars?done=member-changed")


def _particulars(
    request: Request,
    visitor: Visitor,
    row: member.Member,
    filled: Filled,
    error: ContentError | None = None,
) -> Response:
    """The form. Sent once more, it is about what stands there now, and shown where that differs."""
    now = filled_from(row, mark(row))
    return show(
        request,
        "member-particulars.html",
        visitor=visitor,
        status=status_of(error) if error else 200,
        one=row,
        filled=filled,
        now=now if filled.mark != now.mark else filled,
        mark=now.mark,
        wrong=member_words.wrong(error) if error else ("", ""),
        **in_words(request),
    )


@router.get("/closure")
def show_closure(
    request: Request, visitor: CurrentVisitor, session: Reading, member_id: MemberId
) -> Response:
    """Read what closing a member means, before it is done."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    heard = overview.heard_of(session, member_id)
    return show(request, "member-closure.html", visitor=visitor, one=heard.member, heard=heard)


@deciding.post("/closure")
def close_member(visitor: CurrentVisitor, session: Writing, member_id: MemberId) -> Response:
    """Close a member."""
    visitor.actor.must(Permission.MANAGE_MEMBERS)
    member.close(session, member_id, by=visitor.actor.id)
    return go_to(f"/desk/members/{member_id}?done=member-closed")
