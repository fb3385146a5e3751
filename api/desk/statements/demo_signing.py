"""Signing in a demonstration: with the key in software that it keeps for each fictitious person."""

from fastapi import APIRouter, Response

from api.dependencies import CurrentHub, Writing
from api.desk.doors import CurrentVisitor, DecidingRoute
from api.desk.pages import go_to
from api.desk.statements.statement_page import Name
from content.errors import RoleMissing
from content.publication import demo_signers
from content.sign_off import shown, signatory

router = APIRouter(prefix="/statements", route_class=DecidingRoute)


@router.post("/{name}/demonstration")
def sign_in_software(
    visitor: CurrentVisitor, hub: CurrentHub, session: Writing, name: Name
) -> Response:
    """Approve a statement, in a demonstration alone."""
    statement, _ = shown.named(session, visitor.actor, name)
    signers = demo_signers.of(session, hub.settings, f"statements/{statement.sha256}")
    policy = hub.policy(session)
    refused = signatory.obstacle(session, visitor.actor, statement, policy)
    if refused is not None:
        raise refused
    # A key is kept for those who sign; others may have the role, and came to it later.
    if visitor.actor.id not in signers.authenticators:
        raise RoleMissing("The demonstration keeps no key for you.")
    signers.sign(session, visitor.actor, statement, policy)
    return go_to(f"/desk/statements/{statement.name}?done=signed-in-software")
