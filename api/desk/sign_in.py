"""Signing in and out, and the language of the pages."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from sqlmodel import Session, col, select

from api.dependencies import CurrentHub, Reading, Writing
from api.desk import words
from api.desk.doors import COOKIE, KEPT, CurrentVisitor, OpenRoute, SignedInRoute
from api.desk.pages import HOME, NEXT_MAX, SIGN_IN, go_to, show, within
from api.desk.roles import NAMES
from api.desk.user_agent import browser_of
from content.database import writing
from content.errors import NotADemonstration, TokenExpired, TokenUnknown
from content.people import person
from content.people import session as sessions
from content.people.person import NAME_MAX, Person, RoleGrant
from content.people.role import Grant, Role
from content.people.session import HOURS_MAX, Way
from content.publication import demo

router = APIRouter(route_class=OpenRoute)
signed_in = APIRouter(route_class=SignedInRoute)

#: Characters of what somebody pastes.
PASTED_MAX = 500
#: How long a browser keeps the choice of a language.
YEAR_SECONDS = 365 * 86_400

Next = Annotated[str, Form(alias="next", max_length=NEXT_MAX)]


@router.get("/sign-in")
def show_sign_in(
    request: Request,
    session: Reading,
    onward: Annotated[str, Query(alias="next", max_length=NEXT_MAX)] = HOME,
) -> Response:
    """Open the page where somebody signs in."""
    return _page(request, session, onward)


@router.post("/sign-in")
def sign_in(
    request: Request,
    hub: CurrentHub,
    pasted: Annotated[str, Form(alias="token", max_length=PASTED_MAX)],
    onward: Next = HOME,
) -> Response:
    """Sign in with a token."""
    address = request.client.host if request.client else ""
    hub.attempts.may_try(address)
    try:
        with writing(hub.engine) as session:
            _leave(session, request)
            secret = sessions.begin_with_token(session, pasted.strip(), browser=_browser(request))
    except (TokenUnknown, TokenExpired) as error:
        hub.attempts.failed(address)
        with hub.engine.connect() as connection:
            return _page(request, Session(connection), onward, failed=error.code)
    return _enter(secret, onward)


@router.post("/sign-in/demonstration")
def sign_in_to_demonstration(
    request: Request,
    session: Writing,
    who: Annotated[str, Form(alias="person", max_length=NAME_MAX)],
    onward: Next = HOME,
) -> Response:
    """Sign in as a fictitious person, in a demonstration alone."""
    if not demo.is_demo(session):
        raise NotADemonstration("Only a demonstration lets everybody be anybody.")
    _leave(session, request)
    secret = sessions.begin(session, who, way=Way.DEMO, browser=_browser(request))
    return _enter(secret, onward)


@signed_in.post("/sign-out")
def sign_out(visitor: CurrentVisitor, session: Writing) -> Response:
    """End the session of this browser."""
    sessions.end(session, visitor.actor.id, visitor.session)
    answer = go_to(SIGN_IN)
    answer.delete_cookie(COOKIE, secure=True, httponly=True, samesite="lax", path="/")
    return answer


@router.post("/language")
def choose_language(
    chosen: Annotated[str, Form(alias="language", max_length=10)], onward: Next = HOME
) -> Response:
    """Read the desk in another language."""
    answer = go_to(within(onward))
    if chosen in words.LANGUAGES:
        answer.set_cookie(words.LANGUAGE_COOKIE, chosen, max_age=YEAR_SECONDS, **KEPT)
    return answer


def _leave(session: Session, request: Request) -> None:
    """End the session that this browser had, so that its secret is worth nothing any more."""
    if secret := request.cookies.get(COOKIE):
        sessions.end_by_secret(session, secret)


def _enter(secret: str, onward: str) -> Response:
    answer = go_to(within(onward))
    answer.set_cookie(COOKIE, secret, max_age=HOURS_MAX * 3_600, **KEPT)
    return answer


def _browser(request: Request) -> str:
    return browser_of(request.headers.get("user-agent", ""))


def _page(request: Request, session: Session, onward: str, failed: str = "") -> Response:
    is_demo = demo.is_demo(session)
    return show(
        request,
        "sign-in.html",
        status=401 if failed else 200,
        is_demo=is_demo,
        people=_people(session) if is_demo else [],
        onward=within(onward),
        failed=failed,
        role_names=NAMES,
    )


def _people(session: Session) -> list[tuple[Person, list[Grant]]]:
    """Everybody who was not erased, with their roles."""
    held: dict[str, list[Grant]] = {}
    for row in session.exec(select(RoleGrant).order_by(col(RoleGrant.role))):
        held.setdefault(row.person, []).append(Grant(Role(row.role), row.locale))
    rows = session.exec(select(person.Person).where(col(Person.erased_at).is_(None)))
    order = list(Role)
    found = [(row, held.get(row.id, [])) for row in rows]
    # As a text travels: authors first. Within a role, by language and name.
    return sorted(
        found,
        key=lambda one: (
            min((order.index(grant.role) for grant in one[1]), default=len(order)),
            min((grant.locale for grant in one[1]), default=""),
            one[0].id,
        ),
    )


router.include_router(signed_in)
