"""Signing in by another service, and joining an account there with one's person here."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response

from api.dependencies import CurrentHub, Hub
from api.desk.doors import CurrentVisitor, OpenRoute, visitor_of
from api.desk.pages import HOME, NEXT_MAX, go_to, show, within
from api.desk.signing_in import ceremonies, entering
from api.desk.signing_in.account import ACCOUNT, AccountRoute
from content.database import writing
from content.errors import CeremonyOver, NotFound, ServiceRefused
from content.people import oidc_link, openid
from content.people.ceremony import Purpose
from content.people.openid import Service
from content.people.session import Way

router = APIRouter(route_class=OpenRoute)
joining = APIRouter(prefix="/account/service", route_class=AccountRoute)

#: Where the service sends people back to; it has to be told beforehand.
BACK = "/desk/sign-in/service/back"
#: Characters of what a service sends back.
CODE_MAX = 4_000


@router.post("/sign-in/service")
def go_to_service(
    request: Request,
    hub: CurrentHub,
    onward: Annotated[str, Form(alias="next", max_length=NEXT_MAX)] = HOME,
) -> Response:
    """Go on to the service."""
    try:
        return _sent(request, hub, Purpose.OIDC, None, within(onward))
    except ServiceRefused as error:
        return entering.page(request, onward, way=Way.OIDC, error=error)


@joining.post("")
def go_to_join(request: Request, hub: CurrentHub, visitor: CurrentVisitor) -> Response:
    """Go on to the service, to join an account there with oneself."""
    return _sent(request, hub, Purpose.LINK, visitor.actor.id, ACCOUNT)


@joining.post("/end")
def part_from_service(hub: CurrentHub, visitor: CurrentVisitor) -> Response:
    """Sign in by no account of the service any more."""
    with writing(hub.engine) as session:
        oidc_link.part(session, visitor.actor.id, by=visitor.actor.id)
    return go_to(f"{ACCOUNT}?done=parted")


@router.get("/sign-in/service/back")
def come_back(
    request: Request,
    hub: CurrentHub,
    code: Annotated[str, Query(max_length=CODE_MAX)] = "",
    state: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Come back from the service, to sign in or to join."""
    if openid.is_of(request.cookies.get(ceremonies.cookie_of(Purpose.LINK), ""), state):
        return _join(request, hub, code)
    try:
        secret, onward = _taken(request, state)
    except CeremonyOver as error:
        return entering.page(request, HOME, way=Way.OIDC, error=error)

    def recognise() -> str:
        subject = _service(hub).subject(secret, code)
        with writing(hub.engine) as session:
            return oidc_link.recognise(session, hub.settings.oidc_issuer, subject)

    return entering.enter(request, Way.OIDC, onward, recognise)


def _taken(request: Request, state: str) -> tuple[str, str]:
    """The ceremony of this browser, and where to go in the end. Raises CeremonyOver."""
    if not openid.is_of(request.cookies.get(ceremonies.cookie_of(Purpose.OIDC), ""), state):
        raise CeremonyOver
    return ceremonies.take(request, Purpose.OIDC)


def _join(request: Request, hub: Hub, code: str) -> Response:
    """Whoever is signed in in this browser is who began it, shortly before."""
    who = visitor_of(request).actor.id
    secret, onward = ceremonies.take(request, Purpose.LINK, who)
    subject = _service(hub).subject(secret, code)
    with writing(hub.engine) as session:
        oidc_link.join(session, who, hub.settings.oidc_issuer, subject)
    return go_to(f"{onward}?done=joined")


def _sent(request: Request, hub: Hub, purpose: Purpose, who: str | None, onward: str) -> Response:
    """A page that leads on by itself: a form of ours leads to no other host, not even by way of us.

    Its address stands in the page, so nothing of it is decided by what was sent.
    """
    asked = _service(hub)
    secret = ceremonies.begin(request, purpose, who, onward)
    answer = show(
        request, "onward.html", address=asked.address(secret), service=hub.settings.oidc_name
    )
    return ceremonies.keep(answer, purpose, secret)


def _service(hub: Hub) -> Service:
    settings = hub.settings
    if not settings.oidc_issuer:
        raise NotFound
    back = settings.relying_party[1][0] + BACK
    return Service(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret, back)


router.include_router(joining)
