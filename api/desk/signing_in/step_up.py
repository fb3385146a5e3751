"""What a passkey is asked, for whoever shows again that it is they."""

from fastapi import APIRouter, Request, Response

from api.dependencies import CurrentHub
from api.desk.doors import CurrentVisitor, SignedInRoute
from api.desk.signing_in import ceremonies
from content.database import reading
from content.people import passkey, passkey_proof
from content.people.ceremony import Purpose

router = APIRouter(prefix="/step-up", route_class=SignedInRoute)


@router.post("/passkey")
def ask_own_passkey(request: Request, hub: CurrentHub, visitor: CurrentVisitor) -> Response:
    """Get the challenge for one of your passkeys."""
    secret = ceremonies.begin(request, Purpose.STEP_UP, visitor.actor.id)
    with reading(hub.engine) as session:
        keys = passkey.of_person(session, visitor.actor.id)
    asked = passkey_proof.ask(secret, ceremonies.party(hub.settings), keys)
    return ceremonies.keep(ceremonies.told(asked), Purpose.STEP_UP, secret)
