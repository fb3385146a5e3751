"""Putting texts to signature: what is ready, chosen into one statement."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from sqlmodel import Session

from api.dependencies import CurrentHub, Hub, ReadingNow
from api.desk import titles, told
from api.desk.doors import CurrentVisitor, DecidingRoute
from api.desk.pages import Visitor, go_to, show
from api.desk.roles import NAMES
from api.desk.statements.statement_words import CHANGES
from api.desk.texts.requirements import SENTENCES
from api.problems import status_of
from content.database import reading
from content.errors import ContentError
from content.people.role import read_grant
from content.records import version as versions
from content.records.version import Version
from content.sign_off import composing

router = APIRouter(prefix="/statements/new", route_class=DecidingRoute)

#: Texts of one role that are offered at a time.
OFFERED_MAX = 200
#: Characters of a number of days.
DIGITS_MAX = 10
REFERENCE = r"^[a-z0-9-]{1,80}/[A-Za-z0-9-]{1,35}/[1-9][0-9]{0,8}$"

Ticked = Annotated[
    list[Annotated[str, Form(pattern=REFERENCE)]], Form(alias="version", max_length=OFFERED_MAX)
]


@router.get("")
def show_ready(
    request: Request, visitor: CurrentVisitor, hub: CurrentHub, session: ReadingNow
) -> Response:
    """See what is ready to be signed."""
    return _page(request, visitor, hub, session)


@router.post("")
def open_statement(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    ticked: Ticked = [],  # noqa: B006 (FastAPI copies it)
    days: Annotated[str, Form(max_length=DIGITS_MAX)] = "",
) -> Response:
    """Put the chosen texts to signature. Who opens a statement cannot sign it."""
    try:
        with hub.writing() as session:
            chosen = [_find(session, one) for one in ticked]
            opened = composing.put_to_signature(
                session, visitor.actor, chosen, hub.policy(session), days=_number(days)
            )
            name = opened.name
    except ContentError as error:
        with reading(hub.engine) as session:
            return _page(request, visitor, hub, session, error, ticked, days)
    return go_to(f"/desk/statements/{name}?done=put-to-signature")


def _number(typed: str) -> int:
    """Zero for what is no number."""
    return int(typed) if typed.isascii() and typed.isdigit() else 0


def _find(session: Session, reference: str) -> Version:
    slug, locale, number = reference.split("/")
    return versions.find(session, slug, locale, int(number))


def _page(
    request: Request,
    visitor: Visitor,
    hub: Hub,
    session: Session,
    error: ContentError | None = None,
    ticked: list[str] | None = None,
    days: str = "",
) -> Response:
    """What is ready, with what was chosen before and why that was refused."""
    policy = hub.policy(session)
    found = composing.in_review(session, visitor.actor, policy)
    offered = {role: listed[:OFFERED_MAX] for role, listed in found.ready.items()}
    shown = [one.version for listed in offered.values() for one in listed]
    references = {one.reference for one in shown}
    chosen = ticked or []
    culprit = str(error.context.get("version", "")) if error and chosen else ""
    gone = [one for one in chosen if one not in references]
    return show(
        request,
        "composing.html",
        visitor=visitor,
        status=status_of(error) if error else 200,
        groups=[
            (read_grant(role), listed, len(found.ready[role]) - len(listed), found.needed.get(role))
            for role, listed in offered.items()
        ],
        titles=titles.of_versions(session, shown) | titles.texts_of(session, gone),
        unready=found.unready,
        ticked=chosen,
        gone=gone,
        refused=told.refused(error) if error else "",
        culprit=culprit,
        missing=[SENTENCES[one] for one in error.context.get("requirements", ())] if error else [],
        days=days if error else policy.statement.open_days,
        days_max=policy.statement.open_days,
        is_days_wrong=error is not None and error.context.get("field") == "days",
        needed=SENTENCES,
        changes=CHANGES,
        role_names=NAMES,
    )
