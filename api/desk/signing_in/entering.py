"""How somebody enters, by whichever way: the page for that, and the session that begins."""

from collections.abc import Callable
from typing import Any

from fastapi import Request, Response
from sqlmodel import Session, col, select

from api.desk import told
from api.desk.doors import COOKIE
from api.desk.pages import KEPT, go_to, show, within
from api.desk.roles import NAMES
from api.desk.signing_in import ceremonies
from api.desk.signing_in.user_agent import browser_of
from api.problems import status_of
from content.database import reading, writing
from content.errors import CeremonyOver, ContentError, TooManyAttempts
from content.people import person
from content.people import session as sessions
from content.people.person import Person, RoleGrant
from content.people.role import Grant, Role
from content.people.session import HOURS_MAX, Way
from content.publication import demo

#: What says nothing of whether somebody guesses.
NO_GUESSES = (TooManyAttempts, CeremonyOver)


def enter(
    request: Request, way: Way, onward: str, recognise: Callable[[], str], name: str = ""
) -> Response:
    """Let in whom `recognise` names, or show the page again, with what was refused and `name`."""
    hub = request.app.state.hub
    try:
        who = recognise()
    except ContentError as error:
        if not isinstance(error, NO_GUESSES):
            hub.attempts.failed(ceremonies.address_of(request))
        return page(request, onward, way=way, error=error, name=name)
    with writing(hub.engine) as session:
        leave(session, request)
        secret = sessions.begin(session, who, way=way, browser=browser(request))
    return entered(secret, onward)


def leave(session: Session, request: Request) -> None:
    """End the session that this browser had, so that its secret is worth nothing any more."""
    if secret := request.cookies.get(COOKIE):
        sessions.end_by_secret(session, secret)


def entered(secret: str, onward: str) -> Response:
    answer = go_to(within(onward))
    answer.set_cookie(COOKIE, secret, max_age=HOURS_MAX * 3_600, **KEPT)
    return answer


def browser(request: Request) -> str:
    return browser_of(request.headers.get("user-agent", ""))


def page(
    request: Request,
    onward: str,
    *,
    way: Way | None = None,
    error: ContentError | None = None,
    name: str = "",
) -> Response:
    """The page where somebody signs in; where a way was refused, it stands there why."""
    hub = request.app.state.hub
    with reading(hub.engine) as session:
        is_demo = demo.is_demo(session)
        shown: dict[str, Any] = {"people": _people(session) if is_demo else []}
    return show(
        request,
        "sign-in.html",
        status=status_of(error) if error else 200,
        is_demo=is_demo,
        onward=within(onward),
        refused=told.refused(error) if error else "",
        way=way.value if way else "",
        name=name,
        service=hub.settings.oidc_name if hub.settings.oidc_issuer else "",
        role_names=NAMES,
        **shown,
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
