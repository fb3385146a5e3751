"""What a browser began to show who its person is: its secret in a cookie, and how it ends."""

from typing import Any

from fastapi import Request, Response

from api.desk.pages import GUARDS, KEPT
from content.database import writing
from content.people import ceremony
from content.people.ceremony import Purpose
from content.people.registration import RelyingParty
from content.publication.answer import as_json
from content.settings import Settings


def cookie_of(purpose: Purpose) -> str:
    """One for each, so that two tabs do not take each other's."""
    return f"__Host-msif_{purpose.value}"


def begin(request: Request, purpose: Purpose, person: str | None = None, onward: str = "") -> str:
    """The secret of a new ceremony; give it to the browser by `keep`. Raises TooManyAttempts."""
    hub = request.app.state.hub
    address = address_of(request)
    hub.begun.may_try(address)
    hub.begun.failed(address)
    with writing(hub.engine) as session:
        return ceremony.begin(session, purpose, person=person, onward=onward)


def keep(answer: Response, purpose: Purpose, secret: str) -> Response:
    answer.set_cookie(cookie_of(purpose), secret, max_age=ceremony.MINUTES * 60, **KEPT)
    return answer


def take(request: Request, purpose: Purpose, person: str | None = None) -> tuple[str, str]:
    """The secret of this browser's ceremony, which is over by that, and where to go in the end.

    Raises CeremonyOver.
    """
    secret = request.cookies.get(cookie_of(purpose), "")
    with writing(request.app.state.hub.engine) as session:
        onward = ceremony.take(session, secret, purpose, person=person).onward
    return secret, onward


def address_of(request: Request) -> str:
    return request.client.host if request.client else ""


def party(settings: Settings) -> RelyingParty:
    """For whom the passkeys of this hub are made."""
    return RelyingParty(*settings.relying_party)


def told(answered: dict[str, Any]) -> Response:
    """JSON for a script of ours, kept by nobody."""
    headers = GUARDS | {"Content-Type": "application/json"}
    return Response(as_json(answered), headers=headers)
