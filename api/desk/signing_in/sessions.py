"""Where I am signed in, and ending that."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from api.dependencies import Reading, Writing
from api.desk.doors import CurrentVisitor, SignedInRoute
from api.desk.pages import go_to, show, to_sign_in
from api.desk.words import later as N_
from content.people import session as sessions
from content.people.session import Way

router = APIRouter(prefix="/sessions", route_class=SignedInRoute)

LIST = "/desk/sessions"
WAYS = {
    Way.DEMO: N_("as a fictitious person"),
    Way.TOKEN: N_("with a token"),
    Way.PASSKEY: N_("with a passkey"),
    Way.PASSWORD: N_("with password and code"),
    Way.OIDC: N_("by another service"),
}


@router.get("")
def list_sessions(request: Request, visitor: CurrentVisitor, session: Reading) -> Response:
    """See in which browsers you are signed in."""
    mine = [row for row in sessions.of_person(session, visitor.actor.id) if row.is_open]
    # This one first.
    mine.sort(key=lambda row: row.key != visitor.session)
    return show(request, "sessions.html", visitor=visitor, mine=mine, ways=WAYS)


@router.post("/others/end")
def end_other_sessions(visitor: CurrentVisitor, session: Writing) -> Response:
    """Sign out everywhere else."""
    sessions.end_others(session, visitor.actor.id, visitor.session)
    return go_to(LIST)


@router.post("/{number}/end")
def end_session(
    request: Request,
    visitor: CurrentVisitor,
    session: Writing,
    number: Annotated[int, Path(ge=1, le=2**31 - 1)],
) -> Response:
    """End one of your sessions."""
    sessions.end(session, visitor.actor.id, number)
    return to_sign_in(request) if number == visitor.session else go_to(LIST)
