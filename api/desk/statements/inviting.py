"""Inviting one person to sign a statement: a link that is shown once."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.dependencies import CurrentHub
from api.desk.doors import CurrentVisitor, DecidingRoute
from api.desk.pages import show
from api.desk.statements import statement_page
from api.desk.statements.statement_page import Name
from api.desk.statements.statement_words import why_not
from api.problems import status_of
from content.database import reading
from content.errors import ContentError
from content.people import person as people
from content.people.person import NAME_MAX
from content.people.role import Permission
from content.sign_off import invitations, shown

router = APIRouter(prefix="/statements", route_class=DecidingRoute)


@router.post("/{name}/invitations")
def invite(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    name: Name,
    person: Annotated[str, Form(max_length=NAME_MAX)],
) -> Response:
    """Make a link by which one person reads and signs it. The answer shows it, nothing else does.

    So the answer is the page itself, not the way to it.
    """
    actor = visitor.actor
    with hub.writing() as session:
        statement, _ = shown.named(session, actor, name)
        actor.must(Permission.OPEN_STATEMENT)
        invited = people.find(session, person)
        policy = hub.policy(session)
        try:
            secret, refused = invitations.invite(session, actor, statement, policy, person), None
        except ContentError as error:
            secret, refused = "", error
        digest = statement.sha256
        told = (invited.id, invited.name)
    with reading(hub.engine) as session:
        values = statement_page.values(session, actor, digest, hub.policy(session), 1)
    origin = hub.settings.relying_party[1][0]
    more = {
        "link": f"{origin}/signing/statements/{digest}#{secret}" if secret else "",
        "invited": told,
        "refused": why_not(refused) if refused else "",
    }
    status = status_of(refused) if refused else 200
    return show(request, "statement.html", visitor=visitor, status=status, **values | more)
