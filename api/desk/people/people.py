"""People: everybody with what they hold; entering somebody; what the roles are for."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from sqlmodel import Session

from api.dependencies import CurrentHub, Hub, Reading
from api.desk import words
from api.desk.doors import CurrentVisitor, DecidingRoute
from api.desk.pages import Visitor, go_to, show
from api.desk.people import permissions
from api.desk.people.refused_people import refused
from api.desk.roles import NAMES, OF_ALL, of_languages
from api.problems import status_of
from content.errors import BadInput, ContentError, RoleMalformed
from content.people import directory, lending, person
from content.people.person import NAME_MAX
from content.people.role import Permission, Role, read_grant
from content.translation.locale import TAG_MAX

router = APIRouter(prefix="/people", route_class=DecidingRoute)

LIST = "/desk/people"
#: People on one page, and the last page that anybody asks for.
SHOWN = 50
PAGES_MAX = 1_000
#: Characters of a role as it is written: `language-reviewer:fr-CH`.
ROLE_MAX = 60
#: Roles that one form gives.
ROLES_MAX = 100

Line = Annotated[str, Form(max_length=NAME_MAX)]


@router.get("")
def list_people(
    request: Request,
    visitor: CurrentVisitor,
    session: Reading,
    word: Annotated[str, Query(max_length=NAME_MAX)] = "",
    role: Annotated[str, Query(max_length=ROLE_MAX)] = "",
    page: Annotated[int, Query(ge=1, le=PAGES_MAX)] = 1,
) -> Response:
    """See everybody, with their roles and by what they act."""
    visitor.actor.must(Permission.MANAGE_PEOPLE)
    start = (page - 1) * SHOWN
    found = directory.look_up(session, word=word, role=_role(role), start=start, most=SHOWN)
    return show(
        request,
        "people.html",
        visitor=visitor,
        found=found,
        word=word,
        role=role,
        page=page,
        start=start,
        pages=-(-found.total // SHOWN),
        role_names=NAMES,
    )


def _role(text: str) -> Role | None:
    """Raises RoleMalformed."""
    try:
        return Role(text) if text else None
    except ValueError:
        raise RoleMalformed(role=text) from None


@router.get("/roles")
def show_roles(request: Request, visitor: CurrentVisitor) -> Response:
    """See what each role is for, and what it may do. For everybody: whom to ask for what."""
    held = {grant.role for grant in visitor.actor.grants}
    may_manage = visitor.actor.may(Permission.MANAGE_PEOPLE)
    return show(
        request,
        "roles.html",
        visitor=visitor,
        table=permissions.table(),
        role_names=NAMES,
        held=held,
        may_manage=may_manage,
    )


@router.get("/new")
def show_new_person(request: Request, visitor: CurrentVisitor, hub: CurrentHub) -> Response:
    """Open the form to enter somebody."""
    visitor.actor.must(Permission.MANAGE_PEOPLE)
    return _form(request, visitor, hub)


@router.post("/new")
def enter_person(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    name: Line = "",
    organisation: Line = "",
    person_id: Annotated[str, Form(max_length=NAME_MAX, alias="id")] = "",
    roles: Annotated[list[str] | None, Form(max_length=ROLES_MAX)] = None,
) -> Response:
    """Enter somebody, with their roles."""
    visitor.actor.must(Permission.MANAGE_PEOPLE)
    typed = {"name": name, "organisation": organisation, "id": person_id}
    chosen = roles or []
    try:
        with hub.writing() as session:
            added = _enter(session, visitor, typed, chosen)
    except ContentError as error:
        return _form(request, visitor, hub, typed, chosen, error)
    return go_to(f"{LIST}/{added}?done=person-entered")


def _enter(session: Session, visitor: Visitor, typed: dict[str, str], roles: list[str]) -> str:
    if any(len(one) > ROLE_MAX + TAG_MAX for one in roles):
        raise BadInput("No role is that long.")
    added = person.add(
        session,
        name=typed["name"],
        organisation=typed["organisation"],
        by=visitor.actor.id,
        person_id=typed["id"].strip() or None,
    )
    for one in sorted({str(read_grant(role)) for role in roles}):
        lending.grant(session, added.id, one, by=visitor.actor.id)
    return added.id


def _form(
    request: Request,
    visitor: Visitor,
    hub: Hub,
    typed: dict[str, str] | None = None,
    chosen: list[str] | None = None,
    error: ContentError | None = None,
) -> Response:
    language = words.language_of(request)
    return show(
        request,
        "person-new.html",
        visitor=visitor,
        status=status_of(error) if error else 200,
        told=refused(error) if error else "",
        typed=typed or {"name": "", "organisation": "", "id": ""},
        chosen=chosen or [],
        of_all=OF_ALL,
        of_languages=of_languages(hub.settings.locale_tags, language),
        role_names=NAMES,
        name_max=NAME_MAX,
    )
