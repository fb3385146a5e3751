"""Signing in a demonstration: with the key in software that it keeps for each fictitious person."""

from fastapi import APIRouter, Response

from api.dependencies import CurrentHub, Writing
from api.desk.doors import CurrentVisitor, DecidingRoute
from api.desk.pages import go_to
from api.desk.statements.statement_page import Name
from content.publication import demo_signers
from content.sign_off import shown

router = APIRouter(prefix="/statements", route_class=DecidingRoute)


@router.post("/{name}/demonstration")
def sign_in_software(
    visitor: CurrentVisitor, hub: CurrentHub, session: Writing, name: Name
) -> Response:
    """Approve a statement, in a demonstration alone."""
    statement, _ = shown.named(session, visitor.actor, name)
    signers = demo_signers.of(session, hub.settings, f"statements/{statement.sha256}")
    signers.sign(session, visitor.actor, statement, hub.policy(session))
    return go_to(f"/desk/statements/{statement.name}?done=signed-in-software")
