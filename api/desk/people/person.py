"""One person: their roles and by what they act, and giving and taking all that."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Request, Response
from sqlmodel import Session

from api.dependencies import CurrentHub, Hub, Reading
from api.desk.doors import CurrentVisitor, DecidingRoute
from api.desk.pages import Visitor, go_to
from api.desk.people import person_page
from api.desk.people.people import LIST, ROLE_MAX
from content.database import reading
from content.errors import ContentError, NotFound, PasskeyNotFound
from content.people import invitation, lending, passkey, person, token, ways
from content.people import session as sessions
from content.people.person import NAME_MAX
from content.people.role import Permission
from content.people.token import LABEL_MAX
from content.publication import forgetting

router = APIRouter(prefix="/people/{person_id}", route_class=DecidingRoute)

#: Characters of the id of a key (WebAuthn: 1,023 bytes, in base64url).
CREDENTIAL_MAX = 1_400
#: Characters of a number of days as it is typed.
DAYS_LENGTH_MAX = 5

PersonId = Annotated[str, Path(max_length=NAME_MAX)]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Role = Annotated[str, Form(max_length=ROLE_MAX)]
Days = Annotated[str, Form(max_length=DAYS_LENGTH_MAX)]
Verb = Callable[[Session], object]


@router.get("")
def show_person(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    session: Reading,
    person_id: PersonId,
) -> Response:
    """See one person."""
    visitor.actor.must(Permission.MANAGE_PEOPLE)
    return person_page.show_one(request, visitor, hub, session, person_id)


@router.post("/roles")
def give_role(
    request: Request, visitor: CurrentVisitor, hub: CurrentHub, person_id: PersonId, role: Role = ""
) -> Response:
    """Give a role."""

    def give(session: Session) -> None:
        lending.grant(session, person_id, role, by=visitor.actor.id)

    return _do(request, visitor, hub, person_id, give, "role-given", role=role)


@router.post("/roles/revoke")
def take_role(
    request: Request, visitor: CurrentVisitor, hub: CurrentHub, person_id: PersonId, role: Role = ""
) -> Response:
    """Take a role back."""

    def take(session: Session) -> None:
        person.revoke(session, person_id, role, by=visitor.actor.id)

    return _do(request, visitor, hub, person_id, take, "role-taken")


@router.post("/tokens")
def make_token(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    person_id: PersonId,
    days: Days = "",
    label: Annotated[str, Form(max_length=LABEL_MAX)] = "",
    scope: Annotated[list[str] | None, Form(max_length=len(Permission))] = None,
) -> Response:
    """Make a token, and show it once."""
    made: list[str] = []

    def make(session: Session) -> None:
        wanted = " ".join(scope or [])
        told = {"by": visitor.actor.id, "label": label, "scope": wanted}
        made.append(token.make_undecided(session, person_id, days=_number(days), **told))

    typed = {"label": label, "days": days, "scope": scope or []}
    refused = _refusal(request, visitor, hub, person_id, make, typed)
    if refused is not None:
        return refused
    return person_page.show_once(request, visitor, hub, person_id, _number(days), token=made[0])


@router.post("/tokens/{number}/revoke")
def end_token(
    request: Request, visitor: CurrentVisitor, hub: CurrentHub, person_id: PersonId, number: Number
) -> Response:
    """End a token of this person."""

    def end(session: Session) -> None:
        if number not in {one.key for one in token.of_person(session, person_id)}:
            raise NotFound
        token.revoke(session, number, by=visitor.actor.id)

    return _do(request, visitor, hub, person_id, end, "token-ended")


@router.post("/passkeys/remove")
def remove_passkey(
    request: Request,
    visitor: CurrentVisitor,
    hub: CurrentHub,
    person_id: PersonId,
    credential: Annotated[str, Form(max_length=CREDENTIAL_MAX)] = "",
) -> Response:
    """Take a passkey of this person away."""

    def remove(session: Session) -> None:
        if credential not in {one.credential for one in passkey.of_person(session, person_id)}:
            raise PasskeyNotFound
        ways.take_passkey(session, credential, by=visitor.actor.id)

    return _do(request, visitor, hub, person_id, remove, "passkey-removed")


@router.post("/invitation")
def invite(
    request: Request, visitor: CurrentVisitor, hub: CurrentHub, person_id: PersonId, days: Days = ""
) -> Response:
    """Make a link by which this person registers passkeys, and show it once."""
    made: list[str] = []

    def make(session: Session) -> None:
        by = visitor.actor.id
        made.append(lending.invite(session, person_id, by=by, days=_number(days)))

    refused = _refusal(request, visitor, hub, person_id, make, {"link_days": days})
    if refused is not None:
        return refused
    link = invitation.link(made[0], hub.settings.relying_party[1])
    return person_page.show_once(request, visitor, hub, person_id, _number(days), link=link)


@router.post("/invitation/end")
def end_invitations(
    request: Request, visitor: CurrentVisitor, hub: CurrentHub, person_id: PersonId
) -> Response:
    """End the links by which this person registers passkeys."""

    def end(session: Session) -> None:
        invitation.end_all(session, person_id, by=visitor.actor.id)

    return _do(request, visitor, hub, person_id, end, "links-ended")


@router.post("/sessions/end")
def end_sessions(
    request: Request, visitor: CurrentVisitor, hub: CurrentHub, person_id: PersonId
) -> Response:
    """Sign this person out everywhere."""

    def end(session: Session) -> None:
        sessions.end_all(session, person_id, by=visitor.actor.id)

    return _do(request, visitor, hub, person_id, end, "sessions-ended")


@router.post("/sessions/{number}/end")
def end_session(
    request: Request, visitor: CurrentVisitor, hub: CurrentHub, person_id: PersonId, number: Number
) -> Response:
    """End one of this person's sessions."""

    def end(session: Session) -> None:
        sessions.end(session, person_id, number, by=visitor.actor.id)

    return _do(request, visitor, hub, person_id, end, "session-ended")


