"""Signing in and out, and the language of the pages."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response

from api.dependencies import CurrentHub, Writing
from api.desk import words
from api.desk.doors import COOKIE, CurrentVisitor, OpenRoute, SignedInRoute
from api.desk.pages import HOME, KEPT, NEXT_MAX, SIGN_IN, go_to, within
from api.desk.signing_in import ceremonies, entering
from content.database import writing
from content.errors import NotADemonstration, TokenExpired, TokenUnknown
from content.people import desk_key, passkey_proof, password_hash, password_proof
from content.people import session as sessions
from content.people.ceremony import Purpose
from content.people.password import NAME_MAX as SIGN_IN_NAME_MAX
from content.people.person import NAME_MAX
from content.people.recovery import CHARACTERS
from content.people.registration import CREDENTIAL_BYTES_MAX
from content.people.session import Way
from content.publication import demo

router = APIRouter(route_class=OpenRoute)
signed_in = APIRouter(route_class=SignedInRoute)

#: Characters of what somebody pastes.
PASTED_MAX = 500
#: Characters of a code, with what people type between its parts.
CODE_MAX = 3 * CHARACTERS
#: How long a browser keeps the choice of a language.
YEAR_SECONDS = 365 * 86_400

Next = Annotated[str, Form(alias="next", max_length=NEXT_MAX)]


@router.get("/sign-in")
def show_sign_in(
    request: Request,
    onward: Annotated[str, Query(alias="next", max_length=NEXT_MAX)] = HOME,
) -> Response:
    """Open the page where somebody signs in."""
    return entering.page(request, onward)


@router.post("/sign-in/passkey/options")
def ask_passkey(request: Request, hub: CurrentHub) -> Response:
    """Get the challenge for a passkey, whosever it is."""
    secret = ceremonies.begin(request, Purpose.SIGN_IN)
    asked = passkey_proof.ask(secret, ceremonies.party(hub.settings))
    return ceremonies.keep(ceremonies.told(asked), Purpose.SIGN_IN, secret)


@router.post("/sign-in/passkey")
def sign_in_with_passkey(
    request: Request,
    hub: CurrentHub,
    answered: Annotated[str, Form(alias="credential", max_length=CREDENTIAL_BYTES_MAX)] = "",
    onward: Next = HOME,
) -> Response:
    """Sign in with a passkey. Nobody guesses one, so nobody waits."""

    def recognise() -> str:
        secret, _ = ceremonies.take(request, Purpose.SIGN_IN)
        with writing(hub.engine) as session:
            return passkey_proof.recognise(
                session, secret, answered, ceremonies.party(hub.settings)
            )

    return entering.enter(request, Way.PASSKEY, onward, recognise)


@router.post("/sign-in/password")
def sign_in_with_password(
    request: Request,
    hub: CurrentHub,
    name: Annotated[str, Form(max_length=SIGN_IN_NAME_MAX)],
    typed: Annotated[str, Form(alias="password", max_length=password_hash.LONGEST)],
    code: Annotated[str, Form(max_length=CODE_MAX)],
    onward: Next = HOME,
) -> Response:
    """Sign in with a name, a password and a code."""

    def recognise() -> str:
        hub.attempts.may_try(ceremonies.address_of(request))
        key = desk_key.load(hub.settings.desk_key)
        return password_proof.recognise(hub.engine, name, typed, code, key)

    return entering.enter(request, Way.PASSWORD, onward, recognise, name)


@router.post("/sign-in")
def sign_in(
    request: Request,
    hub: CurrentHub,
    pasted: Annotated[str, Form(alias="token", max_length=PASTED_MAX)],
    onward: Next = HOME,
) -> Response:
    """Sign in with a token."""
    address = ceremonies.address_of(request)
    hub.attempts.may_try(address)
    try:
        with writing(hub.engine) as session:
            entering.leave(session, request)
            browser = entering.browser(request)
            secret = sessions.begin_with_token(session, pasted.strip(), browser=browser)
    except (TokenUnknown, TokenExpired) as error:
        hub.attempts.failed(address)
        return entering.page(request, onward, way=Way.TOKEN, error=error)
    return entering.entered(secret, onward)


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
    entering.leave(session, request)
    secret = sessions.begin(session, who, way=Way.DEMO, browser=entering.browser(request))
    return entering.entered(secret, onward)


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


router.include_router(signed_in)
