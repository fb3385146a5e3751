"""Statements: which there are, what one lists, who signed it; and the way to sign it oneself."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request, Response

from api.dependencies import CurrentHub, ReadingNow, Writing
from api.desk import words
from api.desk.doors import CurrentVisitor, SignedInRoute
from api.desk.pages import go_to, show
from api.desk.roles import NAMES
from api.desk.statements import proposals, statement_page
from api.desk.statements.statement_page import ROWS, Name, Page
from api.desk.statements.statement_words import STATES
from content.people.role import Permission, read_grant
from content.sign_off import invitations, shown, trust_file
from content.sign_off.statement import StatementState

router = APIRouter(prefix="/statements", route_class=SignedInRoute)

Chosen = Annotated[StatementState | None, Query()]


@router.get("")
def list_statements(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    session: ReadingNow,
    state: Chosen = None,
    page: Page = 1,
) -> Response:
    """See the statements, the open ones first."""
    policy = hub.policy(session)
    start = (page - 1) * ROWS
    listed, more = shown.page(session, visitor.actor, state, start=start, limit=ROWS)
    trust = trust_file.current(session, policy.pinned)
    return show(
        request,
        "statements.html",
        visitor=visitor,
        listed=[
            (one, statement_page.progress(one.statement, one.signatures, trust)) for one in listed
        ],
        roles={one.statement.role: read_grant(one.statement.role) for one in listed},
        proposals=proposals.waiting(session, visitor.actor, trust),
        state=state,
        states=STATES,
        page=page,
        more=more,
        role_names=NAMES,
        may_open=visitor.actor.may(Permission.OPEN_STATEMENT),
    )


@router.get("/{name}")
def show_statement(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    session: ReadingNow,
    name: Name,
    page: Page = 1,
) -> Response:
    """Read a statement: its texts, who signed, who still can."""
    values = statement_page.values(session, visitor.actor, name, hub.policy(session), page)
    return show(request, "statement.html", visitor=visitor, **values)


@router.post("/{name}/signing")
def go_to_signing(
    request: Request, visitor: CurrentVisitor, hub: CurrentHub, session: Writing, name: Name
) -> Response:
    """Go and sign it yourself, on the page for that."""
    statement, _ = shown.named(session, visitor.actor, name)
    secret = invitations.for_oneself(session, visitor.actor, statement, hub.policy(session))
    return go_to(_ceremony(request, f"statements/{statement.sha256}", secret))


@router.post("/trust/{sha256}/signing")
def go_to_signing_trust(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    session: Writing,
    sha256: Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")],
) -> Response:
    """Go and sign the trust file that waits."""
    secret = proposals.for_oneself(session, visitor.actor, sha256, hub.policy(session))
    return go_to(_ceremony(request, f"trust/{sha256}", secret))


def _ceremony(request: Request, what: str, secret: str) -> str:
    """The page of a signature in the reader's language; the secret is sent to no server."""
    return f"/signing/{what}?{urlencode({'lang': words.language_of(request)})}#{secret}"