@router.get("/erase")
def show_erasing(
    request: Request, visitor: CurrentVisitor, session: Reading, person_id: PersonId
) -> Response:
    """See what erasing this person means, before it is done."""
    visitor.actor.must(Permission.MANAGE_PEOPLE)
    return person_page.show_erasing(request, visitor, session, person_id)


@router.post("/erase")
def erase(
    request: Request, visitor: CurrentVisitor, hub: CurrentHub, person_id: PersonId
) -> Response:
    """Forget who this person was."""

    def forget(session: Session) -> None:
        forgetting.forget(session, person_id, hub.policy(session), by=visitor.actor.id)

    return _do(request, visitor, hub, person_id, forget, "person-erased")


def _do(
    request: Request,
    visitor: Visitor,
    hub: Hub,
    person_id: str,
    verb: Verb,
    done: str,
    **typed: Any,
) -> Response:
    """Do it and go back to the person; where it is refused, say so above what was typed."""
    refused = _refusal(request, visitor, hub, person_id, verb, typed)
    return refused if refused is not None else go_to(f"{LIST}/{person_id}?done={done}")


def _refusal(
    request: Request,
    visitor: Visitor,
    hub: Hub,
    person_id: str,
    verb: Verb,
    typed: dict[str, Any],
) -> Response | None:
    """Do it; None where it is done."""
    visitor.actor.must(Permission.MANAGE_PEOPLE)
    try:
        with hub.writing() as session:
            person.find(session, person_id)
            verb(session)
    except ContentError as error:
        with reading(hub.engine) as session:
            return person_page.show_one(request, visitor, hub, session, person_id, error, **typed)
    return None


def _number(days: str) -> int:
    """As many as were typed; none where that is no number, which no verb takes."""
    return int(days) if days.isascii() and days.isdigit() else 0
